"""What a delay becomes in a convention: silence, the question of the first day, what is due once around an event."""

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import State
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.terms.checks import problems_of
from tests.domain.builders import PARIS, at, convention, d, end_duty, item, meeting_duty, recorded, seen, signed
from tests.support.proofs import unproved_items

EVENT = {
    "id": "owed", "title": "Chose due", "title_en": "Thing owed", "kind": "information", "event": "asked",
    "owed_by": "agency", "owed_to": "town", "clauses": ["A1"],
}  # fmt: skip
ONCE = {
    "id": "once", "kind": "document", "title": "Une pièce", "title_en": "A paper", "owed_by": "town", "owed_to": "agency",
    "clauses": ["A1"],
}  # fmt: skip
ASKED = Happened(event="asked", on=d("2022-03-07"))


def dated(day: str, **said: object) -> tuple[date | None, date | None, State, str]:
    found = item(
        seen(convention(event_duty=[{**EVENT, **said}]), recorded(*signed("2022-01-03"), ASKED), day), "owed/f3"
    )
    return found.legal_last_day, found.safe_day, found.state, found.standing.fr if found.standing else ""


@pytest.mark.parametrize(("day", "state", "said"), [
    ("2022-04-18", State.OPEN, ""),
    ("2022-04-19", State.OPEN, ""),
    ("2022-04-20", State.ELAPSED, "réputé accepté, faute de réponse"),
])  # fmt: skip
def test_silence_settles_what_was_asked_and_is_never_late(day: str, state: State, said: str) -> None:
    legal, _, found, standing = dated(day, delay={"weeks": 6}, silence="accepts")
    assert (legal, found, standing) == (d("2022-04-18"), state, said)  # Easter Monday: the others have until the 19th


@pytest.mark.parametrize(("day", "state"), [("2022-04-18", State.OPEN), ("2022-04-19", State.ELAPSED)])
def test_silence_of_ours_settles_on_the_day_after_the_last(day: str, state: State) -> None:
    assert dated(day, delay={"weeks": 6}, silence="accepts", owed_by="town", owed_to="agency")[2] == state


@pytest.mark.parametrize(("day", "state", "said"), [
    ("2022-03-07", State.OPEN, ""),
    ("2022-03-08", State.ELAPSED, "réputé refusé, faute de réponse"),
])  # fmt: skip
def test_silence_after_hours_settles_once_the_last_one_is_over(day: str, state: State, said: str) -> None:
    # From 00:00 on the 7th to 09:00 on the 8th, looked at at 10:00.
    _, _, found, standing = dated(day, delay={"hours": 33}, silence="refuses")
    assert (found, standing) == (state, said)


def test_what_silence_settled_before_we_were_here_is_said_and_not_chased() -> None:
    terms = convention(event_duty=[{**EVENT, "delay": {"weeks": 6}, "silence": "accepts"}])
    found = item(
        seen(terms, recorded(*signed("2022-01-03"), ASKED), "2022-06-01", registered_on=d("2022-05-02")), "owed/f3"
    )
    assert (found.state, found.standing and found.standing.fr) == (State.PAST, "réputé accepté, faute de réponse")


def test_not_before_opens_and_is_never_late() -> None:
    legal, safe, state, _ = dated("2022-12-01", delay={"days": 15, "bound": "at_least"})
    assert (legal, safe, state) == (None, d("2022-03-23"), State.OPEN)


def test_whether_the_first_day_counts_is_asked_and_the_earlier_day_runs_meanwhile() -> None:
    terms = convention(event_duty=[{**EVENT, "threshold": {"days": 30, "more_than": True}}])
    facts = recorded(*signed("2022-01-03"), ASKED)
    found = seen(terms, facts, "2022-03-08")
    (question,) = [q for q in found.questions if q.id == "first-day/owed"]
    assert (question.kind, question.prudent, question.answered) == ("contested", "state", None)
    assert item(found, "owed/f3").opens_on == d("2022-04-06")
    answer = QuestionAnswered.model_validate({"question": "first-day/owed", "on": "2022-03-08", "reading": "event"})
    assert item(seen(terms, recorded(*signed("2022-01-03"), ASKED, answer), "2022-03-08"), "owed/f3").opens_on == d(
        "2022-04-07"
    )


@pytest.mark.parametrize(("said", "legal", "safe"), [
    ({"after": {"months": 1}}, "2022-02-01", "2022-02-01"),
    ({"after": {"days": 45, "month_end": "then"}, "event": "signed"}, "2022-02-28", "2022-02-28"),
    ({"before": {"clear_days": 5}, "event": "asked"}, "2022-03-01", "2022-03-01"),
    ({"before": {"days": 10}, "event": "ended"}, "2022-12-21", "2022-12-20"),
])  # fmt: skip
def test_a_thing_due_once_is_counted_from_an_event(said: dict[str, object], legal: str, safe: str) -> None:
    found = item(
        seen(convention(one_off=[{**ONCE, **said}]), recorded(*signed("2022-01-03"), ASKED), "2022-01-10"), "once"
    )
    assert (found.legal_last_day, found.safe_day) == (d(legal), d(safe)), found.trace


