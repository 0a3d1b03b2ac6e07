"""Waiting until the worker has nothing more to do: whoever is asked to stop meanwhile stops."""

import asyncio

import pytest

from echeancier.engine.idle_worker import IdleWatch


@pytest.mark.parametrize("turns", range(5))
async def test_who_is_asked_to_stop_at_the_instant_something_moves_stops(turns: int) -> None:
    watch = IdleWatch()
    watch.expect()
    waiting = asyncio.create_task(watch.reached())
    for _ in range(3):
        await asyncio.sleep(0)
    watch._moved.set()
    for _ in range(turns):
        await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting], timeout=5)
    stopped = waiting.cancelled()
    waiting.cancel()
    assert stopped
