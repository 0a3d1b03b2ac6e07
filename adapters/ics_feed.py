"""Published calendars: deadlines as all-day entries, meetings without their participants.

A feed is a view, never a reminder: programs read it again after hours or days. Entries carry neither
ORGANIZER nor ATTENDEE, otherwise some programs answer them by mail. Deadlines are entries rather than VTODO,
which Google, Outlook and iOS do not show.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from adapters.ics_meeting import event_lines
from adapters.ics_text import PRODID, document, text, utc
from adapters.vtimezone import zones
from domain.mail import DeadlineEvent, MeetingEvent


def feed(
    name: str,
    uid: str,
    deadlines: Iterable[DeadlineEvent],
    meetings: Iterable[MeetingEvent] = (),
    *,
    description: str = "",
    refresh_hours: int = 4,
) -> bytes:
    """Return a METHOD:PUBLISH calendar; the order of the entries given does not change the bytes.

    Args:
        name: The title shown in the reader's list of calendars.
        uid: The identifier of the calendar itself (RFC 7986, 5.3), stable for its life.
        deadlines: All-day entries, which leave the day free.
        meetings: Meetings, under the same UID as their invitations.
        description: A sentence about the calendar.
        refresh_hours: How often the reader's program is asked to come back, in hours.
    """
    title = [
        f"UID:{uid}",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{refresh_hours}H",
        f"X-PUBLISHED-TTL:PT{refresh_hours}H",
    ]
    if description:
        title += [f"DESCRIPTION:{text(description)}", f"X-WR-CALDESC:{text(description)}"]
    return _published(title, deadlines, meetings)


def deadline_file(deadline: DeadlineEvent) -> bytes:
    """Return one deadline as a file to download or to join to a reminder (METHOD:PUBLISH)."""
    return _published([], [deadline], ())


def _published(
    title: Sequence[str], deadlines: Iterable[DeadlineEvent], meetings: Iterable[MeetingEvent]
) -> bytes:
    entries = [_deadline(one) for one in sorted(deadlines, key=lambda one: (one.day, one.uid))]
    entries += [_meeting(one) for one in sorted(meetings, key=lambda one: (one.starts_at, one.uid))]
    lines = [line for entry in entries for line in entry]
    head = ["BEGIN:VCALENDAR", f"PRODID:{PRODID}", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    return document([*head, *title, *zones(lines), *lines, "END:VCALENDAR"])


def _deadline(deadline: DeadlineEvent) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{deadline.uid}",
        f"SEQUENCE:{deadline.sequence}",
        f"DTSTAMP:{utc(deadline.dtstamp)}",
        f"DTSTART;VALUE=DATE:{deadline.day:%Y%m%d}",
        # The end is exclusive (RFC 5545, 3.6.1): an entry of one day ends the next.
        f"DTEND;VALUE=DATE:{deadline.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{text(deadline.summary)}",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    ]
    lines += [f"DESCRIPTION:{text(deadline.description)}"] if deadline.description else []
    lines += [f"URL:{deadline.url}"] if deadline.url else []
    return [*lines, "END:VEVENT"]


def _meeting(meeting: MeetingEvent) -> list[str]:
    return ["BEGIN:VEVENT", *event_lines(meeting), f"STATUS:{meeting.status}", "TRANSP:OPAQUE", "END:VEVENT"]
