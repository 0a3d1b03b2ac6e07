"""How the robot is: what its last round found. Nothing here names or tells of anybody."""

from typing import Literal

from pydantic import AwareDatetime

from echeancier.domain.model import Frozen
from echeancier.domain.running.trouble import Trouble


class MailboxHealth(Frozen):
    """What is known of the reading of the answers.

    Attributes:
        state: ``none`` when no mailbox is set; ``unread`` when the last readings failed or there was none for an hour.
        read_at: the end of the last reading that went well.
        left: mails that it could not deal with.
    """

    state: Literal["none", "read", "unread"] = "none"
    read_at: AwareDatetime | None = None
    left: int = 0


class Round(Frozen):
    """What one round found.

    Attributes:
        at: when it was made; ``since`` when the worker that made it was started.
        conventions: how many are open, None when the engine could not say.
        engine, relay: whether the engine's lists answered; whether the mail relay did, and did not refuse the last mail for
            a fault of our settings.
        last_plan, last_mail: instants of the last plan made and the last mail a relay took.
        stuck: everything that does not do its work, lost keys and failing plans included.
        acts: conventions that do not agree on a deliberation they share, and that nobody could complete.
        keyless: references, open or closed, whose key is lost.
        mailbox: the reading of the answers.
        pinged: whether the outside monitor was told, None when none is set or the round was not healthy.
        detail: what went wrong, in words that hold no address.
    """

    at: AwareDatetime
    since: AwareDatetime
    conventions: int | None = None
    engine: bool = False
    relay: bool = False
    last_plan: AwareDatetime | None = None
    last_mail: AwareDatetime | None = None
    keyless: tuple[str, ...] = ()
    stuck: tuple[Trouble, ...] = ()
    acts: tuple[Trouble, ...] = ()
    mailbox: MailboxHealth = MailboxHealth()
    pinged: bool | None = None
    detail: str = ""

    @property
    def is_healthy(self) -> bool:
        """Whether the robot can do its work: reach the engine, hand over mail, read what it keeps."""
        return self.engine and self.relay and not self.keyless and not self.stuck
