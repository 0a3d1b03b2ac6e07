"""Published calendars: deadlines as all-day entries, meetings without their participants.

A feed is a view, never a reminder: programs read it again after hours or days. Entries carry neither
ORGANIZER nor ATTENDEE, otherwise some programs answer them by mail. Deadlines are entries rather than VTODO,
which Google, Outlook and iOS do not show.
"""

from collections.abc import Iterable
from datetime import timedelta

from icalendar import Event, vDuration

from echeancier.adapters.calendar.ics_calendar import entry, plain, to_bytes
from echeancier.adapters.calendar.ics_meeting import meeting_entry
from echeancier.domain.messages.mail import DeadlineEvent, MeetingEvent


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
    pause = timedelta(hours=refresh_hours)
    title: list[tuple[str, object]] = [
        ("UID", uid),
        ("NAME", plain(name)),
        ("X-WR-CALNAME", plain(name)),
        ("REFRESH-INTERVAL", vDuration(pause, {"VALUE": "DURATION"})),
        ("X-PUBLISHED-TTL", vDuration(pause)),
    ]
    if description:
        title += [("DESCRIPTION", plain(description)), ("X-WR-CALDESC", plain(description))]
    entries = [_deadline(one) for one in sorted(deadlines, key=lambda one: (one.day, one.uid))]
    ordered = sorted(meetings, key=lambda one: (one.starts_at, one.uid))
    return to_bytes("PUBLISH", [*entries, *(_meeting(one) for one in ordered)], title)


def deadline_file(deadline: DeadlineEvent) -> bytes:
    """Return one deadline as a file to download or to join to a reminder (METHOD:PUBLISH)."""
    return to_bytes("PUBLISH", [_deadline(deadline)])


def _meeting(meeting: MeetingEvent) -> Event:
    event = meeting_entry(meeting, status=meeting.status)
    event.add("LAST-MODIFIED", meeting.dtstamp)
    return event


def _deadline(deadline: DeadlineEvent) -> Event:
    # The end is exclusive (RFC 5545, 3.6.1): an entry of one day ends the next.
    event = entry(deadline, deadline.day, deadline.day + timedelta(days=1))
    # The instant of the revision, as DTSTAMP: nothing in the file may come from the clock of whoever writes it.
    event.add("LAST-MODIFIED", deadline.dtstamp)
    event.add("TRANSP", "TRANSPARENT")
    event.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    event.add("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE")
    return event