def test_a_thing_due_once_after_an_event_waits_for_it() -> None:
    once = {**ONCE, "after": {"months": 1}, "event": "asked"}
    found = item(seen(convention(one_off=[once]), recorded(*signed("2022-01-03")), "2022-01-10"), "once")
    assert (found.legal_last_day, found.state, found.trace) == (None, State.WAITING, "attend « asked »")


@pytest.mark.parametrize(("end", "hours", "legal", "safe"), [
    ("2022-05-24", 10, "2022-05-27", "2022-05-25"),  # eight on Wednesday, two on the Friday that the house takes off
    ("2022-05-25", 4, "2022-05-27", "2022-05-25"),  # no day worked lies between: on the last day itself
    ("2022-05-25", 12, "2022-05-30", "2022-05-30"),
])  # fmt: skip
def test_hours_that_run_out_on_a_day_the_house_takes_off_are_kept_by_a_day_it_works(
    end: str, hours: int, legal: str, safe: str
) -> None:
    terms = convention(
        place={"zone": "FR", "hours": ["09:00", "17:00"], "closed": ["2022-05-27"]},
        end_duty=[end_duty(after={"open_hours": hours})], term={"ends_on": end, "clauses": ["A1"]}, renewal={"how": "none"},
    )  # fmt: skip
    s = situation(terms, recorded(*signed("2022-01-03")), at("2022-01-10"))
    found = item(agenda_of(s), "destruction/town")
    assert (found.legal_last_day, found.safe_day) == (d(legal), d(safe)), found.trace
    assert unproved_items(s) == {}


def test_working_hours_want_the_hours_of_the_house() -> None:
    said = {**EVENT, "delay": {"open_hours": 3}}
    assert any("de quelle heure à quelle heure" in problem for problem in problems_of(convention(event_duty=[said])))
    terms = convention(event_duty=[said], place={"zone": "FR", "hours": ["09:00", "17:00"]})
    asked = ASKED.model_copy(update={"on": d("2027-05-05"), "at": datetime(2027, 5, 5, 15, 30, tzinfo=PARIS)})
    found = item(seen(terms, recorded(*signed("2022-01-03"), asked), "2022-01-10"), "owed/f3")
    assert found.legal_last_instant == datetime(2027, 5, 7, 10, 30, tzinfo=PARIS)


