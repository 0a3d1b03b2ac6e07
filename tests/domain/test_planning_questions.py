"""Questions: put at once, put again less and less often, silent once answered or of no use."""

from datetime import datetime

from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.terms.convention import Convention, OpenQuestion
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import BLANK, ONCE, at, convention, d, duty, end_duty, signed
from tests.domain.builders_life import Life, days, life

STARTED = signed("2021-12-15")


def asking(**changes: object) -> Life:
    return life(
        convention(question=[{**BLANK, **changes}], one_off=[ONCE], term={"months": 36, "clauses": ["A1"]}),
        STARTED,
    )


def put(lived: Life, role: str = "coordinator") -> list[tuple[datetime, MessageOrder]]:
    return [(when, order) for when, order in lived.to(role) if order.questions]


def test_a_question_is_put_at_once_then_after_30_60_and_120_days() -> None:
    lived = asking().until("2022-12-31")
    assert days(put(lived)) == [d("2022-01-03"), d("2022-02-02"), d("2022-04-04"), d("2022-08-02")]


def in_doubt() -> Life:
    """Return the life of a convention whose length is left blank: the end hangs on the answer."""
    blank = {**BLANK, "id": "how-long"}
    return life(convention(question=[blank], term={"question": "how-long", "clauses": ["A1"]}), STARTED)


def test_a_question_on_which_the_end_hangs_is_never_spaced_out_and_goes_up_to_the_manager_after_a_month() -> None:
    lived = in_doubt().until("2022-05-31")
    monthly = [d("2022-02-02"), d("2022-03-04"), d("2022-04-04"), d("2022-05-04")]
    assert days(put(lived)) == [d("2022-01-03"), *monthly]
    assert days(put(lived, "manager")) == monthly


def test_answered_it_stops_for_the_manager_too() -> None:
    lived = in_doubt().until("2022-03-10")
    lived.record(QuestionAnswered(on=d("2022-03-10"), question="how-long", day=d("2023-12-31")))
    lived.until("2022-12-31")
    assert days(put(lived, "manager")) == [d("2022-02-02"), d("2022-03-04")]


def test_any_other_question_stays_with_whoever_is_asked() -> None:
    lived = asking().until("2022-12-31")
    assert put(lived, "manager") == []


def test_a_question_of_the_day_of_the_opening_is_put_in_the_opening() -> None:
    lived = asking().until("2022-01-03")
    assert [order.kind for _, order in lived.to("coordinator")] == ["opening"]
    assert [q.id for _, order in put(lived) for q in order.questions] == ["which-day"]


def test_a_question_due_on_the_day_of_a_reminder_is_put_in_the_reminder() -> None:
    data = duty(kind="data", rhythm={"every_months": 1}, responsible=["coordinator"])
    policy = DEFAULT_POLICY.model_copy(update={"question_every_days": 21})
    lived = life(convention(question=[BLANK], one_off=[ONCE], duty=[data]), STARTED, policy=policy)
    lived.until("2022-01-24")
    assert [(order.kind, len(order.lines)) for _, order in put(lived)][1:] == [("reminders", 1)]
    assert days(lived.to("coordinator"))[-2:] != [d("2022-01-24")] * 2


def test_a_question_waits_a_day_when_something_was_written_that_morning() -> None:
    lived = asking().until("2022-01-03")
    extra = OpenQuestion.model_validate({**BLANK, "id": "other-day"})
    terms = lived.dossier.convention
    lived.dossier.convention = terms.model_copy(update={"question": (*terms.question, extra)})
    lived.settle()
    assert [q.id for _, order in put(lived) for q in order.questions] == ["which-day"]
    lived.until("2022-01-04")
    assert put(lived)[-1][0] == at("2022-01-04", 8, 30)


def test_a_question_put_again_says_since_when() -> None:
    lived = asking().until("2022-03-01")
    first, second = (order for _, order in put(lived))
    assert first.questions[0].since is None
    assert second.questions[0].since == d("2022-01-03")


def test_a_question_registered_at_night_is_put_in_the_morning() -> None:
    lived = life(convention(question=[BLANK], one_off=[ONCE]), STARTED, at("2022-01-03", 22)).until("2022-01-10")
    assert put(lived)[0][0] == at("2022-01-04", 8, 30)


def test_only_the_role_that_is_asked_gets_the_question() -> None:
    lived = asking(ask="manager").until("2022-12-31")
    assert put(lived) == []
    assert len(put(lived, "manager")) == 4


def test_an_answer_stops_the_question() -> None:
    lived = asking().until("2022-01-20")
    lived.record(QuestionAnswered(on=d("2022-01-20"), question="which-day", day=d("2022-09-15")))
    lived.until("2022-12-31")
    assert len(put(lived)) == 1


def test_a_blank_has_no_date_and_nobody_but_who_is_asked_hears_of_it() -> None:
    lived = asking().until("2022-12-31")
    assert lived.told("once", "partner") == []
    assert lived.told("once", "coordinator") == []


def test_an_answer_gives_the_date_and_its_reminders() -> None:
    lived = asking().until("2022-01-20")
    lived.record(QuestionAnswered(on=d("2022-01-20"), question="which-day", day=d("2022-09-15")))
    lived.until("2022-12-31")
    assert lived.told("once", "partner")[:2] == [(d("2022-01-20"), "now"), (d("2022-09-05"), "reminder")]  # a soft one


def test_several_questions_to_one_person_make_one_message() -> None:
    other = {**BLANK, "id": "other-day", "ask": "manager"}
    third = {**BLANK, "id": "third-day"}
    lived = life(convention(question=[BLANK, other, third], one_off=[ONCE]), STARTED).until("2022-01-04")
    assert [q.id for _, order in put(lived) for q in order.questions] == ["which-day", "third-day"]


def test_nobody_is_asked_any_more_once_the_convention_is_over() -> None:
    lived = life(_with_an_end("A1"), STARTED).until("2024-12-31")
    assert max(days(put(lived))) <= d("2022-12-31")


def test_a_question_about_a_clause_of_the_end_is_still_asked_after_it() -> None:
    lived = life(_with_an_end("A2"), STARTED).until("2024-12-31")
    assert max(days(put(lived))) > d("2022-12-31")


def test_a_contested_reading_runs_beside_its_question() -> None:
    readings = [
        {"id": name, "says": name, "says_en": name, "changes": name, "changes_en": name} for name in ("wide", "narrow")
    ]
    contested = {**BLANK, "kind": "contested", "answer": "reading", "readings": readings, "prudent": "wide"}
    lived = life(convention(question=[contested]), STARTED).until("2022-01-04")
    asked = put(lived)[0][1].questions[0]
    assert (asked.kind, len(asked.readings)) == ("contested", 2)


def _with_an_end(clause_asked_about: str) -> Convention:
    """A destruction by clause A2, and a question about one of the two clauses."""
    return convention(
        question=[{**BLANK, "clauses": [clause_asked_about]}],
        one_off=[ONCE],
        end_duty=[end_duty(clauses=["A2"])],
        clause=[{"id": name, "article": name, "says": "ce que dit l’article"} for name in ("A1", "A2")],
    )
