"""What recurs: what serves the next period, what precedes, which year, and an end that is not known."""

from datetime import datetime

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.agenda.meetings import proposal
from echeancier.domain.attention.reminder_stages import stages
from echeancier.domain.dates.proof import day_given
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.breach import BreachClosed
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended, RenewalDecided
from echeancier.domain.facts.meetings import MeetingArranged, MeetingHeld
from echeancier.domain.facts.questions import QuestionAnswered
from tests.domain.builders import d, item
from tests.domain.examples_seen import agenda_by, seen_by, warned


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


def sqf_by(day: str, *facts: Fact) -> Agenda:
    return agenda_by("sqf-p", day, *facts)


def test_the_committee_that_prepares_the_renewal_sits_before_its_text_is_agreed_and_its_report_comes_before_it() -> (
    None
):
    found = sqf_by("2023-01-09")
    report, sits = item(found, "annual-report/2023"), item(found, "steering-committee/2023")
    agreed = item(found, "renewal/2023/text-agreed").safe_day
    assert (report.safe_day, sits.safe_day, agreed) == (d("2023-08-30"), d("2023-08-31"), d("2023-10-31"))
    assert (report.legal_last_day, sits.legal_last_day) == (d("2023-12-31"), d("2023-12-31"))
    assert (report.certainty, sits.certainty) == (Certainty.POLICY, Certainty.POLICY)
    assert "le dernier jour du texte reste le 31/12/2023" in report.trace
    assert "avant que le texte en soit arrêté : à tenir au plus tard le 31/08/2023" in sits.trace
    assert [day_given(one.proof, "safe") for one in (report, sits)] == [report.safe_day, sits.safe_day]


def test_the_committee_is_spoken_of_and_proposed_in_time_for_the_text() -> None:
    s = seen_by("sqf-p", "2023-05-02")
    sits = item(agenda_of(s), "steering-committee/2023")
    spoken_of = next(due.at.date() for due in stages(s, sits) if due.stage == "notice")
    proposed = proposal(s, sits)
    assert proposed is not None
    assert spoken_of < proposed <= d("2023-08-31")


def test_too_late_for_the_text_the_committee_is_still_proposed_within_its_year() -> None:
    s = seen_by("sqf-p", "2023-11-06")
    proposed = proposal(s, item(agenda_of(s), "steering-committee/2023"))
    assert proposed is not None
    assert d("2023-11-06") < proposed <= d("2023-12-29")


def test_the_report_comes_before_the_day_that_the_committee_has() -> None:
    found = sqf_by("2023-04-03", arranged("steering-committee/2023", "2023-06-15"))
    assert item(found, "annual-report/2023").safe_day == d("2023-06-14")
    assert "before/steering-committee/2023-06-15" not in warned(found)


def test_a_report_drawn_up_since_the_committee_before_is_the_one_examined() -> None:
    held = MeetingHeld(on=d("2022-11-17"), item="steering-committee/2022")
    drawn_up = DutyDone(on=d("2022-12-20"), item="annual-report/2022")
    report = item(sqf_by("2023-01-09", held, drawn_up), "annual-report/2023")
    assert (report.safe_day, report.certainty) == (d("2023-12-29"), Certainty.CERTAIN)


def test_nothing_is_brought_forward_for_a_renewal_given_up_or_an_end_that_comes_sooner() -> None:
    given_up = RenewalDecided(on=d("2023-01-05"), decision="let-lapse")
    assert item(sqf_by("2023-01-09", given_up), "steering-committee/2023").safe_day == d("2023-12-29")


def test_a_committee_fixed_after_the_text_is_agreed_is_a_warning() -> None:
    late = sqf_by("2023-09-04", arranged("steering-committee/2023", "2023-11-16"))
    assert "renewal-prepared-late/steering-committee/2023" in warned(late)
    in_time = sqf_by("2023-09-04", arranged("steering-committee/2023", "2023-10-12"))
    assert "renewal-prepared-late/steering-committee/2023" not in warned(in_time)


def moved(key: str, day: str) -> Amended:
    return Amended(on=d("2022-06-01"), number=1, moves=key, moved_to=d(day))


def test_a_day_that_the_parties_agreed_does_not_move_and_a_warning_says_that_both_cannot_hold() -> None:
    found = sqf_by("2022-07-04", moved("annual-report/2023", "2023-11-15"))
    assert item(found, "annual-report/2023").safe_day == d("2023-11-15")
    assert "due-after/annual-report/2023" in warned(found)
    found = sqf_by("2022-07-04", moved("steering-committee/2023", "2023-12-05"))
    assert item(found, "steering-committee/2023").safe_day == d("2023-12-05")
    assert "renewal-prepared-late/steering-committee/2023" in warned(found)


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
