"""Invitations and cancellations as calendar files (iTIP, RFC 5546; sent by mail as RFC 6047 says).

One meeting per file, no recurrence, no alarm: series of exceptions lose data between programs, and people
have their own reminders. Nothing is drawn here: UID, SEQUENCE and DTSTAMP come with the meeting.
"""

from collections.abc import Collection

from adapters.ics_text import PRODID, common_name, document, text, utc
from adapters.vtimezone import instant, zones
from domain.mail import Attendee, CalendarMethod, MeetingEvent


def meeting_request(event: MeetingEvent, *, counter_proposals: bool = False) -> bytes:
    """Return the METHOD:REQUEST file of a new or changed meeting; the same bytes go to every participant.

    Args:
        event: The meeting at the revision to announce.
        counter_proposals: Whether Outlook may propose another time.

    Raises:
        ValueError: Nobody is invited, or the meeting is cancelled.
    """
    if not event.attendees:
        raise ValueError("une invitation doit avoir au moins un participant")
    if event.status == "CANCELLED":
        raise ValueError("une réunion annulée ne s’annonce pas par une invitation")
    lines = [
        *_what(event),
        f"STATUS:{event.status}",
        "TRANSP:OPAQUE",
        *_who(event, event.attendees, rsvp=True),
    ]
    if not counter_proposals:
        lines.append("X-MICROSOFT-DISALLOW-COUNTER:TRUE")
    return _calendar("REQUEST", lines)


def meeting_cancel(event: MeetingEvent, *, removed: Collection[str] = ()) -> bytes:
    """Return the METHOD:CANCEL file of a meeting, whose `sequence` the caller has raised.

    Args:
        event: The meeting, with the date and the participants last announced.
        removed: Addresses of the people who are no longer invited, when the meeting itself is kept. Only they
        are
            named, and no STATUS is given (RFC 5546, 3.2.5). Empty: the meeting is cancelled for all.

    Raises:
        ValueError: Nobody is concerned.
    """
    wanted = {address.casefold() for address in removed}
    concerned = [one for one in event.attendees if not wanted or one.mailbox.key in wanted]
    if not concerned:
        raise ValueError("une annulation doit concerner au moins un participant")
    status = [] if wanted else ["STATUS:CANCELLED"]
    return _calendar("CANCEL", [*_what(event), *status, "TRANSP:OPAQUE", *_who(event, concerned, rsvp=False)])


def event_lines(event: MeetingEvent) -> list[str]:
    """Return the properties that say what, when and where, shared with published calendars."""
    lines = [
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{utc(event.dtstamp)}",
        instant("DTSTART", event.starts_at, event.time_zone),
        instant("DTEND", event.ends_at, event.time_zone),
        f"SUMMARY:{text(event.summary)}",
    ]
    lines += [f"LOCATION:{text(event.location)}"] if event.location else []
    lines += [f"DESCRIPTION:{text(event.description)}"] if event.description else []
    return [*lines, f"URL:{event.url}"] if event.url else lines


def _what(event: MeetingEvent) -> list[str]:
    return [*event_lines(event), "CLASS:PUBLIC"]


def _who(event: MeetingEvent, attendees: Collection[Attendee], *, rsvp: bool) -> list[str]:
    # Without RSVP most programs send no answer.
    answer = ";RSVP=TRUE" if rsvp else ""
    return [
        f"ORGANIZER;{common_name(event.organizer)}:mailto:{event.organizer.address}",
        *(
            f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE={one.role};PARTSTAT=NEEDS-ACTION{answer};"
            f"{common_name(one.mailbox)}:mailto:{one.mailbox.address}"
            for one in attendees
        ),
    ]


def _calendar(method: CalendarMethod, event: list[str]) -> bytes:
    return document(
        [
            "BEGIN:VCALENDAR",
            f"PRODID:{PRODID}",
            "VERSION:2.0",
            "CALSCALE:GREGORIAN",
            f"METHOD:{method}",
            *zones(event),
            "BEGIN:VEVENT",
            *event,
            "END:VEVENT",
            "END:VCALENDAR",
        ]
    )
