"""What is stuck, asked of the engine: a few short lists and one round trip, whatever the number of conventions."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    DescribeTaskQueueRequest,
    DescribeWorkflowExecutionRequest,
    GetWorkflowExecutionHistoryReverseRequest,
)
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.client import WorkflowExecution as WorkflowExecutionSummary
from temporalio.service import RPCError, RPCStatusCode

from echeancier.domain.afterwards.purge_record import PurgeRecord
from echeancier.domain.running.trouble import Trouble, length
from echeancier.engine.rounds import last_round
from echeancier.engine.rows import ENDED
from workflows import search_attributes as sa
from workflows.convention import ConventionWorkflow
from workflows.ids import TASK_QUEUE, convention_id, purge_id, purged_reference_of, reference_of

TOLERATED: Final = timedelta(seconds=5)
"""A clock that differs by less is right: machines of one engine differ by that."""

POLLED_WITHIN: Final = timedelta(minutes=2)
"""A robot asks for work at least once a minute."""

STILL_TRUE: Final = timedelta(hours=2)
"""For so long what a round found of the relay is told: rounds are at most an hour apart."""

STARTING: Final = 10.0
"""Seconds, from the first look on, in which a robot that was just started may begin to ask for work."""

_AGAIN: Final = 0.25
_WITHIN: Final = timedelta(seconds=5)
_ROUND_TRIP: Final = timedelta(seconds=10)
_MOST: Final = 50
_AT_ONCE: Final = 8
_PATIENT: Final = 4
"""Tries of a step of a purge that may fail before it is said: a machine that starts again, a disk that is full for a while."""

_LAST_EVENTS: Final = 20
_REPORTED: Final = "('category=WorkflowTaskFailed', 'category=WorkflowTaskTimedOut')"
_ENDED: Final = "('Failed', 'Terminated', 'TimedOut', 'Canceled')"


class Doctor:
    """Looks for what is stuck.

    Args:
        client: connected client.
        clock: this machine's clock.
        task_queue: where the robot works.
    """

    def __init__(self, client: Client, clock: Callable[[], datetime], task_queue: str = TASK_QUEUE) -> None:
        self._client, self._clock, self._queue = client, clock, task_queue
        self._patient_until: float | None = None

    async def all(
        self, *, lost: Iterable[str] = (), purges: Iterable[PurgeRecord] = (), strangers: Iterable[str] = ()
    ) -> tuple[Trouble, ...]:
        """Return everything that is stuck, the installation first; a cause hides the silence it explains.

        Args:
            lost: references whose key is lost.
            purges: begun or finished: the end of these conventions is no trouble, that of a purge under way is one.
            strangers: ids of what passes for a convention and is none.
        """
        gone = {record.reference: record.finished_at is not None for record in purges}
        try:
            whole = [t for t in (await self._clock_behind(), await self._no_worker()) if t is not None]
            whole += [Trouble(cause="stranger", detail=found) for found in strangers]
            lost = sorted(set(lost) - set(gone))
            found = {reference: Trouble(cause="key", reference=reference) for reference in lost}
            for look in (self._ended, self._failing, self._plans):
                for trouble in await look():
                    found.setdefault(trouble.reference, trouble)
            kept = [trouble for reference, trouble in sorted(found.items()) if reference not in gone]
            kept += await self._purges(gone, {t.reference for t in kept if t.cause == "ended"})
            if all(trouble.cause == "stranger" for trouble in whole):
                kept += await self._round_trip(set(found) | set(gone))
                whole += await self._relay()
                kept += await self._acts()
        except RPCError as error:
            return (Trouble(cause="engine", detail=error.status.name),)
        return (*whole, *kept)

    async def why(self, reference: str) -> Trouble:
        """Return why a convention did not answer; the machine is too busy when nothing else is found."""
        try:
            whole = await self._clock_behind() or await self._no_worker()
            if whole is not None or not reference:
                return whole or Trouble(cause="engine", detail="aucune réponse à temps")
            return await self._of(reference) or Trouble(cause="silent", reference=reference)
        except RPCError as error:
            return Trouble(cause="engine", detail=error.status.name)

    async def clock_behind(self) -> Trouble | None:
        """Return how far this machine's clock is behind what the engine has lived, None when it is not."""
        return await self._clock_behind()

    async def _clock_behind(self) -> Trouble | None:
        now = self._clock()
        limit = (now + TOLERATED).astimezone(UTC).isoformat()
        latest = now
        query = f"StartTime > '{limit}' OR CloseTime > '{limit}'"
        async for run in self._client.list_workflows(query, limit=_MOST, rpc_timeout=_WITHIN):
            latest = max(latest, run.start_time, run.close_time or run.start_time)
        return Trouble(cause="clock", detail=length(latest - now)) if latest > now else None

    async def _relay(self) -> list[Trouble]:
        """Return what the robot's last round found of the relay: whoever looks from here may not reach it himself."""
        found = await last_round(self._client)
        if found is None or not found.engine or found.relay or self._clock() - found.at > STILL_TRUE:
            return []
        return [Trouble(cause="relay", detail=found.detail)]

    async def _acts(self) -> list[Trouble]:
        """Return the conventions that, by the robot's last round, do not know the same of an act."""
        found = await last_round(self._client)
        return [] if found is None or self._clock() - found.at > STILL_TRUE else list(found.acts)

    async def _no_worker(self) -> Trouble | None:
        loop = asyncio.get_running_loop()
        if self._patient_until is None:
            self._patient_until = loop.time() + STARTING
        while not await self._is_polled():
            if loop.time() >= self._patient_until:
                return Trouble(cause="no-worker")
            await asyncio.sleep(_AGAIN)
        return None

    async def _is_polled(self) -> bool:
        asked = DescribeTaskQueueRequest(
            namespace=self._client.namespace, task_queue=TaskQueue(name=self._queue),
            task_queue_type=TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
        )  # fmt: skip
        answer = await self._client.workflow_service.describe_task_queue(asked, timeout=_WITHIN)
        since = self._clock() - POLLED_WITHIN
        return any(_instant(poller.last_access_time) > since for poller in answer.pollers)

    async def _ended(self) -> list[Trouble]:
        query = f"WorkflowType = 'Convention' AND ExecutionStatus IN {_ENDED}"
        return [
            Trouble(
                cause="ended", reference=reference, since=run.close_time,
                detail=ENDED.get(run.status, "") if run.status else "",
            )
            async for reference, run in self._conventions(query)
        ]  # fmt: skip

    async def _conventions(
        self, query: str, limit: int | None = None
    ) -> AsyncIterator[tuple[str, WorkflowExecutionSummary]]:
        """What matches, but not what somebody else started under another name."""
        async for run in self._client.list_workflows(query, limit=limit, rpc_timeout=_WITHIN):
            reference = reference_of(run.id)
            if reference is not None:
                yield reference, run

    async def _purges(self, gone: Mapping[str, bool], removed: set[str]) -> list[Trouble]:
        """Return the purges that somebody ended, and those under way that fail again and again.

        Args:
            gone: what was purged or is being purged, with whether its purge is finished.
            removed: what may be being removed, its purge not yet begun.
        """
        query = f"WorkflowType = 'Purge' AND ExecutionStatus IN {_ENDED}"
        ended = [purged_reference_of(run.id) async for run in self._client.list_workflows(query, rpc_timeout=_WITHIN)]
        begun = {reference for reference, finished in gone.items() if not finished}
        suspect = {reference for reference in ended if reference and not gone.get(reference)} | begun
        query = "WorkflowType = 'Purge' AND ExecutionStatus = 'Running'"
        running = {purged_reference_of(run.id) async for run in self._client.list_workflows(query, rpc_timeout=_WITHIN)}
        looked_at = sorted(suspect | removed | {reference for reference in running if reference})
        room = asyncio.Semaphore(_AT_ONCE)

        async def look(reference: str) -> Trouble | None:
            async with room:
                how = await self._how_a_purge_fails(reference)
                if how is None or (not how and reference not in suspect):
                    return None
                if reference not in begun and await self._is_open(
                    reference
                ):  # whoever started it, nothing is to be destroyed
                    return None
            return Trouble(cause="purge", reference=reference, detail=how)

        return [trouble for trouble in await asyncio.gather(*map(look, looked_at)) if trouble is not None]

    async def _is_open(self, reference: str) -> bool:
        try:
            found = await self._client.get_workflow_handle(convention_id(reference)).describe(rpc_timeout=_WITHIN)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise
        return found.status is WorkflowExecutionStatus.RUNNING

    async def _how_a_purge_fails(self, reference: str) -> str | None:
        """Return None where it goes on, and nothing to say of how where there is none."""
        try:
            found = await self._client.get_workflow_handle(purge_id(reference)).describe(rpc_timeout=_WITHIN)
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return ""
            raise
        if found.status in ENDED:
            return ENDED[found.status]
        tried = [one for one in found.raw_description.pending_activities if one.attempt > _PATIENT]
        return tried[0].last_failure.application_failure_info.type if tried else None

    async def _failing(self) -> list[Trouble]:
        query = (
            f"WorkflowType = 'Convention' AND ExecutionStatus = 'Running' AND TemporalReportedProblems IN {_REPORTED}"
        )
        try:
            runs = [found async for found in self._conventions(query)]
        except RPCError as error:
            if error.status is RPCStatusCode.INVALID_ARGUMENT:  # an older server reports nothing
                return []
            raise
        details = await asyncio.gather(*(self._failure(run.id) for _, run in runs[:_MOST]))
        details += [""] * (len(runs) - len(details))
        return [
            Trouble(cause="failing", reference=reference, detail=detail)
            for (reference, _), detail in zip(runs, details, strict=True)
        ]

    async def _plans(self) -> list[Trouble]:
        query = f"WorkflowType = 'Convention' AND ExecutionStatus = 'Running' AND {sa.PLAN_FAILS.name} = true"
        return [Trouble(cause="plan", reference=reference) async for reference, _ in self._conventions(query)]

    async def _round_trip(self, known: set[str]) -> list[Trouble]:
        """Ask one convention that is not known to be stuck: the robot must answer, not only the engine."""
        query = "WorkflowType = 'Convention' AND ExecutionStatus = 'Running'"
        async for reference, run in self._conventions(query, limit=len(known) + _MOST):
            if reference in known:
                continue
            handle = self._client.get_workflow_handle(run.id)
            try:
                await handle.query(ConventionWorkflow.alive, rpc_timeout=_ROUND_TRIP)
            except RPCError as error:
                if error.status is RPCStatusCode.NOT_FOUND:  # closed since the list was made
                    return []
                return [await self._of(reference) or Trouble(cause="silent", reference=reference)]
            except WorkflowQueryFailedError as error:  # nothing of it failed yet, but it would at its next task
                return [Trouble(cause="failing", reference=reference, detail=type(error).__name__)]
            return []
        return []

    async def _of(self, reference: str) -> Trouble | None:
        """Return what the engine says of one convention: ended, or failing."""
        asked = DescribeWorkflowExecutionRequest(
            namespace=self._client.namespace,
            execution=WorkflowExecution(workflow_id=convention_id(reference)),
        )
        found = await self._client.workflow_service.describe_workflow_execution(asked, timeout=_WITHIN)
        status = WorkflowExecutionStatus(found.workflow_execution_info.status)
        if status in ENDED:
            at = _instant(found.workflow_execution_info.close_time)
            return Trouble(cause="ended", reference=reference, since=at, detail=ENDED[status])
        if found.HasField("pending_workflow_task") and found.pending_workflow_task.attempt > 1:
            detail = await self._failure(convention_id(reference))
            since = _instant(found.pending_workflow_task.original_scheduled_time)
            return Trouble(cause="failing", reference=reference, since=since, detail=detail)
        return None

    async def _failure(self, workflow_id: str) -> str:
        """Return the name of the last error of a workflow's task, never its words: they may quote the file."""
        asked = GetWorkflowExecutionHistoryReverseRequest(
            namespace=self._client.namespace, execution=WorkflowExecution(workflow_id=workflow_id),
            maximum_page_size=_LAST_EVENTS,
        )  # fmt: skip
        try:
            found = await self._client.workflow_service.get_workflow_execution_history_reverse(asked, timeout=_WITHIN)
        except RPCError:
            return ""
        for event in found.history.events:
            if event.HasField("workflow_task_failed_event_attributes"):
                failure = event.workflow_task_failed_event_attributes.failure
                return failure.application_failure_info.type
        return ""


def _instant(stamp: Timestamp) -> datetime:
    return stamp.ToDatetime(UTC)
