"""The scene of a workflow test: an engine with a virtual clock, a relay that obeys, a worker whose histories replay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.settings import Settings
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from echeancier.engine.gateway import Conventions
from echeancier.engine.mail_rounds import EngineMailRounds
from echeancier.engine.patient_worker import PatientWorker
from tests.domain import builders as b
from tests.smtpd import Script, ScriptedServer
from tests.support.replaying import replay
from tests.support.virtual_clock import add_search_attributes, virtual_clock
from tests.workflows.untroubled import Untroubled
from worker import WORKFLOWS, Parts, activities_of, daily_mail_of, of_the_mail
from workflows.convention import ConventionWorkflow
from workflows.ids import TASK_QUEUE, convention_id
from workflows.messages import ConventionEnd, Recording

Wiring = Callable[[Parts], Sequence[Callable[..., Any]]]

A_MINUTE, SOME_DAYS = timedelta(minutes=1), timedelta(days=3)


@dataclass
class Scene:
    """Where a convention lives during a test.

    Attributes:
        relay: what the mail is handed to.
        now: the calendar's instant; the door stamps with it.
        directory: holds the documents.
    """

    env: WorkflowEnvironment
    shift: CalendarShift
    relay: ScriptedServer
    directory: Path
    parts: Parts
    now: datetime
    reference: str = "TEST-1"
    registered: list[str] = field(default_factory=list)

    @property
    def door(self) -> Conventions:
        return Conventions(self.env.client, lambda: self.now)

    async def until(self, instant: datetime | str) -> None:
        """Let the calendar run; whatever is due before happens on its way."""
        instant = b.at(instant) if isinstance(instant, str) else instant
        # Some days at a time: the server answers only once the time has passed, and the library does not wait for ever.
        while (left := instant - self.shift.to_calendar(await self.env.get_current_time())) > timedelta(0):
            await self.env.sleep(min(left, SOME_DAYS))
        self.now = max(self.now, instant)

    async def settle(self) -> None:
        """Let what follows from a fact be done."""
        await self.until(self.now + A_MINUTE)

    async def register(self, convention: Convention, *facts: Fact) -> None:
        """Register a convention and record facts."""
        self.reference = convention.reference
        await self.door.start(convention, "coordinator")
        self.registered.append(convention.reference)
        for fact in facts:
            await self.record(fact)
        await self.settle()

    async def record(self, fact: Fact, request: str = "") -> Recording:
        """Record a fact now."""
        return await self.door.record(self.reference, fact, "coordinator", request)

    async def dossier(self) -> Dossier:
        return await self.door.dossier(self.reference)

    async def sent(self, kind: str = "", to: str = "") -> list[Message]:
        """Return the accepted messages, of a kind and to a role if named, oldest first."""
        found = [m for m in (await self.dossier()).outbox if m.status == "accepted"]
        return [m for m in found if kind in {"", m.kind} and to in {"", m.role}]

    @property
    def handle(self) -> WorkflowHandle[ConventionWorkflow, ConventionEnd]:
        """The convention's workflow, for what the door does not do."""
        return self.env.client.get_workflow_handle_for(ConventionWorkflow.run, convention_id(self.reference))

    async def replays(self, reference: str) -> None:
        """Replay the last run of a convention from its first event; fails if it is not deterministic."""
        await replays(self.env.client, reference)

    async def ended(self) -> bool:
        last = [event async for event in self.handle.fetch_history_events()][-1]
        assert not last.HasField("workflow_execution_failed_event_attributes"), "a convention never fails"
        return last.HasField("workflow_execution_completed_event_attributes")


@dataclass
class Registered(Untroubled):
    """Every convention of a scene: its server keeps no lists. None of them is in trouble, and no mailbox is set."""

    client: Client
    references: list[str] = field(default_factory=list)

    async def all(self) -> tuple[tuple[Dossier, ...], tuple[str, ...]]:
        door = Conventions(self.client)
        living = [one for one in self.references if await self._lives(one)]
        return tuple([await self._dossier(door, one) for one in living]), ()

    async def _dossier(self, door: Conventions, reference: str) -> Dossier:
        """This server loses a question about a workflow that is passing to its next run: it is asked again."""
        for _ in range(8):
            with suppress(EcheancierError, RPCError, TimeoutError):
                async with asyncio.timeout(1):
                    return await door.dossier(reference)
            await asyncio.sleep(0.02)
        return await door.dossier(reference)

    async def count(self) -> int:
        return len(self.references)

    async def _lives(self, reference: str) -> bool:
        known = await self.client.get_workflow_handle(convention_id(reference)).describe()
        return known.status is WorkflowExecutionStatus.RUNNING


@asynccontextmanager
async def scene(
    directory: Path,
    begins: datetime | str = "2022-01-03",
    *,
    policy: Policy = DEFAULT_POLICY,
    script: Script | None = None,
    wired: Wiring = activities_of,
    cached: int = 100,
) -> AsyncIterator[Scene]:
    """Open a scene whose calendar begins at ``begins``; ``wired`` replaces the activities of the program.

    At the end the last run of each convention that was registered is replayed from its first event. With ``cached=0`` each
    of its tasks is, which is slow; conventions that signal each other need a cache all the same: without one the worker
    holds one task at a time, and a task that waits for its plan holds up the other's.
    """
    begins = b.at(begins) if isinstance(begins, str) else begins
    env = await virtual_clock()
    async with env, ScriptedServer(script) as relay:
        await add_search_attributes(env)
        shift = CalendarShift(begins - await env.get_current_time())
        parts = parts_of(directory, relay, policy, shift)
        registered = Registered(env.client)
        daily = daily_mail_of(parts, EngineMailRounds(env.client), registered, registered)
        activities = [*wired(parts), *of_the_mail(daily)]
        async with worker_of(env.client, activities, cached):
            opened = Scene(env, shift, relay, directory, parts, begins, registered=registered.references)
            yield opened
            for reference in opened.registered:
                await opened.replays(reference)


async def replays(client: Client, reference: str) -> None:
    """Replay the last run of a convention from its first event; fails if it is not deterministic."""
    history = await client.get_workflow_handle(convention_id(reference)).fetch_history()
    await replay(history)


def worker_of(client: Client, activities: Sequence[Callable[..., Any]], cached: int = 100) -> Worker:
    """Return a worker that keeps so many conventions in memory."""
    return PatientWorker(
        client, task_queue=TASK_QUEUE, workflows=WORKFLOWS, activities=activities, max_cached_workflows=cached
    )


def parts_of(directory: Path, relay: ScriptedServer, policy: Policy, shift: CalendarShift) -> Parts:
    """Return a worker's parts, whose mail goes to a relay of the test."""
    transport = SmtpTransport(
        SmtpSettings(host=relay.host, port=relay.port, security="none", timeout=2, content_timeout=2)
    )
    return Parts(Settings.model_construct(data=directory), transport, policy, shift)
