"""The calendar file of a meeting notice: the same bytes for every guest of a revision."""

import re
from datetime import UTC, timedelta

from echeancier.adapters.calendar.ics_meeting import meeting_cancel, meeting_request
from echeancier.domain.messages.mail import Attendee, CalendarPart, Mailbox, MeetingEvent
from echeancier.domain.messages.order import MeetingNotice

_LINK = re.compile(r"https?://[!-~]+")


def calendar_part(notice: MeetingNotice, organizer: Mailbox, reference: str) -> CalendarPart:
    """Return the REQUEST or CANCEL file of a meeting.

    Two functions that share an address are invited once; the organizer's own address is not invited, since it
    cannot be both (see `MeetingEvent`). Words are French: every guest must receive the same file.

    Raises:
        ValueError: Nobody is left to invite.
    """
    event = MeetingEvent(
        uid=notice.uid,
        sequence=notice.sequence,
        dtstamp=notice.dtstamp,
        starts_at=notice.starts_at,
        ends_at=notice.starts_at.astimezone(UTC) + timedelta(minutes=notice.minutes),
        time_zone=notice.time_zone,
        summary=notice.title.fr,
        location=notice.place or notice.video_link,
        description=_description(notice, reference),
        organizer=organizer,
        attendees=_attendees(notice, organizer),
        status="CANCELLED" if notice.method == "CANCEL" else "CONFIRMED",
        url=notice.video_link if _LINK.fullmatch(notice.video_link) else "",
    )
    content = meeting_cancel(event) if notice.method == "CANCEL" else meeting_request(event)
    return CalendarPart(method=notice.method, content=content)


def _attendees(notice: MeetingNotice, organizer: Mailbox) -> tuple[Attendee, ...]:
    found: dict[str, Attendee] = {}
    # Whoever chairs comes first, so that a shared address keeps that quality.
    for guest in sorted(notice.guests, key=lambda g: not g.chairs):
        mailbox = Mailbox(name=guest.function, address=guest.address)
        if mailbox.key != organizer.key and mailbox.key not in found:
            found[mailbox.key] = Attendee(mailbox=mailbox, role="CHAIR" if guest.chairs else "REQ-PARTICIPANT")
    return tuple(found.values())


def _description(notice: MeetingNotice, reference: str) -> str:
    lines = [f"Convention {reference}"]
    if notice.video_link:
        lines.append(f"Visioconférence\u00a0: {notice.video_link}")
    for heading, wanted in (("Ordre du jour", notice.topics), ("Indicateurs", notice.indicators)):
        if wanted:
            lines += [f"{heading}\u00a0:", *(f"- {one.fr}" for one in wanted)]
    return "\n".join(lines)
