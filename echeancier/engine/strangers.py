"""What somebody else started in the engine under the type of a convention and a name that the door cannot have given."""

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from echeancier.domain.characters import visible
from workflows.ids import reference_of


async def forget_strangers(client: Client) -> list[str]:
    """End and delete them; return their names as they may be shown."""
    found = [run async for run in client.list_workflows("WorkflowType = 'Convention'") if reference_of(run.id) is None]
    for run in found:
        execution = WorkflowExecution(workflow_id=run.id, run_id=run.run_id)
        request = DeleteWorkflowExecutionRequest(namespace=client.namespace, workflow_execution=execution)
        try:
            await client.workflow_service.delete_workflow_execution(request)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # gone already: the list is a little late
                raise
    return sorted({visible(run.id) for run in found})
