"""The limits that take a whole convention to be asked: what is said just before, at, and just after each of them."""

from datetime import datetime, time, timedelta

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import State
from echeancier.domain.attention.reminder_stages import stages
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted, AppealAnswered, AppealLodged
from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.meetings import MeetingHeld
from echeancier.domain.facts.parent import ParentEnds
from echeancier.domain.facts.personal_data import AnswerExtended
from echeancier.domain.facts.signing import SignatureCirculated
from echeancier.domain.messages.tried_again import next_try_after
from echeancier.domain.standing.breach import end_of, window_of
from echeancier.domain.standing.parent import parent_end
from echeancier.domain.standing.signing import circulation
from echeancier.domain.standing.when_mail_may_leave import is_open, next_slot
from echeancier.domain.terms.item_kinds import Leads
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from tests.domain.builders import at, convention, d, duty, end_duty, item, meeting_duty, recorded, signed
from tests.domain.examples_seen import next_id, seen_by
from tests.support.door import example, of_day, refused, take

MINUTE = timedelta(minutes=1)


# A month to cure from the receipt of the formal notice: ours ends on the same day number, that of the other side on the
# next working day (CPC 641, 642). Received on 30 January, 31 January, 1 February 2020.
@pytest.mark.parametrize(
    ("received", "ours", "theirs"),
    [
        ("2020-01-30", "2020-02-29", "2020-03-02"),
        ("2020-01-31", "2020-02-29", "2020-03-02"),
        ("2020-02-01", "2020-03-01", "2020-03-02"),
        ("2020-02-02", "2020-03-02", "2020-03-02"),
        ("2020-02-03", "2020-03-03", "2020-03-03"),
    ],
)
def test_the_time_to_cure_is_counted_short_for_us_and_long_for_the_other_side(
    received: str, ours: str, theirs: str
) -> None:
    letter = BreachStep(breach="data-duties-breach", step="formal-notice", on=d("2020-01-28"), delivered_on=d(received))
    for us, last in (("metropole", ours), ("operateur", theirs)):
        s = seen_by("tcm-d", "2020-02-03", letter, us=us)
        case = s.breach_cases[0]
        window, end = window_of(s, case), end_of(s, case)
        assert window is not None
        assert end is not None
        assert (window.raw, window.last) == (d(ours), d(last))
        assert (end.earliest, end.expected, end.latest) == (d(ours), d(ours), d(theirs))


def test_the_other_side_s_time_to_cure_starts_when_the_letter_waits_no_more_at_the_post_office() -> None:
    letter = BreachStep(breach="data-duties-breach", step="formal-notice", on=d("2020-01-28"))
    for us, starts, last in (("metropole", "2020-01-28", "2020-02-28"), ("operateur", "2020-02-15", "2020-03-16")):
        s = seen_by("tcm-d", "2020-02-03", letter, us=us)
        window = window_of(s, s.breach_cases[0])
        assert window is not None
        assert (window.kept, window.last) == (d(starts), d(last))


def test_an_annex_keeps_the_last_end_of_its_parent_before_the_extension_until_it_is_renewed() -> None:
    first = ParentEnds(on=d("2023-06-30"))
    corrected = ParentEnds(on=d("2023-11-30"))
    longer = ParentEnds(on=d("2024-12-31"), why="extended")
    lapsed = RenewalDecided(on=d("2023-06-02"), decision="let-lapse")
    renewed = RenewalDecided(on=d("2023-06-02"), decision="renew")
    told = (first, corrected, longer)
    assert parent_end(seen_by("mtz-a", "2023-06-03", first, corrected)) == d("2023-11-30")
    assert parent_end(seen_by("mtz-a", "2023-06-03", *told)) == d("2023-11-30")
    assert parent_end(seen_by("mtz-a", "2023-06-03", *told, lapsed)) == d("2023-11-30")
    assert parent_end(seen_by("mtz-a", "2023-06-03", *told, renewed)) == d("2024-12-31")


