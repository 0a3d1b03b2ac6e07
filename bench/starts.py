"""Acknowledged starts of conventions: against bare empty workflows on the same server, and with keys against without."""

import asyncio
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from temporalio import workflow

from bench.lines import Line
from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.master_key import SIZE
from echeancier.adapters.stores.custody import Custodian
from echeancier.engine.client import connect
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import EmbeddedEngine
from echeancier.engine.gateway import Conventions

COUNT, TOGETHER, ROUNDS, AIM, AIM_SEALED = 240, 32, 3, 0.60, 0.70


@workflow.defn(name="Bare")
class Bare:
    """A workflow that does nothing."""

    @workflow.run
    async def run(self) -> None:
        """End at once."""


async def measure() -> list[Line]:
    """Start each kind in turn, several times, nobody working on any; the median of the ratios counts."""
    convention = load_convention(Path(__file__).parent.parent / "examples" / "sqf-p.toml")
    with tempfile.TemporaryDirectory() as folder:
        ring = KeyRing(Path(folder) / "keys", secrets.token_bytes(SIZE))
        async with EmbeddedEngine(Path(folder)) as engine:
            client = await connect(engine.address)
            plain = Conventions(client, task_queue="bench-nobody")
            sealing = await connect(engine.address, codec=codec_of(ring))
            sealed = Conventions(sealing, task_queue="bench-nobody", custody=Custodian(ring, Path(folder)))

            async def bare(n: int) -> None:
                await client.start_workflow(Bare.run, id=f"bare-{n}", task_queue="bench-nobody")

            def ours(door: Conventions, name: str) -> Callable[[int], Awaitable[None]]:
                async def start(n: int) -> None:
                    named = convention.model_copy(update={"reference": f"{name}-{n}"})
                    await door.start(named, convention.coordinator)

                return start

            rounds = [
                [await _rate(start, turn) for start in (bare, ours(plain, "PLAIN"), ours(sealed, "SEALED"))]
                for turn in range(ROUNDS)
            ]
    return [
        _line("acknowledged convention starts vs bare workflows", [(r[1], r[0]) for r in rounds], AIM),
        _line("the same, sealed (a new key each) vs not", [(r[2], r[1]) for r in rounds], AIM_SEALED),
    ]


def _line(name: str, pairs: list[tuple[float, float]], aim: float) -> Line:
    ours, other = sorted(pairs, key=lambda p: p[0] / p[1])[len(pairs) // 2]
    ratio = ours / other
    return Line(name, f"{ours:.0f}/s vs {other:.0f}/s = {ratio:.2f}", f"≥ {aim:.2f}", ratio >= aim)


async def _rate(start: Callable[[int], Awaitable[None]], turn: int) -> float:
    gate = asyncio.Semaphore(TOGETHER)

    async def one(n: int) -> None:
        async with gate:
            await start(turn * COUNT + n)

    began = time.perf_counter()
    await asyncio.gather(*(one(n) for n in range(COUNT)))
    return COUNT / (time.perf_counter() - began)
