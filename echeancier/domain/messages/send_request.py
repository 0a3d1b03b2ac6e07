"""Handing one message to the relay: what is asked, and what became of it."""

from typing import Literal

from pydantic import AwareDatetime

from echeancier.domain.facts.dossier import Message
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.model import Frozen
from echeancier.domain.running.mail_fault import Fault


class SendRequest(Frozen):
    """One try of one message.

    Attributes:
        id: of the message; with the reference it names its stored bytes.
        order: what it says; None for a message that was written before and is tried again.
        at: the instant that dates the message.
        tries: how many times it was handed to the relay before.
        suspect: it was refused with several others in a row: another refusal puts it off, as a fault of our settings.
        until: after that it must not leave any more; None for what does not age.
        unknown: how many times its content left without an answer.
    """

    id: str
    reference: str
    address: str
    at: AwareDatetime
    tries: int = 0
    suspect: bool = False
    until: AwareDatetime | None = None
    unknown: int = 0
    order: MessageOrder | None = None


class SendResult(Frozen):
    """What became of a try; instants in the calendar's own time.

    Attributes:
        status: ``superseded`` for what was too old to leave.
        maybe_twice: it may have been delivered twice.
        unknown: how many times its content has left without an answer, this time included.
        stored: held instead of sent (the emergency stop).
        fault: whose, when it was not accepted.
    """

    id: str
    status: Literal["accepted", "deferred", "refused", "superseded"]
    at: AwareDatetime
    next_try: AwareDatetime | None = None
    maybe_twice: bool = False
    unknown: int = 0
    stored: bool = False
    detail: str = ""
    fault: Fault = ""
    sha256: str = ""


def answered(message: Message, result: SendResult, tries: int) -> Message:
    """Return a message of the outbox as a try has left it.

    Args:
        message: as it was before.
        result: what became of the try.
        tries: how many there have been, this one included.
    """
    return message.model_copy(
        update={
            "status": result.status,
            "tries": tries,
            "next_try": result.next_try,
            "accepted_at": result.at if result.status == "accepted" else None,
            "maybe_twice": message.maybe_twice or result.maybe_twice,
            "unknown": result.unknown,
            "stored": result.stored,
            "answered_at": result.at,
            "detail": result.detail,
            "fault": result.fault,
            "sha256": result.sha256,
        }
    )
