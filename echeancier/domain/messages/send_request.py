"""Handing one message to the relay: what is asked, and what became of it."""

from typing import Literal

from pydantic import AwareDatetime

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
