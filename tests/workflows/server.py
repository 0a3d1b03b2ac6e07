"""The real server for the workflow tests: lists, namespaces and limits; the calendar stands where the test wants it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from echeancier.engine.binary import find_binary
from echeancier.engine.converter import data_converter
from echeancier.engine.gateway import Conventions, utc_now
from echeancier.engine.mail_rounds import EngineMailRounds
from echeancier.engine.open_conventions import EngineConventions
from echeancier.engine.rounds import EngineReadings
from tests.domain import builders as b
from tests.smtpd import ScriptedServer
from tests.workflows.scene import parts_of, replays, worker_of
from worker import Parts, activities_of, daily_mail_of, of_the_mail, serve
from workflows.alarm_clock import WAKE
from workflows.messages import Wake
from workflows.search_attributes import ALL


@dataclass
class Server:
    """A server, a relay and a calendar that began at a chosen instant and goes on at the pace of the clock."""

    client: Client
    relay: ScriptedServer
    directory: Path
    shift: CalendarShift

    @property
    def door(self) -> Conventions:
        return Conventions(self.client, self.now)

    def now(self) -> datetime:
        return self.shift.to_calendar(utc_now())

    def parts(self, policy: Policy = DEFAULT_POLICY, *, later: timedelta = timedelta(0)) -> Parts:
        """Return the parts of a worker, whose calendar may stand some days later."""
        return parts_of(self.directory, self.relay, policy, CalendarShift(self.shift.by + later))

    async def replays(self, reference: str) -> None:
        """Replay the last run of a convention from its first event; fails if it is not deterministic."""
        await replays(self.client, reference)

    async def wake_all(self, to: datetime) -> None:
        """Tell every workflow that runs that its calendar has moved to an instant."""
        async for run in self.client.list_workflows("ExecutionStatus = 'Running'"):
            await self.client.get_workflow_handle(run.id).signal(WAKE, Wake(to=to))

    @asynccontextmanager
    async def working(self, cached: int = 100, parts: Parts | None = None) -> AsyncIterator[None]:
        """Have a worker that keeps so many conventions in memory."""
        parts = parts or self.parts()
        rounds, readings = parts.rounds or EngineMailRounds(self.client), EngineReadings(self.client, wanted=False)
        daily = daily_mail_of(parts, rounds, EngineConventions(self.client), readings)
        activities = [*activities_of(parts), *of_the_mail(daily)]
        async with worker_of(self.client, activities, cached):
            yield


@asynccontextmanager
async def server(directory: Path, begins: str = "2022-01-03", **limits: int | str) -> AsyncIterator[Server]:
    """Open a server; ``limits`` are dynamic settings, with ``__`` for a dot."""
    settings = {"history.timerProcessorMaxTimeShift": '"10ms"'}
    settings |= {name.replace("__", "."): str(value) for name, value in limits.items()}
    arguments = [a for key, value in settings.items() for a in ("--dynamic-config-value", f"{key}={value}")]
    env = await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(find_binary()),
        data_converter=data_converter(),
        search_attributes=ALL,
        dev_server_log_level="error",
        dev_server_extra_args=arguments,
    )
    async with env, ScriptedServer() as relay:
        yield Server(env.client, relay, directory, CalendarShift(b.at(begins) - utc_now()))


@asynccontextmanager
async def served(s: Server, parts: Parts) -> AsyncIterator[None]:
    """Run the worker as its command does."""
    stop = asyncio.Event()
    task = asyncio.create_task(serve(s.client, parts, stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def eventually(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for a condition, long enough for a machine that does something else too.

    Raises:
        TimeoutError: it did not come true; raised here, so that the server is still closed properly.
    """
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 - what is waited for is in the server
            await asyncio.sleep(0.05)
