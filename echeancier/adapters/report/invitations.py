"""Every invitation, change and cancellation that was sent, once per revision, as a calendar file."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from icalendar import Calendar

from echeancier.adapters.report.mailbag import Mailbag
from echeancier.adapters.report.story import Story
from echeancier.domain.facts.dossier import MeetingRevision, Message
from echeancier.domain.messages.invitations import InvitationRevised

FOLDER: Final = "invitations"
_WHAT: Final = {"REQUEST": "invitation", "CANCEL": "annulation"}


@dataclass(frozen=True)
class Invitation:
    """One calendar file; ``path`` is relative to the dossier."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Invitations:
    """The calendar files, and which message carried which.

    Attributes:
        files: in the order of their names, which is that of time.
        of_message: the path of the file of each message that carried one.
        beyond: how many revisions speak of a day after the end of the rehearsal: they stay in their mails.
    """

    files: tuple[Invitation, ...]
    of_message: dict[str, str]
    beyond: int


def invitations(story: Story, mailbag: Mailbag) -> Invitations:
    """Return the calendar files of the mails, each once although every guest received it."""
    names: dict[bytes, str] = {}
    of_message: dict[str, str] = {}
    beyond: set[bytes] = set()
    for message in story.dossier.outbox:
        for content in mailbag.calendars_of(message):
            if message.meeting is None:
                continue
            if _latest(content) > story.ended:
                beyond.add(content)
                continue
            if content not in names:
                names[content] = _name(story, message, message.meeting, taken=set(names.values()))
            of_message[message.id] = names[content]
    files = sorted((Invitation(path, content) for content, path in names.items()), key=lambda one: one.path)
    return Invitations(tuple(files), of_message, len(beyond))


def _name(story: Story, message: Message, meeting: MeetingRevision, *, taken: set[str]) -> str:
    """The day it was sent, the meeting, the revision: names sort in the order of time."""
    sent = story.local(message.at)
    what = _WHAT[meeting.method]
    if what == "invitation" and message.kind == InvitationRevised.kind:
        what = "deplacement"
    stem = f"{FOLDER}/{sent:%Y-%m-%d}-{_slug(meeting.item)}-r{meeting.sequence:02d}-{what}"
    return next(
        name for n in range(1, len(taken) + 2) if (name := f"{stem}{f'-{n}' if n > 1 else ''}.ics") not in taken
    )


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


def _latest(content: bytes) -> datetime:
    """The last instant a file speaks of, its stamp included."""
    found = [
        value.dt
        for event in Calendar.from_ical(content).walk("VEVENT")
        for name in ("DTSTAMP", "DTSTART", "DTEND")
        if (value := event.get(name)) is not None
    ]
    return max(instant for instant in found if isinstance(instant, datetime))
