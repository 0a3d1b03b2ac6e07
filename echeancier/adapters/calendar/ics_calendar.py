"""What every calendar file of the program has in common, whoever it is for.

Nothing is drawn here: UID, SEQUENCE and DTSTAMP come with the entry. Hence `Event()` and never `Event.new()`,
which stamps the present instant and a random identifier.
"""

from collections.abc import Iterable
from datetime import date

from icalendar import Calendar, Event, vText

from echeancier.adapters.calendar.vtimezone import PARIS_ZONE
from echeancier.domain.messages.mail import CalendarMethod, DeadlineEvent, MeetingEvent
from echeancier.domain.text import one_line

PRODID = "-//Echeancier//Agenda des conventions//FR"


def to_bytes(method: CalendarMethod, events: Iterable[Event], title: Iterable[tuple[str, object]] = ()) -> bytes:
    """Return a calendar file holding `events`, with the zone they use, if any.

    Args:
        method: The METHOD of the file.
        events: The entries, in the order to write them.
        title: Properties of the calendar itself.
    """
    calendar = Calendar()
    calendar.add("PRODID", PRODID)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    for name, value in title:
        calendar.add(name, value)
    entries = list(events)
    if any("TZID" in entry[name].params for entry in entries for name in ("DTSTART", "DTEND")):
        calendar.add_component(PARIS_ZONE)
    for entry in entries:
        calendar.add_component(entry)
    return bytes(calendar.to_ical(sorted=False))


def entry(model: MeetingEvent | DeadlineEvent, starts: date, ends: date, *, location: str = "") -> Event:
    """Return an entry that says what, when and where, and nobody's name."""
    event = Event()
    event.add("UID", model.uid)
    event.add("SEQUENCE", model.sequence)
    event.add("DTSTAMP", model.dtstamp)
    event.add("DTSTART", starts)
    event.add("DTEND", ends)
    event.add("SUMMARY", model.summary)
    for name, value in (
        ("LOCATION", location),
        ("DESCRIPTION", plain(model.description)),
        ("URL", model.url),
    ):
        if value:
            event.add(name, value)
    return event


def plain(text: str) -> vText:
    """Return a text of one or several lines without the control characters that RFC 5545 (3.1) forbids."""
    return vText("\n".join(one_line(line) for line in text.splitlines()))
