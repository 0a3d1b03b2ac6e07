"""What the program writes to people: a mail, an invitation, a calendar entry, and what became of it.

Everything here is plain data that a workflow can keep in its history. Nothing is drawn at sending time:
identifiers, dates and revisions are fields, so the same model always gives the same bytes.
"""

import datetime as dt
import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, field_validator, model_validator

from echeancier.domain.model import Frozen
from echeancier.domain.running.mail_fault import Fault
from echeancier.domain.text import ascii_file_name, checked_address, one_line, shortened

SUBJECT_LIMIT = 150
"""Characters that a subject may never pass; those we write are much shorter (see `adapters.mail.subjects`)."""

Language = Literal["fr", "en"]
CalendarMethod = Literal["REQUEST", "CANCEL", "PUBLISH"]
Role = Literal["REQ-PARTICIPANT", "OPT-PARTICIPANT", "CHAIR"]
EventStatus = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
Outcome = Literal["accepted", "refused", "deferred", "misconfigured", "ambiguous"]

# Printable ASCII without < > @ on either side (RFC 5322, 3.6.4).
_MESSAGE_ID = re.compile(r"<[!-;=?A-~]+@[!-;=?A-~]+>")
_MIME_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]*")
_FILE_NAMES: dict[CalendarMethod, str] = {
    "REQUEST": "invitation.ics",
    "CANCEL": "annulation.ics",
    "PUBLISH": "echeances.ics",
}


def _message_id(value: str) -> str:
    if len(value) > 250 or not _MESSAGE_ID.fullmatch(value):
        raise ValueError("identifiant de message invalide\u00a0: la forme attendue est <nom@domaine>")
    return value


def _web_address(value: str) -> str:
    if value and not re.fullmatch(r"https?://[!-~]+", value):
        raise ValueError("adresse web invalide\u00a0: http(s):// sans espace ni accent")
    return value


def _subject(value: str) -> str:
    return shortened(one_line(value), SUBJECT_LIMIT)


MessageId = Annotated[str, AfterValidator(_message_id)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Line = Annotated[str, AfterValidator(one_line)]
Uid = Annotated[str, Field(pattern=r"^[!-~]{1,250}$")]


class _Written(Frozen):
    # Bytes travel as base64: a PDF is not text. Inputs are hidden because they hold names and addresses.
    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", hide_input_in_errors=True)


class Mailbox(_Written):
    """A name and an address. The name is put on one line; the address is checked (see `checked_address`)."""

    name: Line = ""
    address: Annotated[str, AfterValidator(checked_address)]

    @property
    def key(self) -> str:
        """The address to compare with: programs that answer do not keep its case."""
        return self.address.casefold()


class Attachment(_Written):
    """A file joined to a mail; its name is reduced to ASCII, which every mail program shows correctly."""

    filename: Annotated[str, AfterValidator(ascii_file_name)]
    mime_type: str = Field(pattern=rf"^{_MIME_TYPE.pattern}$")
    content: bytes


class CalendarPart(_Written):
    """A calendar file sent with a mail. `filename` defaults to a name that says what it is.

    Raises:
        ValueError: The file does not carry the same METHOD (RFC 6047, 2.4: both must agree).
    """

    method: CalendarMethod
    content: bytes
    filename: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if b"\r\nMETHOD:" + self.method.encode() + b"\r\n" not in self.content:
            raise ValueError(f"le fichier d’agenda ne porte pas METHOD:{self.method}")
        return self

    @property
    def attachment_name(self) -> str:
        """The name under which the file is joined, in ASCII."""
        return ascii_file_name(self.filename or _FILE_NAMES[self.method])

    @property
    def is_invitation(self) -> bool:
        """Whether an answer goes to the organizer (REQUEST, CANCEL), not merely a date to keep (PUBLISH)."""
        return self.method != "PUBLISH"


class OutgoingMail(_Written):
    """One mail to one person.

    `message_id` is derived by the caller from what is sent, its revision and the recipient, so a retry
    carries the same one. `date` keeps the offset it is given. `thread_root` is the Message-ID of the first
    mail of the convention; the first mail itself may carry its own. An invitation is neither threaded nor
    given a Reply-To: answers must reach its organizer.
    """

    message_id: MessageId
    sender: Mailbox
    recipient: Mailbox
    reply_to: tuple[Mailbox, ...] = ()
    subject: Annotated[str, AfterValidator(_subject)]
    text: str
    html: str
    language: Language = "fr"
    date: AwareDatetime
    thread_root: MessageId | None = None
    calendar: CalendarPart | None = None
    attachments: tuple[Attachment, ...] = ()

    @field_validator("subject")
    @classmethod
    def _has_words(cls, value: str) -> str:
        if not value:
            raise ValueError("un courriel doit avoir un objet")
        return value


class Attendee(_Written):
    """A person invited, and in what quality (RFC 5545, 3.2.16)."""

    mailbox: Mailbox
    role: Role = "REQ-PARTICIPANT"


class MeetingEvent(_Written):
    """One meeting at one of its revisions.

    `uid` never changes; `sequence` rises with the time, the place or a cancellation; `dtstamp` is the instant
    of the revision and must rise with each one (two revisions with the same pair are one for the readers'
    programs). `time_zone` is the zone the reader should see; `organizer` is one mailbox for the life of the
    meeting, different from every participant (otherwise Outlook believes the reader called the meeting).
    """

    uid: Uid
    sequence: int = Field(ge=0)
    dtstamp: AwareDatetime
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    time_zone: str = "Europe/Paris"
    summary: Line
    location: Line = ""
    description: str = ""
    organizer: Mailbox
    attendees: tuple[Attendee, ...] = ()
    status: EventStatus = "CONFIRMED"
    url: WebAddress = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise ValueError("la réunion doit finir après avoir commencé")
        keys = [attendee.mailbox.key for attendee in self.attendees]
        if len(keys) != len(set(keys)):
            raise ValueError("un participant est inscrit deux fois")
        if self.organizer.key in keys:
            raise ValueError("l’organisateur ne peut pas être aussi participant")
        return self


class DeadlineEvent(_Written):
    """A deadline as an all-day entry of a published calendar.

    No personal data in `summary`: feeds get shared.
    """

    uid: Uid
    day: dt.date
    summary: Line
    description: str = ""
    dtstamp: AwareDatetime
    url: WebAddress = ""
    sequence: int = Field(default=0, ge=0)


class Delivery(_Written):
    """What became of one attempt to hand a mail to the relay.

    `accepted`: the relay took charge. `refused`: for good, do not send again. `deferred`: try later.
    `misconfigured`: the relay or our settings are at fault, not the recipient; keep the mail, try slowly,
    tell the operator. `ambiguous`: the content left and no answer came, the mail may have arrived; a retry
    must carry the same bytes and the journal must say so.

    `code` is the relay's reply code if it gave one; `detail` is a sentence in French, holding no address; `fault`
    is whose fault it is.
    `ours`: nothing was said against the recipient, the relay or the way to it is at fault.
    `stored` is true when the emergency stop holds the mail: nothing was sent, and no time to try again is set.
    """

    outcome: Outcome
    code: int | None = None
    detail: str = ""
    fault: Fault = ""
    stored: bool = False
    ours: bool = False
