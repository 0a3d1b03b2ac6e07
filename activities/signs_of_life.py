"""An activity that lives says so, so that the engine notices soon that its worker was killed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio import activity
from temporalio.converter import ActivitySerializationContext

HEARTBEAT = 1.0
"""Seconds between two signs of life: a killed worker is noticed soon, and the message sent again soon."""


class Life:
    """What the signs of life of one attempt say; whoever comes after a cut reads it.

    Attributes:
        unknown: how many times the content of the message left without an answer that anybody kept.
    """

    def __init__(self, unknown: int) -> None:
        self.unknown = unknown

    def beat(self) -> None:
        """Say that it lives; the engine hears it within some seconds."""
        activity.heartbeat(self.unknown)

    async def leaving(self) -> None:
        """Have the engine know, before it happens, that the content leaves; only then may it leave.

        A cut before this is known to have sent nothing. An attempt that the engine has given up is told so here, and
        sends nothing beside the one that took its place.

        Raises:
            RPCError, AsyncActivityCancelledError: the engine does not answer, or waits for this attempt no more.
        """
        self.unknown += 1
        self.beat()  # whatever beat is sent from now on says the same
        info, client = activity.info(), activity.client()
        context = ActivitySerializationContext(
            namespace=info.namespace or client.namespace,
            activity_id=info.activity_id,
            activity_type=info.activity_type,
            activity_task_queue=info.task_queue,
            workflow_id=info.workflow_id,
            workflow_type=info.workflow_type,
            is_local=False,
        )
        handle = client.get_async_activity_handle(task_token=info.task_token).with_context(context)
        try:
            await handle.heartbeat(self.unknown)
        except BaseException:
            self.answered()  # nothing leaves
            raise

    def answered(self) -> None:
        """Say that what left was answered: its fate is known."""
        self.unknown -= 1
        self.beat()


@asynccontextmanager
async def signs_of_life(unknown: int = 0) -> AsyncIterator[Life]:
    """Beat as long as the block runs."""
    life = Life(unknown)

    async def beat() -> None:
        while True:
            life.beat()
            await asyncio.sleep(HEARTBEAT)

    task = asyncio.create_task(beat())
    try:
        yield life
    finally:
        task.cancel()
