"""Acknowledged starts of conventions, against bare empty workflows on the same server."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from temporalio import workflow

from adapters.convention_file import load_convention
from bench.lines import Line
from engine.client import connect
from engine.embedded import EmbeddedEngine
from engine.gateway import Conventions

COUNT, TOGETHER, ROUNDS, AIM = 240, 32, 3, 0.60


@workflow.defn(name="Bare")
class Bare:
    """A workflow that does nothing."""

    @workflow.run
    async def run(self) -> None:
        """End at once."""


async def measure() -> list[Line]:
    """Start both kinds in turn, several times, nobody working on either; the median pair counts."""
    convention = load_convention(Path(__file__).parent.parent / "examples" / "sqf-p.toml")
    with tempfile.TemporaryDirectory() as folder:
        async with EmbeddedEngine(Path(folder)) as engine:
            client = await connect(engine.address)
            door = Conventions(client, task_queue="bench-nobody")

            async def bare(n: int) -> None:
                await client.start_workflow(Bare.run, id=f"bare-{n}", task_queue="bench-nobody")

            async def ours(n: int) -> None:
                await door.start(
                    convention.model_copy(update={"reference": f"BENCH-{n}"}), convention.coordinator
                )

            pairs = []
            for turn in range(ROUNDS):
                first = await _rate(bare, turn)
                pairs.append((await _rate(ours, turn), first))
    ours_rate, bare_rate = sorted(pairs, key=lambda p: p[0] / p[1])[len(pairs) // 2]
    ratio = ours_rate / bare_rate
    figure = f"{ours_rate:.0f}/s vs {bare_rate:.0f}/s = {ratio:.2f}"
    return [Line("acknowledged convention starts vs bare workflows", figure, f"≥ {AIM:.2f}", ratio >= AIM)]


async def _rate(start: Callable[[int], Awaitable[None]], turn: int) -> float:
    gate = asyncio.Semaphore(TOGETHER)

    async def one(n: int) -> None:
        async with gate:
            await start(turn * COUNT + n)

    began = time.perf_counter()
    await asyncio.gather(*(one(n) for n in range(COUNT)))
    return COUNT / (time.perf_counter() - began)
