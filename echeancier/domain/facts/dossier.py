"""Everything kept about one convention: its terms and their former versions, its facts, what was sent and what became of it."""

from datetime import date, datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Frozen
from echeancier.domain.running.mail_fault import Fault
from echeancier.domain.terms.convention import Convention

MessageStatus = Literal["to-send", "accepted", "deferred", "refused", "superseded"]


class Told(Frozen):
    """One thing a message told its reader.

    Attributes:
        about: the key of an item, or ``question/…``, ``undelivered/…``, ``ended/…``, ``opening``.
        stage: which of the five times; ``corrected`` or ``gone`` in a correction.
        day: the legal last day told, None when there is none.
        safe: the safe day told.
        basis: what these days stood on: the legal last day, or without one the day the safe day was counted from.
    """

    about: str
    stage: str
    day: date | None = None
    safe: date | None = None
    basis: date | None = None


class MeetingRevision(Frozen):
    """One revision of a meeting, as sent; the next one is compared with it.

    Attributes:
        names: the institutions and functions named in it; empty in a revision older than that field.
    """

    item: str
    uid: str
    sequence: int
    dtstamp: AwareDatetime
    method: Literal["REQUEST", "CANCEL"]
    starts_at: AwareDatetime
    minutes: int
    place: str
    video_link: str
    guests: tuple[str, ...]
    names: tuple[str, ...] = ()


class Message(Frozen):
    """One message of the outbox, kept for life: what became of it, not what it said (the document store has its bytes).

    Attributes:
        id: the same as its order's.
        kind: of mail (`domain.messages.mails`).
        address: where it went; never in a search attribute or a log.
        tries: how many times it was handed to the relay.
        until: after that it no longer leaves as it was written (`domain.messages.age`).
        cuts: how many rounds of tries were cut short before anything left.
        unknown: how many times its content left without an answer: it may have arrived.
        next_try: when a deferred one is tried again.
        maybe_twice: its acceptance was hidden (a crash, a dropped line), or it was written before an old copy of the data was
            put back: it may have been delivered twice.
        stored: held by the emergency stop; it leaves when that is over.
        answered_at: when the relay last answered something.
        detail: the relay's answer, without any address.
        fault: whose it is that it did not arrive.
        sha256: of the bytes sent.
        mail: the id of the day's mail that carried it (`domain.messages.day_mail`); empty for one that left alone.
    """

    id: str
    kind: str
    role: str
    address: str
    at: AwareDatetime
    told: tuple[Told, ...] = ()
    meeting: MeetingRevision | None = None
    status: MessageStatus = "to-send"
    tries: int = 0
    until: AwareDatetime | None = None
    cuts: int = 0
    unknown: int = 0
    next_try: AwareDatetime | None = None
    accepted_at: AwareDatetime | None = None
    answered_at: AwareDatetime | None = None
    maybe_twice: bool = False
    stored: bool = False
    detail: str = ""
    fault: Fault = ""
    sha256: str = ""
    mail: str = ""

    @property
    def waits(self) -> bool:
        """Whether it is written, and not yet taken by the relay."""
        return self.status in {"to-send", "deferred"}

    @property
    def tells(self) -> bool:
        """Whether its reader knows of it, or will: it left, or may still leave."""
        return self.waits or self.status == "accepted"

    @property
    def is_said(self) -> bool:
        """Whether what it says is not to be written again: it tells, or was refused, which is an alarm."""
        return self.status != "superseded"


class FormerTerms(Frozen):
    """Terms that no longer apply, kept with the day they were replaced."""

    convention: Convention
    replaced_at: AwareDatetime
    replaced_by: str
    why: str


class Withdrawal(Frozen):
    """The convention was registered by mistake."""

    at: AwareDatetime
    by: str
    why: str


class Dossier(BaseModel):
    """The whole state of one convention. Lists only grow; entries of the outbox change status in place.

    Attributes:
        registered_at: instant of registration, from the clock of the door it came in by.
        annexes: references of the conventions that hang from this one, as they made themselves known.
        told_annexes: what each was told, oldest first.
        known_to_parent: this annex made itself known to its parent.
        heard: requests that were taken and leave no fact, so that none is taken twice.
        carried: by the id of an act that other conventions cite, the reference of the one that has it published and
            transmitted; without an entry, this one does.
    """

    model_config = ConfigDict(extra="forbid", defer_build=True)

    convention: Convention
    registered_at: AwareDatetime
    registered_by: str
    former_terms: list[FormerTerms] = []
    facts: list[Recorded] = []
    outbox: list[Message] = []
    withdrawn: Withdrawal | None = None
    annexes: list[str] = []
    told_annexes: dict[str, list[str]] = {}
    known_to_parent: bool = False
    closed_at: datetime | None = None
    rules: str = ""
    heard: list[str] = []
    carried: dict[str, str] = {}

    def message(self, message_id: str) -> Message | None:
        """Return the message of that id, None if there is none."""
        return next((m for m in self.outbox if m.id == message_id), None)

    def asked(self, request: str) -> Recorded | None:
        """Return what that request recorded, None if it recorded nothing."""
        return next((r for r in self.facts if request and r.request == request), None)

    @property
    def revision(self) -> int:
        """Grows with everything that a check at the door depends on; the outbox, which only tells, is not counted."""
        events = len(self.facts) + len(self.former_terms) + len(self.annexes)
        return events + (self.withdrawn is not None) + (self.closed_at is not None)
