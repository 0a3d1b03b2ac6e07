"""What a restored copy brought back to the engine of files that were purged since: ended and deleted before anything works."""

import asyncio

from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from echeancier.engine.closed_files import EngineClosedFiles
from echeancier.engine.gateway import Conventions
from workflows.ids import convention_id, purge_id

_WHY = "purged before this copy was put back"
_LOOK_AGAIN = 0.1


class PurgedAgain:
    """The engine's part of a restoration.

    Args:
        client: connected client; no worker is needed, and none must work yet: what came back would write to people.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    async def present(self) -> dict[str, bool]:
        """Return the conventions that the engine keeps, with whether each still runs."""
        return {row.reference: row.is_open for row in await Conventions(self._client).rows(closed=True)}

    async def forget(self, reference: str) -> None:
        """End the purge that waited for the convention, end and delete the convention; return once it is gone."""
        await self._end(convention_id(reference))
        await self._end(purge_id(reference))
        await EngineClosedFiles(self._client).forget(reference)

    async def _end(self, workflow_id: str) -> None:
        handle = self._client.get_workflow_handle(workflow_id)
        try:
            if (await handle.describe()).status is WorkflowExecutionStatus.RUNNING:
                await handle.terminate(_WHY)
            while await self._still_listed(workflow_id):  # noqa: ASYNC110 - the engine raises no event here
                await asyncio.sleep(_LOOK_AGAIN)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def _still_listed(self, workflow_id: str) -> bool:
        """The list is a little late."""
        query = f"WorkflowId = '{workflow_id}' AND ExecutionStatus = 'Running'"
        return bool([run async for run in self._client.list_workflows(query, limit=1)])
