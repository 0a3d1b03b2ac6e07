"""The digest's activities: when it leaves, and each person's mail written once."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import AwareDatetime
from temporalio import activity

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.age import good_until
from echeancier.domain.messages.context import Context
from echeancier.domain.model import Frozen
from echeancier.domain.overview.digest import Digest, Robot, digests
from echeancier.domain.overview.digest_day import DigestHours, days_of, monday_of, opening, week_of
from echeancier.domain.ports import DigestWriter, DocumentStore, OpenConventions, Readings, Vitals
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.policy import Policy

DIGESTS = "_digests"
"""Where the bytes are kept, in the place of a reference; no convention can be called so."""

KEPT = timedelta(weeks=3)
"""How long a digest is kept: it speaks of conventions, whose files are purged a month after their end at the earliest."""


def folder_of(week: str) -> str:
    """Return where the digests of a week are kept."""
    return f"{DIGESTS}/{week}"


class OpeningRequest(Frozen):
    """When may a digest leave: from an engine instant on, or from a calendar's."""

    engine: AwareDatetime
    calendar: AwareDatetime | None = None


class Opening(Frozen):
    """The engine instant at which a digest may leave, and the week it is of."""

    week: str
    at: AwareDatetime


class WriteRequest(Frozen):
    """A week's digests, at an engine instant.

    Attributes:
        opened: the engine instant at which they were to leave.
        refused: digests of the former week that the relay refused.
    """

    week: str
    engine: AwareDatetime
    opened: AwareDatetime
    refused: int = 0


class Written(Frozen):
    """A digest whose bytes are kept: its id, where it goes, the instant that dates it, and until when it may leave."""

    id: str
    address: str
    at: AwareDatetime
    until: AwareDatetime


@dataclass
class DigestActivities:
    """Reads every open convention and writes each person's digest.

    Attributes:
        extra: addresses of functions that read about every convention.
    """

    conventions: OpenConventions
    writer: DigestWriter
    store: DocumentStore
    vitals: Vitals
    readings: Readings
    shift: CalendarShift
    policy: Policy
    hours: DigestHours
    extra: tuple[str, ...] = ()

    @activity.defn(name="digest-opening")
    async def opening(self, request: OpeningRequest) -> Opening:
        """Return when the digest may leave: on a day worked in every place of ours, in office hours."""
        now = self.shift.to_calendar(request.engine)
        found, _ = await self.conventions.all()
        places = days_of(dossier.convention.place.calendar() for dossier in found)
        at = opening(max(request.calendar or now, now), self.hours, places)
        return Opening(week=week_of(now, self.hours), at=self.shift.to_engine(at))

    @activity.defn(name="digest-write")
    async def write(self, request: WriteRequest) -> tuple[Written, ...]:
        """Write the digests of a week; one written before is kept as it was. A week that is over has none any more."""
        now = self.shift.to_calendar(request.engine).replace(microsecond=0)
        until = good_until(self.shift.to_calendar(request.opened))
        if now > until:
            return ()
        found, unreadable = await self.conventions.all()
        robot = Robot(
            since=self.shift.to_calendar(self.vitals.since),
            conventions=len(found) + len(unreadable),
            unreadable=unreadable,
            stuck=await self.conventions.troubles(),
            mailbox=await self.readings.state(request.engine),
            refused=request.refused,
        )
        return await asyncio.to_thread(self._written, found, now, request.week, robot, until)

    def _written(
        self, found: tuple[Dossier, ...], now: datetime, week: str, robot: Robot, until: datetime
    ) -> tuple[Written, ...]:
        contexts = [Context(dossier, now, self.policy) for dossier in found]
        self._forget(now)
        eve = monday_of(week) - timedelta(days=1)
        made = digests(contexts, now, self.hours, robot, self.extra, since=eve)
        return tuple(self._keep(digest.model_copy(update={"week": week}), until) for digest in made)

    def _forget(self, now: datetime) -> None:
        oldest = week_of(now - KEPT, self.hours)
        for name in self.store.names(DIGESTS):
            if name.split("/")[1] < oldest:
                self.store.remove(name)

    def _keep(self, digest: Digest, until: datetime) -> Written:
        self.store.put_once(f"{folder_of(digest.week)}/mail/{digest.id}.eml", self.writer.write(digest))
        return Written(id=digest.id, address=digest.address, at=digest.at, until=until)
