"""The engine's lists, kept for a moment: a thousand lines take it half a second, and pages ask for them at every visit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from echeancier.desk.reading.register import DeskRegister
from echeancier.engine.gateway import Row
from echeancier.engine.rows import due_by, pressing
from workflows.ids import convention_id

FRESH: Final = timedelta(seconds=2)
"""Served as it is, no question asked."""

OLDEST: Final = timedelta(minutes=5)
"""Served too, and read again behind the page (see `FEW`); an older one is waited for."""

FEW: Final = 200
"""So short a list is read again in a moment: a page waits for it, as long as `PATIENCE`, and for as long as it takes when
nothing at all was registered at the last reading."""

PATIENCE: Final = 0.1
"""Seconds."""

_MANY: Final = 20
"""Lines changed at once from which on the whole list is read again: as many short queries would take longer than it."""

_CLOSED: Final = "ExecutionStatus != 'Running'"

_ALL: Final = ""
_CLOSED_KEY: Final = "closed"
_MOST: Final = 8
"""Lists kept: all of them, and those up to the last days of the windows."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Kept:
    rows: list[Row]
    at: datetime


class KeptLists:
    """The last lists.

    Args:
        register: where they come from.
        clock: the instant of a reading.
    """

    def __init__(self, register: DeskRegister, clock: Callable[[], datetime]) -> None:
        self._register, self._clock = register, clock
        self._kept: dict[str, _Kept] = {}
        self._reading: dict[str, asyncio.Task[list[Row]]] = {}
        self._changed: set[str] = set()
        self._one_by_one = asyncio.Lock()

    async def rows(self) -> list[Row]:
        """Return every open convention, the most pressing first."""
        return await self._list(_ALL, self._register.rows)

    async def closed(self) -> list[Row]:
        """Return every convention whose file is closed, purged ones too."""
        return await self._list(_CLOSED_KEY, self._closed)

    async def _closed(self) -> list[Row]:
        return [row for row in await self._register.rows(_CLOSED, closed=True) if not row.is_open]

    async def upcoming(self, until: date) -> list[Row]:
        """Return the conventions with an end, a posting day or a safe day up to ``until``."""
        return await self._list(until.isoformat(), lambda: self._register.upcoming(until))

    def changed(self, reference: str) -> None:
        """Have the next page wait for the line of one convention: the desk changed it. The rest is read again behind."""
        self._changed.add(reference)
        self._kept.pop(_CLOSED_KEY, None)
        self._reading.clear()

    def forget(self) -> None:
        """Have the next page wait for a new reading: the desk changed something."""
        self._kept.clear()
        self._changed.clear()
        self._reading.clear()  # whoever waits for one has it; it may have asked before the change, so it is not kept

    async def close(self) -> None:
        """Stop reading."""
        tasks = list(self._reading.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _list(self, key: str, read: Callable[[], Awaitable[list[Row]]]) -> list[Row]:
        await self._put_right()
        kept, now = self._kept.get(key), self._clock()
        if kept is not None and now - kept.at < FRESH:
            return kept.rows
        if kept is None or now - kept.at >= OLDEST:
            return await asyncio.shield(self._read(key, read))
        again = self._read(key, read)
        again.add_done_callback(_log_failure)
        if key == _ALL and not kept.rows:
            return await asyncio.shield(again)
        if key != _CLOSED_KEY and len(kept.rows) <= FEW:
            await asyncio.wait([again], timeout=PATIENCE)
        return self._kept.get(key, kept).rows

    async def _put_right(self) -> None:
        """Put the lines of what was changed in the lists that are kept: one short query instead of a long one."""
        async with self._one_by_one:
            if len(self._changed) > _MANY:
                self.forget()
            while self._changed:
                reference = next(iter(self._changed))
                asked = f"WorkflowId = '{convention_id(reference)}'"
                found = [row for row in await self._register.rows(asked) if row.reference == reference]
                self._changed.discard(reference)
                for key, kept in self._kept.items():
                    mine = [row for row in found if key == _ALL or due_by(row, date.fromisoformat(key))]
                    others = [row for row in kept.rows if row.reference != reference]
                    rows = sorted([*others, *mine], key=pressing)
                    self._kept[key] = _Kept(rows, min(kept.at, self._clock() - FRESH))

    def _read(self, key: str, read: Callable[[], Awaitable[list[Row]]]) -> asyncio.Task[list[Row]]:
        task = self._reading.get(key)
        if task is None:
            task = asyncio.create_task(self._reading_of(key, read))
            self._reading[key] = task
        return task

    async def _reading_of(self, key: str, read: Callable[[], Awaitable[list[Row]]]) -> list[Row]:
        me = asyncio.current_task()
        try:
            rows = await read()
            if self._reading.get(key) is me:
                self._kept.pop(key, None)
                self._kept[key] = _Kept(rows, self._clock())
                while len(self._kept) > _MOST:
                    del self._kept[next(iter(self._kept))]
            return rows
        finally:
            if self._reading.get(key) is me:
                del self._reading[key]


def _log_failure(task: asyncio.Task[list[Row]]) -> None:
    """A list that could not be read behind a page: the next page waits for it, and says why it cannot be."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.warning("could not read the list again: %s", type(error).__name__)
