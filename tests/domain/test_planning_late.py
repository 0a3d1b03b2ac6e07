"""Late is normal: an outage, a convention registered years after it began, one registered after its end."""

from collections import Counter

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.personal_data import CertificateReceived
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.messages.plan import make_plan
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain.builders import at, convention, d, duty, end_duty, meeting_duty, signed, sqf
from tests.domain.builders_life import Life, life

STARTED = signed("2021-12-15")


def after_an_outage() -> tuple[Life, int]:
    """A convention nobody planned from mid-May to mid-August: how many messages had left before."""
    terms = convention(
        duty=[
            duty("data", kind="data", rhythm={"every_months": 1}),
            meeting_duty(),
            duty("survey", rhythm={"every_months": 3}),
        ]
    )
    lived = life(terms, STARTED, "2021-12-20").until("2022-05-16")
    before = len(lived.sent)
    return lived.asleep_until("2022-08-17"), before


def test_after_three_months_of_outage_each_person_gets_one_mail() -> None:
    lived, before = after_an_outage()
    assert max(Counter(o.to.address for _, o in lived.sent[before:]).values()) == 1


def test_after_an_outage_only_the_latest_stage_of_each_thing_is_told() -> None:
    lived, before = after_an_outage()
    told = [line.item for _, o in lived.sent[before:] if o.to.role == "partner" for line in o.lines]
    assert len(told) == len(set(told))
    stages = {line.item: line.stage for _, o in lived.sent[before:] if o.to.role == "partner" for line in o.lines}
    assert stages["data/2022-06"] == "escalation"
    assert stages["survey/2022-04"] == "escalation"


def test_after_an_outage_life_goes_on_as_if_nothing_had_happened() -> None:
    lived, _ = after_an_outage()
    lived.until("2022-11-15")
    whole = life(lived.dossier.convention, STARTED, "2021-12-20").until("2022-11-15")
    assert whole.told("data/2022-10", "partner")[-1] > (d("2022-11-01"), "")
    assert lived.told("data/2022-10", "partner") == whole.told("data/2022-10", "partner")


def test_an_outage_over_the_whole_night_sends_nothing_before_the_morning() -> None:
    lived = life(convention(duty=[duty()]), STARTED, "2021-12-20").until("2022-11-01")
    lived.asleep_until(at("2022-12-03", 23))
    assert lived.last is not None
    assert lived.last.orders == ()
    assert lived.last.wake_at == at("2022-12-05", 8, 30)


@pytest.fixture(scope="module")
def registered_late() -> Life:
    terms, records = sqf()
    return life(terms, records, "2022-09-15").until("2022-09-15")


def test_registered_late_everybody_gets_one_message_and_the_coordinator_the_questions_in_it(
    registered_late: Life,
) -> None:
    assert set(Counter(o.to.role for _, o in registered_late.sent).values()) == {1}
    assert {o.kind for _, o in registered_late.sent} == {"opening"}
    assert {o.to.role for _, o in registered_late.sent if o.questions} == {"coordinator"}


def test_registered_late_what_is_past_is_shown_to_our_side_only(registered_late: Life) -> None:
    past = {o.to.role for _, o in registered_late.sent if any(line.stage == "past" for line in o.lines)}
    assert past == {"coordinator", "manager", "referent-commune"}


def test_registered_late_what_is_past_is_never_chased() -> None:
    terms, records = sqf()
    lived = life(terms, records, "2022-09-15").until("2022-12-15")
    chased = {line.item for _, o in lived.sent for line in o.lines if line.stage in ("overdue", "escalation")}
    assert chased == {"job-openings/2022-07", "quarterly-data/2022-07", "referent-meeting/2022-09"}


def test_registered_late_what_is_due_now_is_in_the_first_message_and_not_in_a_second_one(
    registered_late: Life,
) -> None:
    told = [line.item for _, o in registered_late.sent if o.to.role == "data-operator" for line in o.lines]
    assert told.count("quarterly-data/2022-07") == 1


def test_registered_after_its_end_our_side_alone_is_written_to() -> None:
    terms, records = sqf()
    lived = life(terms, records, "2025-02-05").until("2025-06-01")
    assert {o.to.role for _, o in lived.sent} == {"coordinator", "manager", "data-protection-commune"}
    assert {o.kind for _, o in lived.to("manager")} == {"opening"}
    assert {o.kind for _, o in lived.to("data-protection-commune")} == {"question"}


