"""Invitations and cancellations as calendar files (iTIP, RFC 5546; sent by mail as RFC 6047 says).

One meeting per file, no recurrence, no alarm: series of exceptions lose data between programs, and people
have their own reminders.
"""

from collections.abc import Collection

from icalendar import Event, vCalAddress

from echeancier.adapters.calendar.ics_calendar import entry, to_bytes
from echeancier.adapters.calendar.vtimezone import as_seen
from echeancier.domain.messages.mail import Attendee, Mailbox, MeetingEvent


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
    invitation = meeting_entry(event, status=event.status)
    _add_people(invitation, event, event.attendees, rsvp=True)
    if not counter_proposals:
        invitation.add("X-MICROSOFT-DISALLOW-COUNTER", "TRUE")
    return to_bytes("REQUEST", [invitation])


def meeting_cancel(event: MeetingEvent, *, removed: Collection[str] = ()) -> bytes:
    """Return the METHOD:CANCEL file of a meeting, whose `sequence` the caller has raised.

    Args:
        event: The meeting, with the date and the participants last announced.
        removed: Addresses of the people who are no longer invited, when the meeting itself is kept. Only they
            are named, and no STATUS is given (RFC 5546, 3.2.5). Empty: the meeting is cancelled for all.

    Raises:
        ValueError: Nobody is concerned.
    """
    wanted = {address.casefold() for address in removed}
    concerned = [one for one in event.attendees if not wanted or one.mailbox.key in wanted]
    if not concerned:
        raise ValueError("une annulation doit concerner au moins un participant")
    cancellation = meeting_entry(event, status="" if wanted else "CANCELLED")
    _add_people(cancellation, event, concerned, rsvp=False)
    return to_bytes("CANCEL", [cancellation])


def meeting_entry(event: MeetingEvent, *, status: str) -> Event:
    """Return the meeting without its participants, as invitations and published calendars share it."""
    starts, ends = (as_seen(moment, event.time_zone) for moment in (event.starts_at, event.ends_at))
    meeting = entry(event, starts, ends, location=event.location)
    meeting.add("CLASS", "PUBLIC")
    if status:
        meeting.add("STATUS", status)
    meeting.add("TRANSP", "OPAQUE")
    return meeting


def _add_people(meeting: Event, event: MeetingEvent, attendees: Collection[Attendee], *, rsvp: bool) -> None:
    meeting.add("ORGANIZER", vCalAddress.new(event.organizer.address, cn=_common_name(event.organizer)))
    for one in attendees:
        invited = vCalAddress.new(
            one.mailbox.address,
            cn=_common_name(one.mailbox),
            cutype="INDIVIDUAL",
            role=one.role,
            partstat="NEEDS-ACTION",
            rsvp=rsvp or None,  # without RSVP most programs send no answer
        )
        meeting.add("ATTENDEE", invited)


def _common_name(mailbox: Mailbox) -> str:
    # Old programs show the escapes of the first two (RFC 6868) as they are. A parameter has no backslash escapes, but
    # lenient parsers read them: a name that ended with one would swallow the parameter after it.
    return (mailbox.name or mailbox.address).replace('"', "'").replace("^", "").replace("\\", "/")
