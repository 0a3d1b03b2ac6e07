"""Every run of a workflow, from the first to the last: each continued where the former one stopped."""

from temporalio.client import Client, WorkflowHistory


async def runs_of(client: Client, workflow_id: str) -> list[WorkflowHistory]:
    """Return the histories of all runs, oldest first."""
    found: list[WorkflowHistory] = []
    run: str | None = None
    while True:
        history = await client.get_workflow_handle(workflow_id, run_id=run).fetch_history()
        found.insert(0, history)
        run = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id
        if not run:
            return found
