"""An activity that lives says so, so that the engine notices soon that its worker was killed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio import activity

HEARTBEAT = 1.0
"""Seconds between two signs of life: a killed worker is noticed soon, and the message sent again soon."""


@asynccontextmanager
async def signs_of_life() -> AsyncIterator[None]:
    """Beat as long as the block runs."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(HEARTBEAT)

    task = asyncio.create_task(beat())
    try:
        yield
    finally:
        task.cancel()