@pytest.mark.parametrize(("block", "said", "why"), [
    ("event_duty", {**EVENT}, "donner un délai"),
    ("event_duty", {**EVENT, "no_number": True, "delay": {"days": 3}}, "no_number = true et rien d’autre"),
    ("event_duty", {**EVENT, "direction": "before", "threshold": {"days": 3, "more_than": True}}, "sans threshold"),
    ("event_duty", {**EVENT, "delay": {"days": 8, "more_than": True}}, "l’écrire dans threshold"),
    ("event_duty", {**EVENT, "delay": {"months": 3, "named": "huitaine"}}, "huitaine = 8 jours"),
    ("event_duty", {**EVENT, "delay": {"days": 3, "weeks": 1}}, "une seule unité"),
    ("event_duty", {**EVENT, "direction": "before", "delay": {"days": 3}, "silence": "accepts"}, "le silence ne vaut"),
    ("one_off", {**ONCE, "before": {"days": 3}}, "avant un événement"),
    ("one_off", {**ONCE, "on": "2022-03-01", "event": "signed"}, "event ne va qu’avec"),
    ("dispute", {"delay": {"hours": 3}, "clauses": ["A1"]}, "l’écrire en jours"),
])  # fmt: skip
def test_what_cannot_be_counted_is_refused_in_words(block: str, said: dict[str, object], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        convention(**{block: said if block == "dispute" else [said]})


@pytest.mark.parametrize(("said", "first", "certainty"), [
    ({"months": 1, "since": "state"}, "2025-02-15", "contested"),
    ({"months": 1, "since": "event"}, "2025-02-16", "certain"),
    ({"months": 1}, "2025-02-15", "contested"),
    ({"days": 30, "since": "state"}, "2025-02-14", "certain"),
    ({"open_days": 10, "since": "event"}, "2025-01-30", "certain"),
])  # fmt: skip
def test_a_suspension_begins_as_its_threshold_says(said: dict[str, object], first: str, certainty: str) -> None:
    terms = convention(
        effect={"rule": "fixed", "on": d("2025-01-01"), "clauses": ["A1"]},
        suspension={"id": "away", "absence": {**said, "more_than": True}, "clauses": ["A1"]},
    )
    facts = recorded(*signed("2024-12-16"), Happened(event="agent-absent", on=d("2025-01-15")))
    found = next(i for i in seen(terms, facts, "2025-03-03").items if i.series == "away" and not i.step)
    assert (found.opens_on, found.certainty) == (d(first), certainty), found.trace


@pytest.mark.parametrize(("said", "words", "certainty"), [
    ({"days": 45, "month_end": "then"}, "autre lecture : le 17/03/2022", "contested"),
    ({"ouvrable_days": 30}, "autre lecture : le 14/02/2022", "certain"),
])  # fmt: skip
def test_the_reading_that_is_not_kept_is_told_whatever_the_block(
    said: dict[str, object], words: str, certainty: str
) -> None:
    terms = convention(
        effect={"rule": "fixed", "on": d("2021-12-01"), "clauses": ["A1"]},
        one_off=[{**ONCE, "after": said, "event": "signed"}],
        event_duty=[{**EVENT, "delay": said}],
        dispute={"delay": said, "clauses": ["A1"]},
    )
    start = d("2022-01-03")
    facts = recorded(
        *signed("2022-01-03"), Happened(event="asked", on=start), Happened(event="dispute-raised", on=start)
    )
    items = {i.series: i for i in seen(terms, facts, "2022-01-10").items if not i.step}
    assert {name: words in items[name].trace for name in ("once", "owed", "dispute")} == dict.fromkeys(
        ("once", "owed", "dispute"), True
    ), [items[name].trace for name in ("once", "owed", "dispute")]
    assert {items[name].certainty for name in ("once", "owed")} == {certainty}


def test_nobody_goes_to_court_before_the_later_reading_is_over() -> None:
    terms = convention(dispute={"delay": {"ouvrable_days": 30}, "clauses": ["A1"]})
    facts = recorded(*signed("2022-01-03"), Happened(event="dispute-raised", on=d("2022-01-03")))
    court = next(i for i in seen(terms, facts, "2022-01-10").items if i.series == "dispute" and i.step == "court")
    assert court.opens_on == d("2022-02-15")


@pytest.mark.parametrize(
    ("delay", "at"), [({"hours": 10}, "2025-02-12T10:00"), ({"open_hours": 10}, "2025-02-13T11:00")]
)
def test_hours_after_a_threshold_run_from_the_first_hour_of_the_day_it_is_exceeded(
    delay: dict[str, int], at: str
) -> None:
    said = {**EVENT, "threshold": {"days": 5, "more_than": True, "since": "state"}, "delay": delay}
    terms = convention(
        event_duty=[said], place={"zone": "FR", "hours": ["09:00", "17:00"]}, term={"months": 60, "clauses": ["A1"]}
    )
    facts = recorded(*signed("2022-01-03"), Happened(event="asked", on=d("2025-02-07")))
    found = item(seen(terms, facts, "2025-02-08"), "owed/f3")
    assert found.legal_last_instant == datetime.fromisoformat(at).replace(tzinfo=PARIS), found.trace


@pytest.mark.parametrize("step", [
    {"does": "decide", "who": "town", "delay": {"days": 10}, "starts": "receipt", "clauses": ["A1"]},
    {"does": "ends", "who": "town", "delay": {"days": 10}, "starts": "receipt", "clauses": ["A1"]},
    {"does": "cure", "who": "town", "delay": {"days": 10}, "starts": "answer", "clauses": ["A1"]},
])  # fmt: skip
def test_a_delay_that_no_step_of_a_breach_counts_is_refused(step: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="d’un manquement"):
        convention(breach=[{"id": "fault", "against": ["agency"], "grounds": "x", "steps": [step], "clauses": ["A1"]}])


def test_a_warning_at_most_so_long_before_is_refused() -> None:
    with pytest.raises(ValidationError, match="ne prévient personne"):
        convention(duty=[meeting_duty(meeting={"notice": {"days": 15, "bound": "at_most"}})])


def test_the_hour_of_an_event_is_asked_only_where_its_delay_runs_from_it() -> None:
    said = {**EVENT, "delay": {"hours": 10}}
    after_a_threshold = {**said, "threshold": {"days": 5, "more_than": True, "since": "state"}}
    assert [convention(event_duty=[one]).event_duty[0].in_hours for one in (said, after_a_threshold)] == [True, False]


def test_what_is_due_once_so_long_after_is_never_to_be_done_before_what_it_is_counted_from() -> None:
    terms = convention(one_off=[{**ONCE, "event": "signed", "after": {"days": 1}}])
    found = item(seen(terms, recorded(*signed("2022-03-05")), "2022-03-05"), "once")  # a Saturday
    assert (found.safe_day, found.legal_last_day) == (d("2022-03-06"), d("2022-03-06"))


def test_what_is_paid_within_days_that_nobody_works_is_paid_on_the_first_worked() -> None:
    price = {
        "id": "price", "title": "Prix", "title_en": "Price", "starts": "last-signature", "policy_days": 1,
        "owed_by": "town", "owed_to": "agency", "clauses": ["A1"],
    }  # fmt: skip
    found = item(seen(convention(payment=[price]), recorded(*signed("2022-03-05")), "2022-03-05"), "price")
    assert (found.opens_on, found.safe_day, found.legal_last_day) == (d("2022-03-05"), d("2022-03-07"), None)
