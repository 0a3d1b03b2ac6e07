"""The calendar of what is to come."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tests.cli.conftest import Echeancier

SEEN = ("--as-of", "2022-03-01", "--format", "ics")


@pytest.fixture
def events(echeancier: Echeancier) -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(echeancier("plan", "sqf-p", *SEEN, facts="sqf-p").content)
    assert isinstance(found, icalendar.Calendar)
    return {str(event["UID"]).split(".")[0]: event for event in found.events}


def test_an_item_stands_on_its_safe_day_for_the_whole_day(events: dict[str, icalendar.Event]) -> None:
    committee = events["steering-committee/2022"]
    assert (committee.start, committee.end) == (date(2022, 12, 30), date(2022, 12, 31))


def test_nothing_over_or_without_a_day_is_in_the_calendar(events: dict[str, icalendar.Event]) -> None:
    starts = {event.start for event in events.values()}
    assert min(starts) >= date(2022, 3, 1)
    assert "recourse/2021-04-12/prefect" not in events
    assert "signature/commune" not in events


def test_the_stamp_is_the_instant_looked_from(events: dict[str, icalendar.Event]) -> None:
    seen = datetime(2022, 3, 1, 23, 59, 59, tzinfo=ZoneInfo("Europe/Paris"))
    assert {event.DTSTAMP for event in events.values()} == {seen}


def test_the_same_day_gives_the_same_bytes(echeancier: Echeancier) -> None:
    first = echeancier("plan", "tcm-p", *SEEN, facts="tcm-p").content
    assert first == echeancier("plan", "tcm-p", *SEEN, facts="tcm-p").content


def test_an_entry_says_why(events: dict[str, icalendar.Event]) -> None:
    told = str(events["steering-committee/2022"]["DESCRIPTION"])
    assert "art. 5" in told
    assert "31/12/2022" in told
