"""One convention speaks to another: by signal, to its id, without waiting for an answer."""

from temporalio import workflow
from temporalio.exceptions import FailureError

with workflow.unsafe.imports_passed_through():
    from workflows.ids import convention_id


async def signal_relative(reference: str, signal: str, what: object) -> bool:
    """Signal another convention; return whether it is there to hear."""
    try:
        await workflow.get_external_workflow_handle(convention_id(reference)).signal(signal, what)
    except FailureError:
        workflow.logger.info("a relative is not registered here, or is closed")
        return False
    return True
