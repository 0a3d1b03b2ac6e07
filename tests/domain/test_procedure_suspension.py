"""Suspension of the assignment of Metz: an absence of more than thirty days, or a departure."""

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.breach import Resumed
from echeancier.domain.facts.events import Happened
from tests.domain.builders import d, item
from tests.domain.examples_seen import agenda_by, days_of, next_id, warned

FIRST = next_id("mtz-a")
KEY = f"agent-away/{FIRST}"


def happened(event: str, day: str) -> Happened:
    return Happened(event=event, on=d(day))


@pytest.mark.parametrize(("absent", "suspended"), [("2022-02-01", "2022-03-03"), ("2021-05-03", "2021-06-02")])
def test_an_absence_suspends_once_its_thirty_first_day_begins(absent: str, suspended: str) -> None:
    found = item(agenda_by("mtz-a", absent, happened("agent-absent", absent)), KEY)
    assert (found.opens_on, found.rule, found.state) == (d(suspended), "absence_exceeds_days", State.UPCOMING)


def test_what_recurs_stops_on_the_day_the_suspension_begins_and_not_before() -> None:
    absent = happened("agent-absent", "2022-11-05")
    before = agenda_by("mtz-a", "2022-12-04", absent)
    during = agenda_by("mtz-a", "2022-12-05", absent)
    assert item(before, "mission-letter/2023-01").state is State.UPCOMING
    assert item(during, "mission-letter/2023-01").state is State.SUSPENDED
    assert item(during, KEY).state is State.SUSPENDED
    assert f"suspended/{FIRST}" in warned(during) - warned(before)


def test_the_end_does_not_move_while_it_is_suspended() -> None:
    found = agenda_by("mtz-a", "2022-03-03", happened("agent-absent", "2022-02-01"))
    assert found.ends_on == d("2023-12-31")


def test_back_before_the_thirty_first_day_nothing_was_suspended() -> None:
    found = agenda_by(
        "mtz-a", "2022-12-12", happened("agent-absent", "2022-11-05"), happened("agent-back", "2022-12-05")
    )
    assert found.item(KEY) is None
    assert item(found, "mission-letter/2023-01").state is State.UPCOMING


def test_a_departure_suspends_at_once() -> None:
    found = agenda_by("mtz-a", "2022-02-01", happened("agent-left", "2022-02-01"))
    assert (item(found, KEY).opens_on, item(found, KEY).rule) == (d("2022-02-01"), "suspended_at_once")


def test_the_parties_meet_from_the_suspension_on_without_a_day_of_the_text() -> None:
    found = agenda_by("mtz-a", "2021-06-04", happened("agent-absent", "2021-05-03"))
    assert days_of(item(found, f"meet-after-suspension/{FIRST}")) == (None, d("2021-06-02"))


def test_it_resumes_only_when_somebody_says_so_not_when_the_agent_is_back() -> None:
    absent, back = happened("agent-absent", "2022-11-05"), happened("agent-back", "2022-12-07")
    waiting = agenda_by("mtz-a", "2022-12-08", absent, back)
    resumed = agenda_by("mtz-a", "2022-12-14", absent, back, Resumed(on=d("2022-12-13")))
    assert item(waiting, f"{KEY}/resume").state is State.WAITING
    assert item(waiting, "mission-letter/2023-01").state is State.SUSPENDED
    assert item(resumed, f"{KEY}/resume").done_on == d("2022-12-13")
    assert item(resumed, "mission-letter/2023-01").state is State.UPCOMING
    assert f"suspended/{FIRST}" not in warned(resumed)


def test_a_departure_during_a_suspension_adds_no_second_one() -> None:
    found = agenda_by(
        "mtz-a", "2022-04-05", happened("agent-absent", "2022-02-01"), happened("agent-left", "2022-04-01")
    )
    assert found.item(f"agent-away/{next_id('mtz-a', 2)}") is None
