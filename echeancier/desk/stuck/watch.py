"""What is stuck, looked at once for every page: a few questions to the engine, kept for some seconds."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from echeancier.adapters.stores.disk_room import disk_trouble
from echeancier.desk.reading.register import DeskRegister
from echeancier.domain.running.trouble import Trouble

FRESH: Final = timedelta(seconds=10)
PATIENCE: Final = 0.3
"""Seconds a page waits for a new look; a slower one is on the next page."""

_log = logging.getLogger(__name__)


class Watch:
    """The last look.

    Args:
        register: who knows what is stuck.
        clock: the instant of a look.
        data: the data directory, whose disk must keep room.
    """

    def __init__(self, register: DeskRegister, clock: Callable[[], datetime], data: Path) -> None:
        self._register, self._clock, self._data = register, clock, data
        self._found: tuple[Trouble, ...] = ()
        self._at: datetime | None = None
        self._looking: asyncio.Task[None] | None = None

    async def now(self) -> tuple[Trouble, ...]:
        """Return what is stuck, from a look that is fresh."""
        if self._at is None or not timedelta(0) <= self._clock() - self._at < FRESH:
            await asyncio.shield(self._look())
        return self._found

    async def known(self) -> tuple[Trouble, ...]:
        """Return what is known to be stuck; a page never waits long for it."""
        looking = asyncio.ensure_future(self.now())
        await asyncio.wait([looking], timeout=PATIENCE)
        return self._found

    def forget(self) -> None:
        """Have the next page look again: the desk changed something."""
        self._at = None

    def _look(self) -> "asyncio.Task[None]":
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._looked())
        return self._looking

    async def _looked(self) -> None:
        try:
            found = await self._register.troubles()
        except Exception:  # noqa: BLE001 - a look that fails is itself what is said
            _log.exception("could not look for what is stuck")
            found = (Trouble(cause="engine"),)
        full = disk_trouble(self._data)  # known here too when the engine, which a full disk stops, says nothing
        self._found = found if full is None else (full, *(trouble for trouble in found if trouble.cause != "disk"))
        self._at = self._clock()
