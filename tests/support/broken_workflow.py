"""A robot whose program has a fault: each task of each convention fails."""

from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from workflows.ids import TASK_QUEUE
from workflows.messages import ConventionStart


@workflow.defn(name="Convention")
class BrokenConvention:
    """Fails at its first step, and at each further try."""

    @workflow.run
    async def run(self, start: ConventionStart) -> None:
        """Fail."""
        del start
        raise ZeroDivisionError("about someone@ville.example")


def worker(client: Client) -> Worker:
    """Return a robot with that fault."""
    return Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=[BrokenConvention],
        workflow_runner=UnsandboxedWorkflowRunner(),
    )
