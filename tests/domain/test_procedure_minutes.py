"""The minutes of a meeting: awaited where the preferences ask for them, recorded once, in its place at the door."""

from datetime import date

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.meetings import MeetingHeld, MeetingMinutes
from tests.domain.builders import at, convention, d, item, meeting_duty, recorded, seen, signed
from tests.domain.builders_life import life
from tests.support.door import at as door_at
from tests.support.door import refused, running, take

STARTED = signed("2021-12-15")
HELD = MeetingHeld(on=d("2022-02-08"), item="point/2022-01")
WITHIN = {"place": "Mairie", "invite": ["referent", "partner"], "minutes": 60, "minutes_within": {"days": 15}}


def test_minutes_are_awaited_so_many_days_after_a_meeting_that_was_held() -> None:
    found = seen(convention(duty=[meeting_duty(meeting=WITHIN)]), recorded(*STARTED, HELD), "2022-02-10")
    awaited = item(found, "minutes/point/2022-01")
    assert (awaited.safe_day, awaited.state, awaited.owed_by) == (d("2022-02-23"), State.OPEN, "town")
    assert awaited.certainty.value == "chosen"


def test_nobody_awaits_minutes_that_the_preferences_do_not_ask_for() -> None:
    found = seen(convention(duty=[meeting_duty()]), recorded(*STARTED, HELD), "2022-02-10")
    assert found.item("minutes/point/2022-01") is None


def test_late_minutes_are_called_once_more_and_recorded_they_are_left_alone() -> None:
    lived = life(convention(duty=[meeting_duty(meeting=WITHIN)]), STARTED, "2021-12-20").until("2022-02-09")
    lived.record(HELD, when=at("2022-02-09"))
    lived.until(at("2022-03-10"))
    heard = [stage for _, stage in lived.told("minutes/point/2022-01", "coordinator")]
    assert heard[-2:] == ["reminder", "overdue"]
    assert lived.told("minutes/point/2022-01", "manager") == []  # not hard: the digest says it
    lived.record(MeetingMinutes(on=d("2022-03-10"), item="point/2022-01", document="serveur/comptes-rendus"))
    before = len(lived.told("minutes/point/2022-01", "coordinator"))
    lived.until(at("2022-12-01"))
    assert len(lived.told("minutes/point/2022-01", "coordinator")) == before


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        (MeetingMinutes(item="data/2022-01", on=date(2022, 2, 10)), "n’est pas une rencontre"),
        (MeetingMinutes(item="meeting/2022-01", on=date(2022, 2, 10)), "meeting-held"),
    ],
)
def test_there_are_no_minutes_of_what_was_not_held(fact: MeetingMinutes, why: str) -> None:
    assert why in refused(running(), fact, told=door_at(2022, 2, 10))


def test_minutes_come_after_the_meeting_and_once() -> None:
    held = MeetingHeld(item="meeting/2022-01", on=date(2022, 2, 8))
    dossier = take(running(), held, told=door_at(2022, 2, 9))
    early = MeetingMinutes(item="meeting/2022-01", on=date(2022, 2, 7))
    assert "précéderait la rencontre" in refused(dossier, early, told=door_at(2022, 2, 10))
    take(dossier, MeetingMinutes(item="meeting/2022-01", on=date(2022, 2, 10)), told=door_at(2022, 2, 10))
    again = MeetingMinutes(item="meeting/2022-01", on=date(2022, 2, 10))
    assert "déjà enregistré" in refused(dossier, again, told=door_at(2022, 2, 10))


def test_where_nobody_works_until_the_minutes_are_due_they_are_due_on_their_day_and_never_before_the_meeting() -> None:
    saturday = MeetingHeld(on=d("2022-02-05"), item="point/2022-01")
    terms = convention(duty=[meeting_duty(meeting=WITHIN | {"minutes_within": {"days": 1}})])
    awaited = item(seen(terms, recorded(*STARTED, saturday), "2022-02-05"), "minutes/point/2022-01")
    assert (awaited.opens_on, awaited.safe_day) == (d("2022-02-05"), d("2022-02-06"))
