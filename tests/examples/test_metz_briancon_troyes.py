"""What is special about the conventions of Metz, Briançon and Troyes is in their files."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.facts.kinds import FACT
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.duties import Duty, EventDuty, Rhythm
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.domain.terms.renewal import RenewalPeriod
from tests.support.project_files import ROOT

NAMES = ["mtz-p", "mtz-a", "mtz-f", "bri-p", "tcm-p", "tcm-d"]
PARIS = ZoneInfo("Europe/Paris")


@cache
def convention(name: str) -> Convention:
    return load_convention(ROOT / "examples" / f"{name}.toml")


def records(name: str) -> tuple[Recorded, ...]:
    entries = load_facts(ROOT / "examples" / f"{name}.facts.toml")
    return as_records(entries, convention(name).place.time_zone)


def situation(name: str, told: tuple[Recorded, ...] | None = None) -> Situation:
    now = datetime(2022, 1, 1, 9, tzinfo=PARIS)
    return Situation(convention(name), records(name) if told is None else told, DEFAULT_POLICY, now)


def duty(name: str, key: str) -> Duty:
    return next(d for d in convention(name).duty if d.id == key)


def event_duty(name: str, key: str) -> EventDuty:
    return next(d for d in convention(name).event_duty if d.id == key)


# -- all six -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_the_file_loads_under_its_own_reference(name: str) -> None:
    assert convention(name).reference == name.upper()


@pytest.mark.parametrize("name", NAMES)
def test_all_parties_have_signed_in_the_facts_and_none_before_the_prudent_day(name: str) -> None:
    s = situation(name)
    assert set(s.signatures) == set(convention(name).parties)
    assert s.executory_on is not None
    assert all(day > s.executory_on for day in s.signatures.values())


@pytest.mark.parametrize("name", NAMES)
def test_every_party_has_somebody_to_write_to(name: str) -> None:
    c = convention(name)
    assert {role.party for role in c.roles.values()} == set(c.parties)


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_also_said_in_english(name: str) -> None:
    c = convention(name)
    assert c.title_en
    assert all(clause.says_en for clause in c.clause)


@pytest.mark.parametrize("name", NAMES)
def test_french_words_carry_their_typography(name: str) -> None:
    c = convention(name)
    words = [clause.says for clause in c.clause]
    words += [question.about for question in c.question]
    words += [remark.text for remark in c.remark]
    wrong = ("« ", " »", " :", " ;", " ?", " !", " €", "'")
    assert [text for text in words if any(bad in text for bad in wrong)] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_the_paper_leaves_blank_is_marked_as_assumed(name: str) -> None:
    """No paper gives a day of signature or of publication."""
    blank = [r.fact for r in records(name) if r.fact.kind in ("signed", "act-published")]
    assert blank
    assert {fact.note for fact in blank} == {"supposé"}


# -- Metz ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mtz-p", "mtz-a", "mtz-f"])
@pytest.mark.parametrize("day", [date(2021, 4, 2), date(2022, 12, 26)], ids=["Good Friday", "26 December"])
def test_metz_keeps_the_two_holidays_of_moselle(name: str, day: date) -> None:
    assert not situation(name).calendar.is_open(day)
    assert WorkingDays().is_open(day)


def test_metz_is_left_only_at_the_annual_due_date_three_months_before() -> None:
    (rule,) = convention("mtz-p").termination
    assert (rule.starts, rule.until, rule.length, rule.form, set(rule.who)) == (
        "unstated", "anniversary", Delay(months=3), "lrar", {"ville", "operateur"},
    )  # fmt: skip


def test_metz_prints_a_fixed_term_that_no_amendment_may_carry_further() -> None:
    s = situation("mtz-p")
    assert (s.effect_on, s.natural_end, s.cap) == (date(2021, 1, 1), date(2023, 12, 31), date(2023, 12, 31))


def test_the_council_of_metz_voted_one_year_of_three_and_another_vote_is_cited() -> None:
    c = convention("mtz-p")
    (act,) = c.act
    assert (act.authorises_months, c.term.months, act.authority_cited_on) == (12, 36, date(2020, 7, 3))
    question = next(q for q in c.question if q.id == "council-duration")
    assert (question.kind, question.ask, question.prudent) == ("contested", "legal", "one-year")


def test_three_signatories_are_awaited_in_metz() -> None:
    two_of_three = tuple(r for r in records("mtz-p") if getattr(r.fact, "party", "") != "agence")
    assert situation("mtz-p", two_of_three).last_signature is None
    assert situation("mtz-p").last_signature == date(2021, 3, 22)


def test_the_steering_committee_of_metz_is_a_quota_and_its_evaluation_is_exact() -> None:
    assert duty("mtz-p", "steering-committee").rhythm == Rhythm(every_months=12, at_least=True)
    assert duty("mtz-p", "half-yearly-evaluation").rhythm == Rhythm(every_months=6)


def test_the_yearly_amendment_of_metz_serves_the_year_after() -> None:
    assert [d.id for d in convention("mtz-p").duty if d.for_next_period] == ["yearly-revaluation"]


def test_metz_pays_half_at_the_later_of_two_signatures_and_half_on_a_statement() -> None:
    first, balance = convention("mtz-p").payment
    assert (first.amount, first.starts, first.documents) == (
        "11699.00", "last-signature", ("MTZ-P", "MTZ-F"),
    )  # fmt: skip
    assert (balance.amount, balance.starts) == ("11699.00", "statement")


def test_the_facts_of_metz_tell_the_payment_that_the_financial_annex_is_signed() -> None:
    told = [fact for _, fact in situation("mtz-p").of_event("document-signed")]
    assert [(fact.label, fact.on) for fact in told] == [("MTZ-F", situation("mtz-f").last_signature)]


def test_a_recorded_breach_of_metz_starts_no_timer() -> None:
    (breach,) = convention("mtz-p").breach
    assert breach.steps == ()
    assert event_duty("mtz-p", "advances-paid-back").no_number


def test_the_assignment_begins_after_its_parent_and_ends_with_it() -> None:
    c, s = convention("mtz-a"), situation("mtz-a")
    assert c.effect.not_before_parent_signature
    assert c.parent is not None
    assert (c.parent.reference, c.parent.on_parent_end) == ("MTZ-P", "ends")
    assert (s.effect_on, s.natural_end) == (date(2021, 3, 29), date(2023, 12, 31))


def test_the_end_of_the_assignment_is_unknown_until_its_parent_tells_it() -> None:
    silent = tuple(r for r in records("mtz-a") if r.fact.kind != "parent-ends")
    assert situation("mtz-a", silent).natural_end is None


def test_the_assignment_is_left_at_any_time_unlike_its_parent() -> None:
    (rule,) = convention("mtz-a").termination
    assert (rule.starts, rule.length, rule.form) == ("unstated", Delay(months=3), "lrar")


def test_the_assignment_is_suspended_by_a_long_absence_or_a_departure() -> None:
    suspension = convention("mtz-a").suspension
    assert suspension is not None
    assert (suspension.absence, suspension.on_departure) == (
        Delay(days=30, more_than=True, since="state"),
        True,
    )
    assert event_duty("mtz-a", "meet-after-suspension").no_number


def test_the_financial_annex_is_signed_in_a_window_of_one_month() -> None:
    (window,) = convention("mtz-a").window
    assert (window.delay, window.until, window.clauses) == (Delay(months=1), "civil-year-end", ("MTZ-A.07",))


def test_the_financial_annex_covers_one_year_and_begins_before_its_own_convention() -> None:
    c, s = convention("mtz-f"), situation("mtz-f")
    assert (s.effect_on, s.natural_end) == (date(2021, 1, 1), date(2021, 12, 31))
    assert c.parent is not None
    assert c.parent.reference == "MTZ-A"
    remark = next(r for r in c.remark if r.id == "starts-before-its-convention")
    assert set(remark.clauses) == {"MTZ-F.01", "MTZ-A.04"}


# -- Briançon ------------------------------------------------------------------------------------------------


def test_briancon_lasts_one_year_from_the_last_signature() -> None:
    s = situation("bri-p")
    assert (s.effect_on, s.natural_end) == (date(2016, 1, 18), date(2017, 1, 17))


def test_briancon_has_neither_effect_nor_end_while_one_signature_is_missing() -> None:
    one = tuple(r for r in records("bri-p") if getattr(r.fact, "party", "") != "operateur")
    s = situation("bri-p", one)
    assert (s.effect_on, s.natural_end) == (None, None)


def test_briancon_is_renewed_once_by_amendment_for_the_same_time() -> None:
    renewal = convention("bri-p").renewal
    assert (renewal.how, renewal.times, renewal.period) == ("express", 1, RenewalPeriod(months=12))


def test_the_yearly_meeting_of_briancon_is_a_quota_announced_fifteen_days_before() -> None:
    meeting = duty("bri-p", "annual-meeting")
    assert meeting.rhythm == Rhythm(every_months=12, at_least=True)
    assert meeting.meeting is not None
    assert meeting.meeting.notice == Delay(days=15)
    assert duty("bri-p", "activity-table").ahead_of == "annual-meeting"


def test_the_stamp_of_briancon_gives_the_vote_and_the_prefecture() -> None:
    s = situation("bri-p")
    assert (s.adopted_on, s.deliberations[0].transmitted_on) == (date(2015, 12, 8), date(2015, 12, 10))


# -- Troyes --------------------------------------------------------------------------------------------------


def test_the_rhythms_of_troyes_differ() -> None:
    assert duty("tcm-p", "directors-meeting").rhythm == Rhythm(every_months=12, count=3)
    assert duty("tcm-p", "information-session").rhythm == Rhythm(every_months=12, count=2, at_least=True)
    assert duty("tcm-p", "events-programme").rhythm == Rhythm(every_months=2, at_least=True)
    assert duty("tcm-p", "steering-committee").rhythm == Rhythm(every_months=12, at_least=True)


def test_regular_meetings_of_troyes_have_no_rhythm_but_precede_the_committee() -> None:
    follow_up = duty("tcm-p", "operational-follow-up")
    assert follow_up.rhythm is None
    assert follow_up.ahead_of == "steering-committee"


def test_the_notice_of_troyes_has_neither_form_nor_start() -> None:
    (rule,) = convention("tcm-p").termination
    assert (rule.length, rule.form, rule.starts) == (Delay(months=3), "unstated", "unstated")


def test_the_committee_of_troyes_follows_the_data_convention_too() -> None:
    assert "TCM-D.19" in duty("tcm-p", "steering-committee").clauses
    assert [d for d in convention("tcm-d").duty if d.meeting is not None] == []


def test_the_data_convention_begins_with_the_last_party_and_keeps_its_own_end() -> None:
    s = situation("tcm-d")
    assert s.effect_on == max(s.signatures.values()) > min(s.signatures.values())
    assert s.natural_end == date(2020, 12, 31)


def test_the_end_of_its_parent_does_not_move_the_data_convention() -> None:
    told = Recorded(
        id="f99", recorded_at=datetime(2020, 6, 1, 9, tzinfo=PARIS), recorded_by="coordinator",
        fact=FACT.validate_python({"kind": "parent-ends", "on": date(2020, 9, 30), "why": "terminated"}),
    )  # fmt: skip
    assert situation("tcm-d", (*records("tcm-d"), told)).natural_end == date(2020, 12, 31)


def test_the_letter_that_ends_the_data_convention_carries_its_day_with_a_floor() -> None:
    (rule,) = convention("tcm-d").termination
    assert (rule.starts, rule.length, rule.form) == ("letter-date", Delay(months=2, bound="at_least"), "lrar")


def test_each_delivery_is_deleted_on_its_own_unless_the_final_destruction_comes_first() -> None:
    deletion = event_duty("tcm-d", "delivery-deletion")
    (final,) = convention("tcm-d").end_duty
    assert (deletion.event, deletion.delay) == ("data-delivered", Delay(months=2))
    assert (deletion.capped_by_end_duty, final.after) == (final.id, Delay(months=2))


@pytest.mark.parametrize("event", ["breach-discovered", "complaint-received"])
def test_a_breach_and_a_complaint_are_told_within_hours(event: str) -> None:
    (told,) = [d for d in convention("tcm-d").event_duty if d.event == event]
    assert told.delay == Delay(hours=36)


def test_the_breach_of_data_duties_goes_from_suspension_to_an_automatic_end() -> None:
    (breach,) = convention("tcm-d").breach
    assert breach.against == ("metropole",)
    assert [step.does for step in breach.steps] == ["suspend", "formal-notice", "cure", "ends"]
    assert [(step.delay, step.starts) for step in breach.steps if step.does == "cure"] == [(Delay(months=1), "receipt")]


def test_the_missing_annexes_of_the_data_convention_are_asked_for() -> None:
    asked = {q.id: q.kind for q in convention("tcm-d").question}
    assert asked["annex-2"] == asked["annex-3"] == "blank"
    assert duty("tcm-d", "data-delivery").rhythm is None
