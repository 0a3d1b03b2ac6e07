"""The files that are served: made from what the conventions say now, or the last good ones while the engine is away."""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.feed import Coverage, Feed, Scope, ScopeKind, may_know_of
from echeancier.domain.standing.people import holder
from echeancier.domain.terms.policy import Policy
from echeancier.engine.errors import EngineError
from echeancier.engine.gateway import Row, UnknownConventionError
from echeancier.feeds.calendar import calendar

FRESH: Final = timedelta(minutes=5)
"""How long a dossier is not read again: calendars come back every few hours, several of them at the same hour."""

LAST_GOOD: Final = timedelta(days=2)
"""How long the last good file is served while the engine cannot be asked. After that the reader is told to come back
later, and its program keeps what it has."""

PATIENCE: Final = 10
"""Seconds a reading may take; what was read by then is kept, so that the next one ends sooner."""

_AT_ONCE: Final = 8

_log = logging.getLogger(__name__)


class FeedRegister(Protocol):
    """What a feed asks of the running conventions; `engine.gateway.Conventions` answers."""

    async def rows(self, query: str = "") -> list[Row]:
        """Return the open conventions."""

    async def dossier(self, reference: str) -> Dossier:
        """Return the dossier of a convention, open or closed."""


class AwayError(Exception):
    """The engine cannot be asked, and there is no good file left to serve."""


@dataclass(frozen=True)
class Served:
    """A file and its mark.

    Attributes:
        tag: the same for the same bytes, quotes included (RFC 9110, 8.8.3).
    """

    content: bytes
    tag: str


class Calendars:
    """Makes the files of the feeds.

    A file is whole or is not made: a calendar program takes an entry that is missing for one that was deleted.

    Args:
        register: the running conventions.
        clock: the present instant, aware.
        policy: our lead times, those of the worker.
        desk_url: public address of the desk, empty without one.
    """

    def __init__(
        self, register: FeedRegister, clock: Callable[[], datetime], policy: Policy, desk_url: str = ""
    ) -> None:
        self._register, self._clock, self._policy, self._desk_url = register, clock, policy, desk_url
        self._dossiers: dict[str, tuple[datetime, Dossier]] = {}
        self._last: dict[tuple[str, Coverage], tuple[datetime, Served]] = {}
        self._one_at_a_time = asyncio.Lock()

    async def file(self, feed: Feed, coverage: Coverage) -> Served:
        """Return the file of a feed.

        Raises:
            AwayError: it cannot be made, and the last one is too old or was never made.
        """
        now = self._clock()
        key = (feed.id, coverage)
        try:
            async with asyncio.timeout(PATIENCE), self._one_at_a_time:
                dossiers = await self._of(feed.scope, now)
            content = await asyncio.to_thread(self._made, feed, coverage, dossiers, now)
        except Exception as error:
            if not isinstance(error, EngineError | TimeoutError | ExceptionGroup):
                _log.exception("the feed %s could not be made", feed.id)
            kept = self._last.get(key)
            if kept is None or now - kept[0] > LAST_GOOD:
                raise AwayError from error
            return kept[1]
        served = Served(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
        self._last[key] = (now, served)
        return served

    async def names(self, kind: ScopeKind) -> frozenset[str]:
        """Return every name a feed of that kind may have: references, services, or the addresses of functions today.

        Raises:
            EngineError: the engine cannot be asked.
        """
        rows = await self._register.rows()
        if kind != "person":
            return frozenset(row.reference if kind == "convention" else row.service for row in rows) - {""}
        now = self._clock()
        try:
            dossiers = await self._all([row.reference for row in rows], now)
        except ExceptionGroup as group:  # one of them is enough to say
            raise group.exceptions[0] from group
        contexts = (Context(dossier, now, self._policy) for dossier in dossiers)
        return frozenset(
            holder(ctx.s, role, ctx.s.today).address for ctx in contexts for role in ctx.s.convention.roles
        )

    def _made(self, feed: Feed, coverage: Coverage, dossiers: list[Dossier], now: datetime) -> bytes:
        return calendar(feed, coverage, (Context(dossier, now, self._policy) for dossier in dossiers), self._desk_url)

    async def _of(self, scope: Scope, now: datetime) -> list[Dossier]:
        """Return the dossiers a feed may be about."""
        if scope.kind == "convention":
            try:
                return [await self._dossier(scope.name, now)]
            except UnknownConventionError:  # purged since: its calendar is empty, as it should be
                return []
        rows = await self._register.rows()
        self._dossiers = {reference: kept for reference, kept in self._dossiers.items() if now - kept[0] < FRESH}
        if scope.kind == "service":
            rows = [row for row in rows if row.service.casefold() == scope.key]
        found = await self._all([row.reference for row in rows], now)
        if scope.kind == "person":
            found = [dossier for dossier in found if may_know_of(dossier, scope.key)]
        return found

    async def _all(self, references: list[str], now: datetime) -> list[Dossier]:
        room = asyncio.Semaphore(_AT_ONCE)

        async def one(reference: str) -> Dossier | None:
            async with room:
                try:
                    return await self._dossier(reference, now)
                except UnknownConventionError:  # closed and purged since the list was made
                    return None

        async with asyncio.TaskGroup() as group:  # the first that fails stops the others: the file would not be whole
            asked = [group.create_task(one(reference)) for reference in references]
        return [dossier for task in asked if (dossier := task.result()) is not None]

    async def _dossier(self, reference: str, now: datetime) -> Dossier:
        kept = self._dossiers.get(reference)
        if kept is not None and now - kept[0] < FRESH:
            return kept[1]
        dossier = await self._register.dossier(reference)
        self._dossiers[reference] = (now, dossier)
        return dossier