def test_registered_after_its_end_it_shows_no_renewal_nor_notice_that_nobody_can_use() -> None:
    terms, records = sqf()
    lived = life(terms, records, "2025-02-05")
    lived.settle()
    kinds = {line.kind for _, o in lived.sent for line in o.lines}
    assert kinds.isdisjoint({"renewal", "notice", "end"})
    assert "destruction" in kinds


def test_registered_after_its_end_it_stays_open_long_enough_to_be_put_right() -> None:
    terms, records = sqf()
    lived = life(terms, records, "2025-02-05").until("2025-02-20")
    lived.record(
        DutyDone(on=d("2024-02-20"), item="data-destruction/commune"),
        DutyDone(on=d("2024-02-20"), item="data-destruction/operator"),
        when=at("2025-02-20"),
    )
    lived.until("2025-06-01")
    assert (lived.closed, lived.wakes[-1].date()) == (True, d("2025-03-05"))


def test_registered_between_its_end_and_the_destruction_those_who_destroy_are_told() -> None:
    terms, records = sqf()
    lived = life(terms, records, "2024-02-05").until("2024-02-05")
    told = {o.to.role for _, o in lived.sent if any(line.kind == "destruction" for line in o.lines)}
    assert {"data-protection-commune", "data-protection-operator"} <= told


def test_registered_after_an_early_end_nobody_is_told_of_it_as_news() -> None:
    terms, records = sqf()
    letter = records[0].model_copy(
        update={
            "id": "f6",
            "fact": LetterPosted(on=d("2021-06-15"), rule="notice", by="commune", reasons="motifs"),
        }
    )
    lived = life(terms, (*records, letter), "2021-08-02").until("2021-12-01")
    assert lived.of("ended") == []


def test_a_plan_made_late_is_the_plan_of_that_instant_and_not_of_the_wake_it_answers() -> None:
    lived = life(convention(duty=[duty()], end_duty=[end_duty()]), STARTED, "2021-12-20").until("2022-11-01")
    plan = make_plan(lived.dossier, at("2022-12-29", 9), DEFAULT_POLICY)
    assert {line.stage for order, _ in plan.says for line in order.lines if line.item == "report/2022"} == {"last-call"}


def registered_after_the_end(**changes: object) -> Life:
    """A convention that ended with 2022, its data to be destroyed by both two months later, registered in May 2023."""
    terms = convention(end_duty=[end_duty(**changes)])
    return life(terms, STARTED, "2023-05-03").until("2023-05-04")


def test_registered_after_the_end_it_asks_whether_what_was_to_be_destroyed_was() -> None:
    lived = registered_after_the_end()
    asked = {q.id: o.to.role for _, o in lived.sent for q in o.questions}
    assert asked == {"was-done/destruction/town": "referent", "was-done/destruction/agency": "coordinator"}


def test_where_nobody_is_named_on_our_side_the_coordinator_is_asked() -> None:
    lived = registered_after_the_end(responsible=["partner-data"])
    asked = {q.id: o.to.role for _, o in lived.sent for q in o.questions}
    assert set(asked.values()) == {"coordinator"}


def test_the_file_stays_open_and_the_question_comes_back_until_it_is_answered() -> None:
    lived = registered_after_the_end().until("2023-12-31")
    assert not lived.closed
    put = [o.at for _, o in lived.sent for q in o.questions if q.id == "was-done/destruction/town"]
    assert len(put) > 3
    lived.record(
        QuestionAnswered(on=d("2024-01-02"), question="was-done/destruction/town", day=d("2023-02-14")),
        DutyDone(on=d("2024-01-02"), item="destruction/agency"),
        *(CertificateReceived(on=d("2024-01-02"), item=f"destruction/{who}") for who in ("town", "agency")),
        when=at("2024-01-02"),
    )
    lived.until("2024-12-31")
    found = {i.key: i.done_on for i in lived_agenda(lived).items if i.key.startswith("destruction/")}
    assert found == {"destruction/town": d("2023-02-14"), "destruction/agency": d("2024-01-02")}
    assert lived.closed


def lived_agenda(lived: Life) -> Agenda:
    registered = lived.dossier.registered_at.date()
    return agenda(lived.dossier.convention, tuple(lived.dossier.facts), lived.now, registered_on=registered)
