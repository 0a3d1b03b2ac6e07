"""What recurs: what serves the next period, what precedes, which year, and an end that is not known."""

from datetime import datetime

from echeancier.domain.facts.breach import BreachClosed
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.facts.questions import QuestionAnswered
from tests.domain.builders import d, item
from tests.domain.examples_seen import agenda_by, warned


def test_what_serves_the_next_year_is_not_owed_in_the_last_one() -> None:
    found = agenda_by("mtz-p", "2021-05-03")
    owed = [i.key for i in found.items if i.key.startswith("yearly-revaluation/")]
    assert owed == ["yearly-revaluation/2021", "yearly-revaluation/2022"]


def test_ended_early_the_last_year_in_force_owes_no_amendment_for_the_next() -> None:
    closed = BreachClosed(on=d("2022-12-31"), breach="recorded-breach", outcome="maintained")
    found = agenda_by("mtz-p", "2022-10-03", closed)
    assert found.item("yearly-revaluation/2022") is None
    assert found.item("yearly-revaluation/2021") is not None


def committee(day: str) -> MeetingHeld:
    return MeetingHeld(on=d(day), item="steering-committee/2020")


def follow_up(day: str) -> MeetingHeld:
    return MeetingHeld(on=d(day), item="operational-follow-up/2020-01")


def test_a_committee_without_the_meeting_that_prepares_it_is_a_warning() -> None:
    assert "before/steering-committee/2020-11-03" in warned(agenda_by("tcm-p", "2020-11-04", committee("2020-11-03")))


def test_a_preparatory_meeting_held_before_the_committee_is_enough_and_after_it_is_not() -> None:
    warning = "before/steering-committee/2020-11-03"
    assert warning not in warned(agenda_by("tcm-p", "2020-12-01", follow_up("2020-10-06"), committee("2020-11-03")))
    assert warning in warned(agenda_by("tcm-p", "2020-12-01", committee("2020-11-03"), follow_up("2020-11-10")))


def arranged(key: str, day: str) -> MeetingArranged:
    return MeetingArranged(item=key, starts_at=datetime.fromisoformat(f"{day}T10:00:00"))


def test_a_committee_that_has_a_date_needs_a_preparatory_meeting_held_or_dated_before() -> None:
    fixed = arranged("steering-committee/2020", "2020-11-03")
    alone = agenda_by("tcm-p", "2020-10-01", fixed)
    prepared = agenda_by("tcm-p", "2020-10-01", fixed, arranged("operational-follow-up/2020-01", "2020-10-20"))
    assert "before/steering-committee/2020-11-03" in warned(alone) - warned(prepared)


def test_the_activity_table_of_briancon_comes_with_the_meeting() -> None:
    held = MeetingHeld(on=d("2016-09-13"), item="annual-meeting/1")
    table = DutyDone(on=d("2016-09-13"), item="activity-table/1")
    assert "before/annual-meeting/2016-09-13" in warned(agenda_by("bri-p", "2016-09-20", held))
    assert "before/annual-meeting/2016-09-13" not in warned(agenda_by("bri-p", "2016-09-20", table, held))


def test_the_civil_year_once_answered_asks_for_one_more_meeting() -> None:
    told = QuestionAnswered(on=d("2016-02-01"), question="which-year", reading="civil-year")
    contract = [i.legal_last_day for i in agenda_by("bri-p", "2016-02-02").items if i.key.startswith("annual-meeting/")]
    civil = [
        i.legal_last_day for i in agenda_by("bri-p", "2016-02-02", told).items if i.key.startswith("annual-meeting/")
    ]
    assert contract == [d("2017-01-17")]
    assert civil == [d("2016-12-31"), d("2017-01-17")]


def test_a_rhythm_chosen_runs_while_the_end_is_unknown() -> None:
    chosen = QuestionAnswered(on=d("2024-05-13"), question="rhythm/placement-meeting", months=6)
    found = agenda_by("ida-o", "2024-05-14", chosen)
    days = [i.legal_last_day for i in found.items if i.key.startswith("placement-meeting/")]
    assert days == [d("2024-10-28"), d("2025-04-28"), d("2025-10-28")]
    assert (found.ends_on, item(found, "access-closure").legal_last_day) == (None, None)
