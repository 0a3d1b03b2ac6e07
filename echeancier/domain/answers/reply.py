"""A mail of the reply mailbox, as read: its sort, what it says to us, the mark of the message it answers.

No name, no subject, no text is kept.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Literal

from pydantic import AwareDatetime

from echeancier.domain.facts.mail import AnswerWord
from echeancier.domain.messages.tokens import LinkKey
from echeancier.domain.model import Frozen

Sort = Literal["answer", "undelivered", "automatic", "refresh", "reply", "other", "unreadable"]
"""``automatic``: out of office, read receipt; ``refresh``: an iTIP REFRESH; ``reply``: a person answers one of our mails, at its
return address; ``other``: written by a person, or not for us; ``unreadable``: it seems to be for us and cannot be trusted to
mean what it says."""

Folder = Literal["done", "to-read"]


class ItipAnswer(Frozen):
    """An iTIP REPLY or COUNTER, matched on UID and ATTENDEE only: Exchange leaves ORGANIZER out.

    Attributes:
        uid: of the meeting.
        address: of the guest, in lower case.
        sequence: the revision answered; a missing one is the first (RFC 5546 §3.2.3).
        at: DTSTAMP, by the guest's clock; None when missing.
        proposed_at: DTSTART of a COUNTER, when it is an instant.
        declared: nothing proves that the guest wrote it: another From, or no word of our own mail server for it.
        by_another: the mail's From is not the guest.
    """

    uid: str
    address: str
    answer: AnswerWord
    sequence: int = 0
    at: AwareDatetime | None = None
    proposed_at: AwareDatetime | None = None
    declared: bool = False
    by_another: bool = False


class DeliveryReport(Frozen):
    """A report of a mail server about the message whose return address it came to (RFC 3464).

    Attributes:
        outcome: ``failed`` for good, or ``delayed``.
        status: as ``5.1.1``.
    """

    outcome: Literal["failed", "delayed"]
    status: str = ""


class ClosedWords(Frozen):
    """One of the few things that may be said by answering a mail, with its day as far as it was written.

    Attributes:
        act: what is said, as by a link.
        day, month, year: in figures; a day that does not exist may be written too.
    """

    act: Literal["done", "received", "seen", "later"]
    day: int | None = None
    month: int | None = None
    year: int | None = None


class WrittenReply(Frozen):
    """A mail that a person wrote in reply to one of ours.

    Attributes:
        address: of From, in lower case; empty unless there is exactly one.
        proven: our own mail server vouches for the domain of From.
        said: None when it is not one of the closed forms.
        why: then, in French.
    """

    address: str
    proven: bool = False
    said: ClosedWords | None = None
    why: str = ""


class Parsed(Frozen):
    """What a mail is.

    Attributes:
        message_id: of the mail itself; empty when it has none.
        why: for a person, in French: how it was recognised, or what is wrong with it.
        mark: of the message whose return address it came to, proven by our key; empty for any other address.
    """

    sort: Sort
    message_id: str = ""
    why: str = ""
    mark: str = ""
    answer: ItipAnswer | None = None
    report: DeliveryReport | None = None
    reply: WrittenReply | None = None


class ReadMail(Frozen):
    """A mail that was read.

    Attributes:
        uid: in the mailbox.
        key: makes the same mail the same request (`domain.answers.reply.request_key`).
        received_at: when the mailbox received it, by its own clock, never ahead of ours.
        document: where its bytes are kept.
    """

    uid: int
    key: str
    received_at: AwareDatetime
    document: str
    parsed: Parsed


class Cursor(Frozen):
    """How far a mailbox was read: the mails up to ``uid`` are dealt with, as long as UIDVALIDITY is the same (RFC 3501)."""

    uid_validity: int = 0
    uid: int = 0


class Batch(Frozen):
    """Some mails of the mailbox, oldest first.

    Attributes:
        uid_validity: of the mailbox when they were read.
        more: there are others.
    """

    uid_validity: int
    readings: tuple[ReadMail, ...] = ()
    more: bool = False


class Filing(Frozen):
    """Mails to move out of the way, once dealt with.

    Attributes:
        uid_validity: of the mailbox when they were read.
    """

    uid_validity: int
    done: tuple[int, ...] = ()
    to_read: tuple[int, ...] = ()


class Verdict(Frozen):
    """What becomes of a mail.

    Attributes:
        folder: where it goes: dealt with, or for a person to read.
        why: in French.
        recorded: a fact was recorded.
    """

    folder: Folder
    why: str
    recorded: bool = False


def bounce_mark(message_id: str) -> str:
    """Return the mark of a message: 16 hexadecimal digits. Anybody may compute it: see `return_token`."""
    return _mark("bounce", message_id)[:16]


def return_token(message_id: str, key: LinkKey) -> str:
    """Return the mark of a message and its proof, for its return address and envelope id: 32 hexadecimal digits."""
    mark = bounce_mark(message_id)
    return mark + key.return_mark(mark)


def mark_of(token: str, keys: Iterable[LinkKey]) -> str:
    """Return the mark in a token that one of the keys has made, empty for any other."""
    mark, proof = token[:16], token[16:]
    return mark if any(hmac.compare_digest(key.return_mark(mark), proof) for key in keys) else ""


def header_mark(what: str, name: str) -> str:
    """Return the left side of a Message-ID: 32 hexadecimal digits.

    Args:
        what: ``message``, or ``convention`` for the root of a thread.
        name: the id of the message's order, or the convention's reference.
    """
    return _mark(what, name)


def request_key(message_id: str, raw_digest: str) -> str:
    """Return what makes a mail read twice the same request: derived from its Message-ID, else from its bytes.

    It goes into an engine identifier, which is never encrypted: hence a digest.
    """
    return _mark("reply", message_id or raw_digest)


def _mark(what: str, name: str) -> str:
    return hashlib.sha256(f"{what}\n{name}".encode()).hexdigest()[:32]
