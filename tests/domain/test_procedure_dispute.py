"""The amicable phase before court."""

from echeancier.domain.agenda.items import State
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from tests.domain.builders import d, item
from tests.domain.examples_seen import agenda_by, next_id

RAISED = Happened(event="dispute-raised", on=d("2021-11-26"))
KEY = f"dispute/{next_id('mtz-p')}"


def test_a_month_that_ends_on_a_closed_day_is_not_over_before_the_next_working_day() -> None:
    found = item(agenda_by("mtz-p", "2021-12-27", RAISED), KEY)
    assert (found.legal_last_day, found.state, found.certainty) == (
        d("2021-12-27"),
        State.RUNNING,
        Certainty.CONTESTED,
    )
    assert found.effect_range == EffectRange(earliest=d("2021-12-26"), expected=d("2021-12-26"), latest=d("2021-12-27"))


def test_nobody_sues_before_the_day_after_the_extended_month() -> None:
    early, due = agenda_by("mtz-p", "2021-12-27", RAISED), agenda_by("mtz-p", "2021-12-28", RAISED)
    assert item(early, f"{KEY}/court").opens_on == d("2021-12-28")
    assert item(early, f"{KEY}/court").state is State.UPCOMING
    assert item(due, f"{KEY}/court").state is State.OPEN
    assert item(due, KEY).state is State.ELAPSED


def test_a_dispute_that_was_settled_does_not_go_to_court() -> None:
    found = agenda_by("mtz-p", "2021-12-28", RAISED, DutyDone(on=d("2021-12-10"), item=KEY))
    assert item(found, f"{KEY}/court").state is State.CANCELLED


def test_a_phase_without_a_length_has_no_day_and_opens_no_court_by_itself() -> None:
    key = f"dispute/{next_id('ida-o')}"
    found = agenda_by("ida-o", "2025-06-01", Happened(event="dispute-raised", on=d("2024-11-26")))
    assert (item(found, key).legal_last_day, item(found, key).state) == (None, State.RUNNING)
    assert item(found, f"{key}/court").state is State.WAITING