@pytest.mark.parametrize(
    ("today", "outcome", "stopped"),
    [("2022-01-31", "going-round", None), ("2022-02-01", "going-round", None), ("2022-02-02", "expired", "2022-02-02")],
)
def test_a_paper_may_still_be_signed_on_the_last_day_to_gather_signatures(
    today: str, outcome: str, stopped: str | None
) -> None:
    sent = SignatureCirculated(on=d("2022-01-05"), gather_by=d("2022-02-01"))
    found = circulation(situation(convention(), recorded(sent), at(today)))
    assert (found.outcome, found.stopped_on) == (outcome, stopped and d(stopped))


def asked_for_data() -> tuple[Dossier, str]:
    """Return Troyes after the request of a person, recorded on 31 August 2020, and the key of the answer."""
    dossier = example("tcm-d")
    take(dossier, Happened(event="person-request", on=d("2020-08-31")))
    return dossier, f"person-answer/{dossier.facts[-1].id}"


@pytest.mark.parametrize("day", ["2020-09-29", "2020-09-30"])
def test_an_extension_is_announced_within_the_month_its_last_day_included(day: str) -> None:
    dossier, key = asked_for_data()
    take(dossier, AnswerExtended(on=d(day), item=key))
    found = item(agenda_of(situation(dossier.convention, tuple(dossier.facts), of_day(d(day)))), key)
    assert (found.legal_last_day, found.rule) == (d("2020-11-30"), "gdpr_month_extended")


def test_an_extension_announced_on_the_morrow_of_the_month_extends_nothing() -> None:
    dossier, key = asked_for_data()
    assert "30" in refused(dossier, AnswerExtended(on=d("2020-10-01"), item=key))


# 36 real hours (the clause) and 72 (GDPR 33) from 24 October 2020 20:00, over the change of clocks.
@pytest.mark.parametrize(
    ("series", "limit"), [("breach-notice", at("2020-10-26", 7)), ("authority-notice", at("2020-10-27", 19))]
)
def test_what_has_an_hour_is_late_after_its_very_instant_not_at_it(series: str, limit: datetime) -> None:
    found = Happened(event="breach-discovered", on=d("2020-10-24"), at=at("2020-10-24", 20))
    key = f"{series}/{next_id('tcm-d')}"
    states = []
    for now in (limit - MINUTE, limit, limit + MINUTE):
        s = seen_by("tcm-d", "2020-10-24", found)
        records = s.records
        states.append(item(agenda_of(situation(s.convention, records, now)), key).state)
    assert states == [State.OPEN, State.OPEN, State.LATE]


@pytest.mark.parametrize(("reminder", "calls"), [(3, 2), (4, 3), (5, 3)])
def test_a_reminder_and_a_last_call_less_than_three_days_apart_are_one(reminder: int, calls: int) -> None:
    policy = Policy(leads={"default": Leads(notice=30, reminder=reminder, last_call=1)})
    s = situation(convention(duty=[duty()]), recorded(*signed("2021-12-20")), at("2022-06-01"), policy=policy)
    due = next(i for i in agenda_of(s).items if i.series == "report")
    before = [x.stage for x in stages(s, due) if x.stage in ("notice", "reminder", "last-call")]
    assert len(before) == calls


def test_a_message_is_tried_for_five_days_and_not_a_second_more() -> None:
    last = at("2022-01-08") - timedelta(days=1)
    for late, again in ((-1, True), (0, True), (1, False)):
        now = last + timedelta(seconds=late)
        assert (next_try_after(at("2022-01-03"), 99, now) is not None) is again


