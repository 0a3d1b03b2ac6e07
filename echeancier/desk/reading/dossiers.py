"""Dossiers kept in memory, so that a page about a thousand conventions does not ask a thousand workflows each time."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from echeancier.desk.reading.lists import KeptLists
from echeancier.desk.reading.register import DeskRegister
from echeancier.desk.reading.seen import Seen, see
from echeancier.domain.errors import EcheancierError
from echeancier.domain.recording.shared import cites
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import Policy
from echeancier.engine.errors import EngineError
from echeancier.engine.gateway import Row

FRESH_EACH: Final = timedelta(seconds=0.3)
FRESH_AT_LEAST: Final = timedelta(seconds=5)
"""How long a reading is shown without asking again, unless the engine's own list says that something changed: nine
seconds for thirty conventions, five minutes for a thousand, so that reading them never takes more than a part of a core.

What the desk itself recorded is always read again, and the page of one convention always reads it.
"""

FEW: Final = 60
"""So many readings that are no longer fresh are waited for, as long as `PATIENCE`; more are read behind the page."""

PATIENCE: Final = 0.12
"""Seconds a page waits for dossiers not read yet; those that come later are on the next one."""

PATIENCE_AFTER_A_WRITE: Final = 5.0
_AT_ONCE: Final = 3
"""Readings under way: enough to keep the engine busy, and a page still finds its turn between them."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Look:
    """What could be seen of some conventions.

    Attributes:
        pending: how many are still being read.
        oldest: instant of the oldest reading shown, None when nothing is.
        problem: why some could not be read, in words for their reader; empty when all could.
    """

    seen: tuple[Seen, ...]
    pending: int
    oldest: datetime | None
    problem: str = ""


class Shelf:
    """The last reading of each convention.

    A fresh one is served as it is; an older one of the same day is served too, and read again, for a moment before the
    page if they are few, else behind it; one of another day, or one the desk wrote to, is waited for.

    Args:
        register: where dossiers come from.
        clock: the instant of a reading.
        policy: our lead times.
    """

    def __init__(self, register: DeskRegister, clock: Callable[[], datetime], policy: Policy) -> None:
        self._register, self._clock, self._policy = register, clock, policy
        self.lists = KeptLists(register, clock)
        self._kept: dict[str, Seen] = {}
        self._reading: dict[str, asyncio.Task[None]] = {}
        self._written: set[str] = set()
        self._problems: dict[str, str] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def look(self, rows: Iterable[Row], patience: float = PATIENCE) -> Look:
        """Return what is known of the conventions of ``rows``, reading what must be read."""
        wanted = tuple(rows)
        now = self._clock()
        fresh_for = max(FRESH_AT_LEAST, FRESH_EACH * len(wanted))
        missing = [self._read(row) for row in wanted if not self._can_be_shown(row, now)]
        old = [row for row in wanted if self._can_be_shown(row, now) and not self._is_fresh(row, now, fresh_for)]
        again = [self._read(row) for row in old]
        waited = [*missing, *(again if len(again) <= FEW else ())]
        if waited:
            after_write = any(row.reference in self._written for row in wanted)
            await asyncio.wait(waited, timeout=PATIENCE_AFTER_A_WRITE if after_write else patience)
        seen = tuple(self._kept[row.reference] for row in wanted if self._can_be_shown(row, now))
        problems = {self._problems[row.reference] for row in wanted if row.reference in self._problems}
        return Look(seen, len(wanted) - len(seen), min((s.at for s in seen), default=None), " ".join(sorted(problems)))

    async def prepare(self) -> None:
        """Read, behind every page, what no page could show now and what the engine's list says has changed.

        Raises:
            NoAnswerError: the engine gives no list.
        """
        now = self._clock()
        for row in await self.lists.rows():
            if not self._can_be_shown(row, now) or self._kept[row.reference].row != row:
                self._read(row)

    def known(self, reference: str) -> Seen | None:
        """Return the last reading of a convention, None when there is none of today."""
        seen = self._kept.get(reference)
        return seen if seen is not None and seen.is_of_today(self._clock()) else None

    def citing(self, of: Convention, act: str) -> tuple[str, ...]:
        """Return the other open conventions, of those read so far, that cite an act of a convention."""
        named = [one for one in of.act if one.id == act]
        known = (seen for reference, seen in self._kept.items() if reference != of.reference and seen.is_open)
        return tuple(sorted(seen.reference for seen in known if any(cites(seen.convention, one, of) for one in named)))

    async def one(self, reference: str) -> Seen:
        """Read one convention now, and keep it.

        Raises:
            UnknownConventionError, NoAnswerError: as the register says.
        """
        known = self._kept.get(reference)
        seen = see(await self._register.dossier(reference), self._clock(), self._policy, known.row if known else None)
        if known is not None:
            self._kept[reference] = seen
        self._written.discard(reference)
        return seen

    def wrote(self, reference: str) -> None:
        """Say that the desk changed a convention: the next page about it waits for a new reading."""
        self.lists.changed(reference)
        self._kept.pop(reference, None)
        self._written.add(reference)
        if (under_way := self._reading.pop(reference, None)) is not None:
            under_way.cancel()  # it may have asked before the change

    async def close(self) -> None:
        """Stop reading."""
        await self.lists.close()
        for task in self._reading.values():
            task.cancel()
        await asyncio.gather(*self._reading.values(), return_exceptions=True)

    def _can_be_shown(self, row: Row, now: datetime) -> bool:
        seen = self._kept.get(row.reference)
        return seen is not None and seen.is_of_today(now)

    def _is_fresh(self, row: Row, now: datetime, fresh_for: timedelta) -> bool:
        seen = self._kept[row.reference]
        return seen.row == row and now - seen.at < fresh_for

    def _read(self, row: Row) -> asyncio.Task[None]:
        task = self._reading.get(row.reference)
        if task is None:
            task = asyncio.create_task(self._reading_of(row))
            self._reading[row.reference] = task
            task.add_done_callback(lambda done: self._forget(row.reference, done))
        return task

    def _forget(self, reference: str, done: asyncio.Task[None]) -> None:
        if self._reading.get(reference) is done:
            del self._reading[reference]

    async def _reading_of(self, row: Row) -> None:
        async with self._room:
            await asyncio.sleep(0)  # an agenda takes milliseconds: a thousand in a row would keep every page waiting
            try:
                dossier = await self._register.dossier(row.reference)
                self._written.discard(row.reference)
                self._kept[row.reference] = see(dossier, self._clock(), self._policy, row)
                self._problems.pop(row.reference, None)
            except (EcheancierError, EngineError) as error:
                self._problems[row.reference] = str(error)
            except Exception:  # noqa: BLE001 - one dossier that cannot be read must not hide the others
                self._problems[row.reference] = f"«\u00a0{row.reference}\u00a0» n’a pas pu être lue."
                _log.exception("could not read %s", row.reference)
            else:
                return
            self._kept.pop(row.reference, None)
