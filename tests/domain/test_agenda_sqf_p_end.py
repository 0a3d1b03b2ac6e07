"""How the same convention ends: by a letter, by a litigation that holds the destruction, by its term."""

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.letters import LetterPosted, LetterReturned, NoticeWithdrawn
from echeancier.domain.facts.litigation import LitigationClosed, LitigationOpened
from echeancier.domain.facts.meetings import MeetingHeld
from echeancier.domain.facts.personal_data import HoldReviewed
from tests.domain import oracle_sqf_p as oracle
from tests.domain.builders import at, d, item, recorded, seen, sqf, sqf_agenda


def posted(day: str, by: str = "commune") -> LetterPosted:
    return LetterPosted(on=d(day), rule="notice", by=by, reasons="motifs")


@pytest.mark.parametrize(("day", "last"), oracle.POSTED_AND_LAST_DAY)
@pytest.mark.parametrize("by", ["commune", "operator"])
def test_a_letter_ends_it_one_month_after_its_sending_whoever_sends_it(day: str, last: str, by: str) -> None:
    agenda = sqf_agenda(day, posted(day, by))
    letter = item(agenda, "termination/f6")
    assert agenda.ends_on == d(last)
    assert (letter.legal_last_day, letter.effect_range, letter.certainty) == (
        d(last),
        None,
        Certainty.CERTAIN,
    )


def test_a_letter_too_late_to_shorten_anything_changes_nothing() -> None:
    agenda = sqf_agenda("2023-12-01", posted("2023-12-01"))
    assert agenda.ends_on == agenda.natural_end == d("2023-12-31")
    assert "n’y change rien" in item(agenda, "termination/f6").trace


def test_nothing_is_due_after_an_early_end_but_what_the_end_starts() -> None:
    agenda = sqf_agenda("2021-06-16", posted("2021-06-15"))
    after = {i.kind for i in agenda.items if i.safe_day and i.safe_day > d("2021-07-15")}
    assert after == {"destruction"}


def test_destruction_follows_an_early_end() -> None:
    agenda = sqf_agenda("2021-06-16", posted("2021-06-15"))
    assert item(agenda, "data-destruction/operator").legal_last_day == d("2021-09-15")


def test_a_period_cut_short_by_an_early_end_is_owed_as_far_as_possible_and_contested() -> None:
    found = item(sqf_agenda("2021-06-16", posted("2021-06-15")), "quarterly-data/2021-07")
    assert (found.legal_last_day, found.state, found.certainty) == (
        d("2021-07-15"),
        State.BEST_EFFORT,
        Certainty.CONTESTED,
    )


def test_no_renewal_and_no_other_notice_is_prepared_once_a_letter_ends_it() -> None:
    kinds = {i.kind for i in sqf_agenda("2021-06-16", posted("2021-06-15")).items}
    assert kinds.isdisjoint({"renewal", "notice"})


def test_a_letter_withdrawn_by_both_sides_gives_everything_back() -> None:
    agenda = sqf_agenda("2021-06-21", posted("2021-06-15"), NoticeWithdrawn(on=d("2021-06-20"), letter="f6"))
    assert agenda.ends_on == d("2023-12-31")
    assert item(agenda, "termination/f6").state is State.CANCELLED


def test_a_letter_that_came_back_is_to_be_served_the_next_working_day() -> None:
    facts = (posted("2021-06-15"), LetterReturned(on=d("2021-07-02"), letter="f6", outcome="unclaimed"))
    now = item(sqf_agenda("2021-07-02", *facts), "serve/f6")
    later = item(sqf_agenda("2021-08-02", *facts), "serve/f6")
    assert (now.safe_day, later.safe_day) == (d("2021-07-05"), d("2021-07-05"))
    assert (now.state, later.state) == (State.OPEN, State.LATE)


def test_a_litigation_holds_the_destruction_and_is_reviewed_every_year() -> None:
    agenda = sqf_agenda("2024-01-15", LitigationOpened(on=d("2024-01-10")))
    assert item(agenda, "data-destruction/commune").state is State.SUSPENDED
    assert item(agenda, "litigation-review/2025").safe_day == d("2025-01-10")
    assert "litigation-hold" in {w.id for w in agenda.warnings}


def test_a_hold_reviewed_and_kept_is_reviewed_again_a_year_later() -> None:
    seen_again = HoldReviewed(on=d("2024-12-20"))
    agenda = sqf_agenda("2025-01-02", LitigationOpened(on=d("2024-01-10")), seen_again)
    reviews = [(i.safe_day, i.state) for i in agenda.items if i.kind == "review"]
    assert reviews == [(d("2025-01-10"), State.DONE), (d("2025-12-19"), State.UPCOMING)]
    assert item(agenda, "data-destruction/commune").state is State.SUSPENDED


def test_a_hold_that_nobody_reviews_is_late_and_stays_so() -> None:
    agenda = sqf_agenda("2026-03-02", LitigationOpened(on=d("2024-01-10")))
    assert item(agenda, "litigation-review/2025").state is State.LATE


def test_a_hold_lifted_lets_the_destruction_run_again() -> None:
    facts = (LitigationOpened(on=d("2024-01-10")), HoldReviewed(on=d("2024-01-12"), outcome="lifted"))
    agenda = sqf_agenda("2024-01-15", *facts)
    found = item(agenda, "data-destruction/commune")
    assert (found.state, found.legal_last_day) == (State.OPEN, d("2024-03-02"))  # two days longer
    assert [i.state for i in agenda.items if i.kind == "review"] == [State.DONE]


def test_a_litigation_over_lets_the_destruction_run_again() -> None:
    facts = (LitigationOpened(on=d("2024-01-10")), LitigationClosed(on=d("2024-01-12")))
    assert item(sqf_agenda("2024-01-15", *facts), "data-destruction/commune").state is State.OPEN


@pytest.mark.parametrize("held", ["2023-04-06", "2023-08-24"])
def test_a_committee_held_in_the_last_year_has_prepared_the_renewal(held: str) -> None:
    agenda = sqf_agenda("2023-09-04", MeetingHeld(on=d(held), item="steering-committee/2023"))
    assert item(agenda, "renewal/2023/committee").done_on == d(held)


def test_a_committee_of_the_year_before_has_not() -> None:
    agenda = sqf_agenda("2023-09-04", MeetingHeld(on=d("2022-12-08"), item="steering-committee/2022"))
    assert item(agenda, "renewal/2023/committee").state is State.LATE


def test_a_renewal_given_up_is_cancelled_and_after_the_end_it_is_merely_over() -> None:
    lapse = RenewalDecided(on=d("2023-07-03"), decision="let-lapse")
    assert item(sqf_agenda("2023-07-04", lapse), "renewal/2023/vote").state is State.CANCELLED
    assert item(sqf_agenda("2024-01-02"), "renewal/2023/vote").state is State.ELAPSED


def test_a_correction_of_a_litigation_does_not_open_it_again() -> None:
    terms, records = sqf()
    facts = recorded(LitigationOpened(on=d("2024-01-10")), LitigationClosed(on=d("2024-01-12")))
    opened, closed = (r.model_copy(update={"id": f"g{n}"}) for n, r in enumerate(facts))
    corrected = opened.model_copy(
        update={"version": 2, "recorded_at": at("2024-01-20"), "fact": LitigationOpened(on=d("2024-01-09"))}
    )
    agenda = seen(terms, (*records, opened, closed, corrected), "2024-01-22")
    assert item(agenda, "data-destruction/commune").state is State.OPEN
