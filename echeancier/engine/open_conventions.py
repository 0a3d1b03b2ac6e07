"""Every open convention, read at once: for what speaks of all of them."""

import asyncio
import logging
from typing import Final

from temporalio.client import Client

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.ports import Custody
from echeancier.domain.running.keys import KeyLostError
from echeancier.domain.running.trouble import Trouble
from echeancier.engine.gateway import Conventions, UnknownConventionError

_AT_ONCE: Final = 8
_log = logging.getLogger(__name__)


class EngineConventions:
    """Implements the port `OpenConventions`.

    Args:
        client: connected client.
        custody: the keys and what was purged, None where nothing is encrypted.
    """

    def __init__(self, client: Client, custody: Custody | None = None) -> None:
        self._client = client
        self._conventions = Conventions(client, custody=custody)

    async def all(self) -> tuple[tuple[Dossier, ...], tuple[str, ...]]:
        """Return the dossiers by reference, and the references of those that could not be read."""
        return await read_all(self._conventions)

    async def count(self) -> int:
        """Return how many are open."""
        answer = await self._client.count_workflows("WorkflowType = 'Convention' AND ExecutionStatus = 'Running'")
        return answer.count

    async def troubles(self) -> tuple[Trouble, ...]:
        """Return everything that is stuck, the whole installation first."""
        return await self._conventions.troubles()

    async def keyless(self) -> tuple[str, ...]:
        """Return the references, open or closed, whose key is lost."""
        return await self._conventions.keyless()


async def read_all(conventions: Conventions) -> tuple[tuple[Dossier, ...], tuple[str, ...]]:
    """Read every open convention, some at a time; one that does not answer hides none of the others."""
    room = asyncio.Semaphore(_AT_ONCE)
    found: list[Dossier] = []
    unreadable: list[str] = []

    async def read(reference: str) -> None:
        async with room:
            try:
                found.append(await conventions.dossier(reference))
            except UnknownConventionError:  # closed since the list was made
                pass
            except KeyLostError:  # said by whoever looks after the keys
                unreadable.append(reference)
            except Exception:  # noqa: BLE001 - one that cannot be read must not hide the others
                _log.exception("%s could not be read", reference)
                unreadable.append(reference)

    await asyncio.gather(*(read(row.reference) for row in await conventions.rows()))
    by_reference = sorted(found, key=lambda dossier: dossier.convention.reference)
    return tuple(by_reference), tuple(sorted(unreadable))
