"""The files whose convention is over: read once more, then forgotten by the engine, every run."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from temporalio.api.common.v1 import WorkflowExecution as Execution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from echeancier.domain.afterwards.purge_record import PurgedError
from echeancier.domain.afterwards.purged_file import addresses_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.ports import Custody
from echeancier.domain.running.keys import KeyLostError
from echeancier.engine.errors import NoAnswerError
from echeancier.engine.gateway import Conventions, UnknownConventionError
from echeancier.engine.last_known import last_known
from echeancier.engine.old_runs import forget_runs
from workflows.ids import convention_id

_LOOK_AGAIN = 0.1
_AT_ONCE = 8
_MANY = 300


class OpenFileError(Exception):
    """The convention still runs: nothing of it is deleted."""


class EngineClosedFiles:
    """Implements the port `ClosedFiles`.

    Args:
        client: connected client.
        custody: the keys and what was purged, None where nothing is encrypted.
    """

    def __init__(self, client: Client, custody: Custody | None = None) -> None:
        self._client = client
        self._others = Conventions(client, custody=custody)

    async def dossier(self, reference: str) -> Dossier:
        """Return the dossier, open or closed."""
        return await Conventions(self._client).dossier(reference)

    async def last_known(self, reference: str) -> Dossier | None:
        """Return the dossier of a convention that answers nothing, as it was last seen; None when it cannot be read."""
        return await last_known(self._client, reference)

    async def known_elsewhere(self, reference: str) -> frozenset[str]:
        """Return the mail addresses that stand in every other file, open or closed.

        One that is stuck is read from its history; one whose key is lost tells nothing to anybody.

        Raises:
            NoAnswerError: the engine does not answer.
        """
        found: set[str] = set()
        room = asyncio.Semaphore(_AT_ONCE)

        async def read(other: str) -> None:
            async with room:
                with suppress(UnknownConventionError, KeyLostError, PurgedError):
                    found.update(addresses_of(await self._readable(other)))

        rows = await self._others.rows(closed=True)
        await asyncio.gather(*(read(row.reference) for row in rows if row.reference != reference))
        return frozenset(found)

    async def _readable(self, reference: str) -> Dossier:
        try:
            return await self._others.dossier(reference)
        except NoAnswerError:
            last = await last_known(self._client, reference)
            if last is None:
                raise
            return last

    async def runs(self, reference: str) -> int:
        """Return how many executions of the convention the engine keeps."""
        return len(await self._runs(reference))

    async def forget(self, reference: str) -> None:
        """Delete every execution of a closed convention, and the mails of the day; return once the engine keeps none.

        A mail of the day under way is waited for if it began while the convention was open: it may speak of it.

        Deleting is asked of the engine, which does it soon after; asking again for what is gone changes nothing.

        Raises:
            OpenFileError: one of them still runs.
        """
        await self._forget_mails(reference)
        while True:
            runs = await self._runs(reference)
            if not runs and await self._is_gone(reference):
                return
            for run in runs:
                await self._delete(convention_id(reference), run)
            await asyncio.sleep(_LOOK_AGAIN)

    async def _forget_mails(self, reference: str) -> None:
        closed = max(
            [run.close_time for run in await self._found(reference) if run.close_time is not None], default=None
        )
        async for mail in self._client.list_workflows("WorkflowType = 'DailyMail' AND ExecutionStatus = 'Running'"):
            if closed is not None and mail.start_time <= closed:
                raise OpenFileError(f"a mail of the day that may speak of {reference} is under way")
        while await forget_runs(self._client, "DailyMail", datetime.now(UTC) + timedelta(days=1), _MANY) == _MANY:
            pass

    async def _runs(self, reference: str) -> list[str]:
        found = await self._found(reference)
        if any(run.status is WorkflowExecutionStatus.RUNNING for run in found):
            raise OpenFileError(f"{reference} still runs")
        return [run.run_id for run in found]

    async def _found(self, reference: str) -> list[WorkflowExecution]:
        query = f"WorkflowId = '{convention_id(reference)}'"
        return [run async for run in self._client.list_workflows(query)]

    async def _is_gone(self, reference: str) -> bool:
        """The list is a little late; the execution itself is asked for too."""
        try:
            await self._client.get_workflow_handle(convention_id(reference)).describe()
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return True
            raise
        return False

    async def _delete(self, workflow_id: str, run_id: str) -> None:
        request = DeleteWorkflowExecutionRequest(
            namespace=self._client.namespace,
            workflow_execution=Execution(workflow_id=workflow_id, run_id=run_id),
        )
        try:
            await self._client.workflow_service.delete_workflow_execution(request)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
