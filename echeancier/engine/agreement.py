"""What the robot does at each round for deliberations that several conventions cite: they agree, and one of them carries it."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.recording.agreement import Lacking, families, lacking
from echeancier.domain.recording.shared import to_be_told
from echeancier.domain.running.keys import KeyLostError
from echeancier.domain.running.trouble import Trouble
from echeancier.engine.errors import NoAnswerError
from echeancier.engine.gateway import Conventions, RefusedError, UnknownConventionError

SETTLED: Final = timedelta(minutes=2)
"""What was told so lately may still be on its way to the others: whoever tells it waits for each half a minute."""

LOOKED_AGAIN: Final = timedelta(hours=1)
"""A convention that cites no act with an id is looked at again that late: only its terms corrected could make it cite one."""

_log = logging.getLogger(__name__)


class EngineSharedActs:
    """Implements the port `SharedActs` over the engine.

    Args:
        door: the running conventions, at the calendar's instant.
        settled: how long a thing told is left to whoever tells it.
    """

    def __init__(self, door: Conventions, settled: timedelta = SETTLED) -> None:
        self._door, self._settled = door, settled
        self._without: dict[str, datetime] = {}

    async def settle(self, stuck: Iterable[str] = ()) -> tuple[Trouble, ...]:
        """Complete what conventions lack, tell each who carries its acts; return what a person must look at."""
        known = await self._read()
        out = set(stuck)
        await self._carried([one for one in known if one.convention.reference not in out])
        troubles: list[Trouble] = []
        for act, citing in families(known):
            troubles += await self._completed(lacking(act, citing))
        return tuple(dict.fromkeys(troubles))

    async def _read(self) -> list[Dossier]:
        """Return the open conventions that cite an act with an id; one that does not answer is left for the next round."""
        now, found = self._door.clock(), []
        references = [row.reference for row in await self._door.rows()]
        self._without = {
            name: at for name, at in self._without.items() if name in references and now - at < LOOKED_AGAIN
        }
        for reference in sorted(set(references) - set(self._without)):
            try:
                dossier = await self._door.dossier(reference)
            except (NoAnswerError, KeyLostError, UnknownConventionError):
                continue
            if not any(act.id for act in dossier.convention.act):
                self._without[reference] = now
            elif dossier.withdrawn is None and dossier.closed_at is None:
                found.append(dossier)
        return found

    async def _carried(self, known: list[Dossier]) -> None:
        for one in known:
            for act, by in to_be_told(one, known).items():
                try:
                    await self._door.carry(one.convention.reference, act, by)
                except (EcheancierError, NoAnswerError):
                    _log.info("%s was not told who carries an act: the next round tells it", one.convention.reference)

    async def _completed(self, found: Lacking) -> list[Trouble]:
        if found.since is None or self._door.clock() - found.since < self._settled:
            return []
        named = found.act.id or ""
        troubles = [Trouble(cause="act", reference=reference, detail=named) for reference in found.doubtful]
        for step in found.steps:
            try:
                await self._door.complete(step)
            except RefusedError:
                troubles.append(Trouble(cause="act", reference=step.reference, detail=named))
            except (EcheancierError, NoAnswerError):
                _log.info("%s was not completed: the next round does it", step.reference)
        return troubles
