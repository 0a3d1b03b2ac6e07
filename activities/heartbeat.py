"""One round of the robot: can it do its work? If it can, whoever watches from outside is told; if not, silence alarms him."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pydantic import AwareDatetime
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

from echeancier.domain.model import Frozen
from echeancier.domain.ports import (
    DayKeys,
    MailTransport,
    Monitor,
    OldRuns,
    OpenConventions,
    Readings,
    SharedActs,
    Vitals,
)
from echeancier.domain.running.health import Round

KEPT: Final = {"Heartbeat": timedelta(days=2), "Morning": timedelta(days=7), "DailyMail": timedelta(days=7)}
"""How long what happens regularly is kept once it is over: rounds are many, the mail of a day names who was written to."""

_AT_ONCE: Final = 300
_log = logging.getLogger(__name__)


class RoundRequest(Frozen):
    """A round at an engine instant, and what the former one found."""

    engine: AwareDatetime
    before: Round | None = None


@dataclass
class HeartbeatActivities:
    """Looks at the engine and at the relay.

    Attributes:
        monitor: whoever is told, None when nobody watches.
        acts: the deliberations that several conventions cite, None where they are not looked after.
        day_keys: of the mails of a day, None where nothing is encrypted.
    """

    conventions: OpenConventions
    transport: MailTransport
    vitals: Vitals
    readings: Readings
    runs: OldRuns
    monitor: Monitor | None = None
    acts: SharedActs | None = None
    day_keys: DayKeys | None = None

    @activity.defn(name="heartbeat-round")
    async def round(self, request: RoundRequest) -> Round:
        """Return what this round found; a monitor is told of a healthy one only.

        Raises:
            ApplicationError: the robot stops, so its conventions answer no more; the next one makes this round.
        """
        looking = asyncio.ensure_future(self._looked(request.engine))
        stopping = asyncio.ensure_future(activity.wait_for_worker_shutdown())
        try:
            await asyncio.wait((looking, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not looking.done():
                raise ApplicationError("the robot stops", type="Stopping", category=ApplicationErrorCategory.BENIGN)
        finally:
            stopping.cancel()
            looking.cancel()  # nothing, once it has ended
        found, before = looking.result(), request.before
        if before is not None:  # a worker started again remembers nothing of what it did before
            found = found.model_copy(
                update={
                    "last_plan": _later(found.last_plan, before.last_plan),
                    "last_mail": _later(found.last_mail, before.last_mail),
                }
            )
        if self.monitor is not None and found.is_healthy:
            trouble = await self.monitor.tell()
            found = found.model_copy(update={"pinged": not trouble, "detail": trouble})
        return found

    @activity.defn(name="heartbeat-forget")
    async def forget(self, engine: datetime) -> int:
        """Delete old rounds and old mails of the day, and destroy the keys of the days that are over; return how many runs."""
        if self.day_keys is not None:
            await self.day_keys.forget()
        return sum([await self.runs.forget(kind, engine - kept, _AT_ONCE) for kind, kept in KEPT.items()])

    async def _looked(self, engine: datetime) -> Round:
        vitals = self.vitals
        found = Round(
            at=engine, since=vitals.since, last_plan=vitals.last_plan, last_mail=vitals.last_mail
        )  # fmt: skip
        try:
            count = await self.conventions.count()
            keyless = await self.conventions.keyless()
            # The relay is asked below, and the acts: what a former round found of them may be over.
            stuck = tuple(one for one in await self.conventions.troubles() if one.cause not in ("relay", "act"))
            apart = () if self.acts is None else await self.acts.settle(one.reference for one in stuck)
            mailbox = await self.readings.state(engine)
        except Exception:  # noqa: BLE001 - whatever keeps the lists from answering is what the monitor must not hear of
            _log.exception("the engine’s lists do not answer")
            return found.model_copy(update={"detail": "les listes du moteur ne répondent pas"})
        trouble = await self.transport.trouble() or vitals.refuses_us
        return found.model_copy(
            update={
                "conventions": count, "keyless": keyless, "stuck": (*stuck, *apart), "acts": apart, "mailbox": mailbox,
                "engine": True, "relay": not trouble, "detail": trouble,
            }
        )  # fmt: skip


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)
