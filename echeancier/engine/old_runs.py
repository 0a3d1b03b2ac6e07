"""Runs that are many and of no use once over: deleted, since the engine keeps closed workflows for years."""

from datetime import UTC, datetime

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode


class EngineRuns:
    """Implements the port `OldRuns`.

    Args:
        client: connected client.
    """

    def __init__(self, client: Client) -> None:
        self._client = client

    async def forget(self, kind: str, before: datetime, most: int) -> int:
        """Delete the runs of a kind of workflow that ended before an instant, at most so many at once."""
        return await forget_runs(self._client, kind, before, most)


async def forget_runs(client: Client, kind: str, before: datetime, most: int) -> int:
    """Delete the runs of a kind of workflow that ended before an instant; return how many were deleted."""
    limit = before.astimezone(UTC).isoformat()
    query = f"WorkflowType = '{kind}' AND ExecutionStatus != 'Running' AND CloseTime < '{limit}'"
    deleted = 0
    async for run in client.list_workflows(query, limit=most):
        execution = WorkflowExecution(workflow_id=run.id, run_id=run.run_id)
        request = DeleteWorkflowExecutionRequest(namespace=client.namespace, workflow_execution=execution)
        try:
            await client.workflow_service.delete_workflow_execution(request)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # gone already: the list is a little late
                raise
        else:
            deleted += 1
    return deleted
