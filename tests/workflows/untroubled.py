"""What a robot says of itself where nothing is wrong."""

from datetime import datetime

from echeancier.domain.running.health import MailboxHealth
from echeancier.domain.running.trouble import Trouble


class Untroubled:
    """Conventions of which none is stuck or without its key, and a mailbox that is not read."""

    async def troubles(self) -> tuple[Trouble, ...]:
        return ()

    async def keyless(self) -> tuple[str, ...]:
        return ()

    async def state(self, now: datetime) -> MailboxHealth:
        del now
        return MailboxHealth()
