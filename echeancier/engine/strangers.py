"""What somebody else started in the engine: under the type of a convention, or under a name that we give to another type."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Final

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.client import WorkflowExecution as WorkflowExecutionSummary
from temporalio.service import RPCError, RPCStatusCode

from echeancier.domain.characters import visible
from workflows.ids import TYPES, reference_of, type_of

_NAMESAKES: Final = " OR ".join(
    f"(WorkflowId STARTS_WITH '{begins}' AND WorkflowType != '{kind}')" for begins, kind in TYPES.items()
)
_WITHIN: Final = timedelta(seconds=5)
_GONE_WITHIN: Final = 60.0
"""Seconds for the engine to delete what it was asked to: half a minute where it had ended. Later, the next start sees to it."""

_LOOK_AGAIN: Final = 0.1


async def namesakes(client: Client) -> list[WorkflowExecutionSummary]:
    """Return what bears a name that we give, and is not of the type that we give it to.

    Raises:
        RPCError: the engine refused or did not answer.
    """
    runs = client.list_workflows(_NAMESAKES, rpc_timeout=_WITHIN)
    return [run async for run in runs if type_of(run.id) not in (None, run.workflow_type)]


async def forget_strangers(client: Client) -> list[str]:
    """End and delete them; return their names as they may be shown, once those that are ours are free again.

    Raises:
        RPCError: the engine refused or did not answer.
    """
    runs = client.list_workflows("WorkflowType = 'Convention'")
    misnamed, in_the_way = [run async for run in runs if reference_of(run.id) is None], await namesakes(client)
    for run in (*misnamed, *in_the_way):
        execution = WorkflowExecution(workflow_id=run.id, run_id=run.run_id)
        request = DeleteWorkflowExecutionRequest(namespace=client.namespace, workflow_execution=execution)
        try:
            await client.workflow_service.delete_workflow_execution(request)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # gone already: the list is a little late
                raise
    with suppress(TimeoutError):
        async with asyncio.timeout(_GONE_WITHIN):
            for run in in_the_way:
                await _gone(client, run)
    return sorted({visible(run.id) for run in (*misnamed, *in_the_way)})


async def _gone(client: Client, run: WorkflowExecutionSummary) -> None:
    """Wait until the engine, which deletes soon after it was asked to, knows the run no more."""
    handle = client.get_workflow_handle(run.id, run_id=run.run_id)
    try:
        while True:
            await handle.describe(rpc_timeout=_WITHIN)
            await asyncio.sleep(_LOOK_AGAIN)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
