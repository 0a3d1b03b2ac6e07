"""What a workflow is asked or told, within the time a person waits: nobody waits for ever for an answer that was lost."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from temporalio.client import RPCTimeoutOrCancelledError, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.workflow import UpdateMethodMultiParam

ANSWER_WITHIN = timedelta(seconds=30)
"""How long a command waits for the engine and its worker before it says that nothing answers."""

_Answer = TypeVar("_Answer")
_Told = TypeVar("_Told")


async def ask(handle: WorkflowHandle[Any, Any], question: Callable[[Any], _Answer]) -> _Answer:
    """Ask what a workflow knows; what only reads may be asked twice.

    A worker drops what it was still to answer for a run that gives way to the next, and the engine does not hand it out
    again: only who asked can.

    A third of the limit is left to the first asking: a worker that is slow needs the rest for the second.

    Raises:
        RPCError: nobody answered within `ANSWER_WITHIN`, or the engine refused.
        WorkflowQueryFailedError: the workflow could not answer.
    """
    try:
        return await handle.query(question, rpc_timeout=ANSWER_WITHIN / 3)
    except RPCError as error:
        if error.status not in {RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED}:
            raise
    return await handle.query(question, rpc_timeout=ANSWER_WITHIN * 2 / 3)


async def tell(
    handle: WorkflowHandle[Any, Any], update: UpdateMethodMultiParam[[Any, _Told], _Answer], said: _Told, key: str
) -> _Answer:
    """Tell a workflow something and return what it answers.

    The limit is ours: that of a call bounds each of the library's, which goes on calling for as long as no outcome comes.

    Args:
        handle: of the workflow.
        update: what it is told by.
        said: what it is told.
        key: of the update: told twice to one run, it is heard once.

    Raises:
        RPCTimeoutOrCancelledError: no outcome within `ANSWER_WITHIN`; what was told may be heard later all the same.
        RPCError: the engine refused.
        WorkflowUpdateFailedError: the workflow refused.
    """
    try:
        async with asyncio.timeout(ANSWER_WITHIN.total_seconds()):
            return await handle.execute_update(update, said, id=key)
    except TimeoutError as late:
        raise RPCTimeoutOrCancelledError from late
