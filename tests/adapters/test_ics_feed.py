"""Published calendars."""

import datetime as dt

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from echeancier.adapters.calendar.ics_feed import deadline_file, feed
from echeancier.domain.messages.mail import DeadlineEvent
from tests.adapters.itip_rules import names, syntax_problems, unfolded
from tests.adapters.mails import deadline, meeting

FEED = feed("Conventions – échéances", "feed-7@commune.example", [deadline()], [meeting()])


def test_a_feed_is_well_formed() -> None:
    assert syntax_problems(FEED) == []


def test_a_feed_names_nobody() -> None:
    assert not {"ORGANIZER", "ATTENDEE"} & set(names(unfolded(FEED)))


def test_a_feed_says_what_it_is_and_when_to_come_back() -> None:
    lines = unfolded(FEED)
    for line in (
        "METHOD:PUBLISH",
        "UID:feed-7@commune.example",
        "NAME:Conventions – échéances",
        "X-WR-CALNAME:Conventions – échéances",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
    ):
        assert line in lines


def test_a_deadline_lasts_its_day_and_leaves_it_free() -> None:
    (event,) = icalendar.Calendar.from_ical(deadline_file(deadline())).walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    assert (event.start, event.end) == (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"
    assert event["X-MICROSOFT-CDO-ALLDAYEVENT"] == "TRUE"


def test_a_meeting_keeps_the_identity_of_its_invitation() -> None:
    events = icalendar.Calendar.from_ical(FEED).walk("VEVENT")
    assert [str(event["UID"]) for event in events] == [deadline().uid, meeting().uid]


def test_the_zone_is_given_only_when_an_entry_uses_it() -> None:
    assert FEED.count(b"BEGIN:VTIMEZONE") == 1
    trap = deadline(summary="DTSTART;TZID=Europe/Paris:20270101T000000")
    assert b"VTIMEZONE" not in feed("Échéances", "f@commune.example", [trap])


def test_an_empty_feed_is_still_a_calendar() -> None:
    assert syntax_problems(feed("Échéances", "f@commune.example", [])) == []


@given(st.permutations([deadline(uid=f"d{n}@commune.example", day=dt.date(2027, 1, 1 + n // 2)) for n in range(5)]))
def test_the_order_given_does_not_change_the_bytes(deadlines: list[DeadlineEvent]) -> None:
    ordered = sorted(deadlines, key=lambda one: one.uid)
    assert feed("É", "f@commune.example", deadlines) == feed("É", "f@commune.example", ordered)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.example/\r\nATTENDEE:x", "https://a b.example"])
def test_a_link_that_is_not_a_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="adresse web"):
        deadline(url=url)
