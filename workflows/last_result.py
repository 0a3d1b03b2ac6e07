"""What the former run of a schedule found: told to the next one by the engine, hence by whoever speaks to it."""

from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import FailureError

Found = TypeVar("Found")


def last_result(kind: type[Found]) -> Found | None:
    """Return what the former run found, None before the first and for what is not ours.

    The engine keeps telling the same until a run succeeds: an error here would be one for ever.
    """
    try:
        return workflow.get_last_completion_result(kind)
    except (FailureError, ValueError):
        workflow.logger.warning("the result of the former run is not ours: it is left aside")
        return None
