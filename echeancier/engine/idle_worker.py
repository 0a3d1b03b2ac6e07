"""Whether anything is being done on a worker, and for which instants its workflows wait: seen as they turn, never asked."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from temporalio.bridge.proto.workflow_activation import WorkflowActivation
from temporalio.bridge.proto.workflow_commands import WorkflowCommand
from temporalio.bridge.proto.workflow_completion import WorkflowActivationCompletion
from temporalio.worker import WorkflowInstance, WorkflowInstanceDetails, WorkflowRunner

from echeancier.engine.errors import EngineError

_PATIENCE = 60.0
"""Seconds without any sign of life after which something is stuck."""

_BEGINS = {
    "schedule_activity": "activity",
    "signal_external_workflow_execution": "signal",
    "start_child_workflow_execution": "child",
}
_ENDS = {
    "resolve_activity": "activity",
    "resolve_signal_external_workflow": "signal",
    "resolve_child_workflow_execution_start": "child",
}
_SENDS = (
    "signal_external_workflow_execution",
    "start_child_workflow_execution",
    "continue_as_new_workflow_execution",
)
_ARRIVALS = ("signal_workflow", "initialize_workflow")
_LEAVES = (
    "complete_workflow_execution", "fail_workflow_execution", "cancel_workflow_execution",
    "continue_as_new_workflow_execution",
)  # fmt: skip
"""Names of the SDK's protocol: what a turn of a workflow may do and be told."""


class StuckError(EngineError):
    """A workflow cannot go on."""


@dataclass
class _Run:
    workflow_id: str
    under_way: set[tuple[str, int]] = field(default_factory=set)
    timers: dict[int, datetime] = field(default_factory=dict)


class IdleWatch:
    """Knows when nothing moves. Filled by `Watched` from the threads of the workflows, waited for on the event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._moved = asyncio.Event()
        self._runs: dict[str, _Run] = {}
        self._ended: set[str] = set()
        self._awaited = 0
        self._stuck = ""

    def expect(self) -> None:
        """Say that a signal or a start is on its way, before it is sent."""
        self._awaited += 1

    def give_up(self) -> None:
        """Say that what was expected will not come."""
        self._awaited -= 1

    @property
    def waits(self) -> dict[str, datetime | None]:
        """The workflows that are open, each with the engine's instant of its next timer, None without one."""
        return {run.workflow_id: min(run.timers.values(), default=None) for run in self._runs.values()}

    async def reached(self) -> None:
        """Return once every workflow only waits for time, or to be told something.

        Raises:
            StuckError: a workflow failed, or nothing moves although something is under way.
        """
        while True:
            self._moved.clear()
            if self._stuck:
                raise StuckError(self._stuck)
            if not self._awaited and not any(r.under_way for r in self._runs.values()):
                return
            try:
                # Not `wait_for`, which in Python 3.11 can swallow the Ctrl-C that comes as what it waits for is there.
                async with asyncio.timeout(_PATIENCE):
                    await self._moved.wait()
            except TimeoutError:
                raise StuckError("plus rien n’avance, bien que tout ne soit pas fait") from None

    def heard(self, workflow_id: str, act: WorkflowActivation, done: WorkflowActivationCompletion) -> None:
        """Hear, from the thread of a workflow, of what a turn of it was told and of what it did."""
        self._loop.call_soon_threadsafe(self._note, workflow_id, act, done)

    def _note(self, workflow_id: str, act: WorkflowActivation, done: WorkflowActivationCompletion) -> None:
        if act.run_id in self._ended:  # asked something, or leaving the cache
            return
        run = self._runs.setdefault(act.run_id, _Run(workflow_id))
        for job in act.jobs:
            name = job.WhichOneof("variant") or ""
            if name in _ENDS:
                run.under_way.discard((_ENDS[name], getattr(job, name).seq))
            run.timers.pop(job.fire_timer.seq if name == "fire_timer" else -1, None)
            lost = (
                name == "resolve_signal_external_workflow" and job.resolve_signal_external_workflow.HasField("failure")
            ) or (
                name == "resolve_child_workflow_execution_start"
                and job.resolve_child_workflow_execution_start.HasField("failed")
            )
            self._awaited -= (name in _ARRIVALS or lost) and not act.is_replaying
        if done.HasField("failed"):
            self._stuck = f"« {workflow_id} » : {done.failed.failure.message}"
        now = act.timestamp.ToDatetime(UTC)
        for command in done.successful.commands:
            self._do(run, command, now, replaying=act.is_replaying)
        if any(command.WhichOneof("variant") in _LEAVES for command in done.successful.commands):
            del self._runs[act.run_id]
            self._ended.add(act.run_id)
        self._moved.set()

    def _do(self, run: _Run, command: WorkflowCommand, now: datetime, *, replaying: bool) -> None:
        name = command.WhichOneof("variant") or ""
        if name in _BEGINS:
            run.under_way.add((_BEGINS[name], getattr(command, name).seq))
        elif name == "start_timer":
            run.timers[command.start_timer.seq] = now + command.start_timer.start_to_fire_timeout.ToTimedelta()
        elif name == "cancel_timer":
            run.timers.pop(command.cancel_timer.seq, None)
        # What it sends to another, or leaves to its next run, is on its way until it arrives.
        self._awaited += name in _SENDS and not replaying


class Watched(WorkflowRunner):
    """Runs workflows as another runner does, and lets a `IdleWatch` hear of each turn.

    Args:
        inner: runs them.
        idle_watch: hears.
    """

    def __init__(self, inner: WorkflowRunner, idle_watch: IdleWatch) -> None:
        self._inner = inner
        self._idle_watch = idle_watch

    def prepare_workflow(self, defn: Any) -> None:
        """Prepare as the inner runner does."""
        self._inner.prepare_workflow(defn)

    def set_worker_level_failure_exception_types(self, types: Sequence[type[BaseException]]) -> None:
        """Hand on."""
        self._inner.set_worker_level_failure_exception_types(types)

    def create_instance(self, det: WorkflowInstanceDetails) -> WorkflowInstance:
        """Return the inner instance, its turns heard."""
        inner = self._inner.create_instance(det)
        turn = inner.activate

        def activate(act: WorkflowActivation) -> WorkflowActivationCompletion:
            done = turn(act)
            self._idle_watch.heard(det.info.workflow_id, act, done)
            return done

        inner.activate = activate  # type: ignore[method-assign]
        return inner
