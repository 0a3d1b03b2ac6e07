"""What comes back after a message left: the answer to an invitation, a failure of delivery.

Read from a mailbox, or recorded by hand.
"""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from echeancier.domain.facts.dated import Dated
from echeancier.domain.model import OneLine, Slug

AnswerWord = Literal["accepted", "declined", "tentative", "counter", "delegated"]
"""What a guest may answer (RFC 5546 §3.2.3, and COUNTER §3.2.7)."""


class InvitationAnswered(Dated):
    """A guest answered the invitation to a meeting. It never moves the meeting: a proposal is shown, not applied.

    Attributes:
        on: the day it was received.
        role: who answered.
        address: where the invitation had gone, when the answer was read from a mail.
        sequence: the revision answered; None when told by hand.
        at: the instant of the answer, by the guest's own clock, never later than its reception.
        meeting_at: the start of the meeting as the revision answered gave it; None: as fixed when recorded. A time
            without offset is local.
        proposed_at: the other start that a ``counter`` proposes; a time without offset is local.
        declared: nothing proves that the guest wrote the mail (another sender, or no word of our own mail server for him); a
            person confirms it by recording the answer again.
        by_another: the sender is not even the guest: he still owes an answer.
    """

    kind: Literal["invitation-answered"] = "invitation-answered"
    item: OneLine
    role: Slug
    answer: AnswerWord
    address: OneLine = ""
    sequence: int | None = Field(default=None, ge=0, le=2**31 - 1)
    at: AwareDatetime | None = None
    meeting_at: datetime | None = None
    proposed_at: datetime | None = None
    declared: bool = False
    by_another: bool = False


class MailUndelivered(Dated):
    """A message that had left came back, or is late (RFC 3464).

    Attributes:
        on: the day the report was received.
        message: the id of the message, as in the outbox.
        outcome: ``failed`` for good; ``delayed``: the relays still try; ``unclear``: something came back to its return
            address that only a person can understand, in the mailbox.
        status: the enhanced status code (RFC 3463), as ``5.1.1``; the server's own words, anybody's, are kept nowhere.
    """

    kind: Literal["mail-undelivered"] = "mail-undelivered"
    message: OneLine
    outcome: Literal["failed", "delayed", "unclear"] = "failed"
    status: OneLine = ""
