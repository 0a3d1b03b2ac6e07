"""The running conventions, as the reading of the mailbox needs them: found by what they sent, told what came back."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from temporalio.client import Client

from echeancier.domain.answers.fact_of_reply import concerns
from echeancier.domain.answers.reply import Parsed
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.ports import Custody
from echeancier.domain.running.keys import KeyLostError
from echeancier.engine.gateway import Conventions, RefusedError, UnknownConventionError, utc_now
from echeancier.engine.old_runs import forget_runs

BY = "boîte des réponses"
"""Who records what was read in the mailbox: not a role, so that nobody takes it for a person."""

_AT_ONCE = 8


class ConventionRegister:
    """Implements the port `Register` over the engine.

    Args:
        client: connected client.
        clock: the instant of the calendar.
        custody: the keys and what was purged, None where nothing is encrypted.
    """

    def __init__(self, client: Client, clock: Callable[[], datetime] = utc_now, custody: Custody | None = None) -> None:
        self._client = client
        self._clock = clock
        self._conventions = Conventions(client, clock, custody=custody)

    def now(self) -> datetime:
        """Return the instant of the calendar."""
        return self._clock()

    async def locate(self, mails: Sequence[Parsed]) -> tuple[tuple[str, ...], ...]:
        """Return the references that each mail concerns: every open convention is asked once, some at a time.

        A day's mail spoke for several. Nothing is remembered from one look to the next, so nothing can be out of date.
        """
        found: dict[int, list[str]] = defaultdict(list)
        room = asyncio.Semaphore(_AT_ONCE)

        async def look(reference: str) -> None:
            async with room:
                dossier = await self._dossier_if_open(reference)
            for n, mail in enumerate(mails):
                if dossier is not None and concerns(dossier, mail):
                    found[n].append(reference)

        await asyncio.gather(*(look(row.reference) for row in await self._conventions.rows()))
        return tuple(tuple(sorted(found[n])) for n in range(len(mails)))

    async def dossier(self, reference: str) -> Dossier:
        """Return the dossier of a convention."""
        return await self._conventions.dossier(reference)

    async def record(self, reference: str, fact: Fact, request: str) -> str:
        """Record a fact, once for each request; return why the door refused it, empty when it did not."""
        try:
            await self._conventions.record(reference, fact, BY, request)
        except (RefusedError, UnknownConventionError) as refusal:
            return str(refusal)
        return ""

    async def forget_runs(self, before: datetime, most: int) -> int:
        """Delete the readings of the mailbox that ended before an instant, at most so many at once."""
        return await forget_runs(self._client, "Replies", before, most)

    async def _dossier_if_open(self, reference: str) -> Dossier | None:
        try:
            return await self._conventions.dossier(reference)
        except UnknownConventionError:  # closed since the list was made
            return None
        except KeyLostError:  # a person reads what answers it, and the others' answers are recorded
            return None