def test_mail_leaves_from_half_past_eight_until_six_in_the_evening_excluded() -> None:
    assert (DEFAULT_POLICY.send_from, DEFAULT_POLICY.send_until) == (time(8, 30), time(18, 0))
    monday = at("2022-01-03", 18)
    s = situation(convention(), (), monday)
    around = [is_open(s, at("2022-01-03", 8, 30) + MINUTE * n) for n in (-1, 0, 1)]
    assert around == [False, True, True]
    assert [is_open(s, monday + MINUTE * n) for n in (-1, 0, 1)] == [True, False, False]
    assert next_slot(s, monday) == at("2022-01-04", 8, 30)


# Published and transmitted on 16 April 2021: open to third parties until 17 June (CJA R.421-1); a gracious appeal lodged in time
# leaves it open until an express answer, which starts two clear months again: 3 October is a Sunday.
@pytest.mark.parametrize(
    ("lodged", "answered", "last"),
    [
        ("2021-06-16", None, None),
        ("2021-06-17", None, None),
        ("2021-06-18", None, "2021-06-17"),
        ("2021-06-17", "2021-08-02", "2021-10-04"),
    ],
)
def test_a_gracious_appeal_counts_until_the_last_day_of_the_delay_included(
    lodged: str, answered: str | None, last: str | None
) -> None:
    act = {"party": "town", "body": "conseil municipal", "clauses": ["A1"]}
    told: list[Fact] = [
        ActAdopted(on=d("2021-04-12")),
        ActPublished(on=d("2021-04-16")),
        ActTransmitted(on=d("2021-04-16")),
        AppealLodged(on=d(lodged), appellant="riverain"),
    ]
    told += [AppealAnswered(on=d(answered))] if answered else []
    s = situation(convention(act=act), recorded(*told), at("2021-08-03"))
    assert item(agenda_of(s), "recourse/third-parties/riverain").legal_last_day == (last and d(last))
    assert item(agenda_of(s), "recourse/third-parties").legal_last_day == d("2021-06-17")


def test_nobody_can_challenge_what_was_not_published_and_an_appeal_changes_nothing_to_it() -> None:
    act = {"party": "town", "body": "conseil municipal", "clauses": ["A1"]}
    told = recorded(ActAdopted(on=d("2021-04-12")), AppealLodged(on=d("2021-04-20"), appellant="riverain"))
    found = item(agenda_of(situation(convention(act=act), told, at("2021-05-03"))), "recourse/third-parties")
    assert (found.state, found.legal_last_day) == (State.WAITING, None)
    assert "non enregistrée" in found.trace


@pytest.mark.parametrize(("today", "warned"), [("2022-05-14", False), ("2022-05-15", False), ("2022-05-16", True)])
def test_every_two_months_forbids_more_than_two_months_between_two_meetings(today: str, *, warned: bool) -> None:
    terms = convention(duty=[meeting_duty(rhythm={"every_months": 2})])
    held = MeetingHeld(on=d("2022-03-15"), item="point/2022-03")
    found = agenda_of(situation(terms, recorded(*signed("2021-12-15"), held), at(today)))
    assert ("too-long-since/point" in {warning.id for warning in found.warnings}) is warned


@pytest.mark.parametrize(("party", "warned"), [("operateur", True), ("metropole", False), (None, False)])
def test_a_breach_found_by_the_other_side_starts_our_hours_only_once_we_know(
    party: str | None, *, warned: bool
) -> None:
    found = Happened(event="breach-discovered", on=d("2020-10-24"), at=at("2020-10-24", 20), party=party)
    warnings = {w.id for w in agenda_of(seen_by("tcm-d", "2020-10-25", found)).warnings}
    assert (f"breach-found-by-them/{next_id('tcm-d')}" in warnings) is warned


def test_the_certificate_is_asked_of_whoever_was_to_destroy_on_our_side_and_of_our_coordinator_for_the_other() -> None:
    terms = convention(end_duty=[end_duty()])
    found = agenda_of(situation(terms, recorded(*signed("2021-12-15")), at("2023-03-15")))
    asked = {side: item(found, f"certificate/destruction/{side}").responsible for side in ("town", "agency")}
    assert asked == {"town": ("referent",), "agency": ("coordinator",)}
