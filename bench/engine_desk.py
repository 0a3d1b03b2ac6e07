"""The desk on the real engine, a thousand conventions running: ``python -m bench.engine_desk [COUNT]``.

Everything is that of `echeancier run`: engine, worker and desk in its processes, mails captured. Pages are asked by HTTP.
"""

import asyncio
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.many import Made, made
from engine.client import connect
from engine.embedded import NAMESPACE
from engine.exit import leave
from engine.gateway import Conventions
from tests.support.running import Run, serving

TOGETHER, ROUNDS, AIM_MS = 8, 9, 200.0
PAGES = ("/", "/?page=2", "/echeances", "/echeances?mois=3&kind=cooperation", "/echeances.xlsx", "/echeances.csv", "/conventions",
         "/conventions?q=metz", "/territoire", "/conventions/SQF-P-0000")  # fmt: skip


async def _started(running: Run, conventions: list[Made]) -> float:
    """Start them all, some at a time; return how many seconds that took."""
    client = await connect(running.engine.address, namespace=NAMESPACE)
    door, gate = Conventions(client), asyncio.Semaphore(TOGETHER)

    async def one(each: Made) -> None:
        async with gate:
            await door.start(each.convention, each.convention.coordinator, each.facts)

    began = time.perf_counter()
    await asyncio.gather(*(one(each) for each in conventions))
    return time.perf_counter() - began


async def _until(reached: Callable[[], Awaitable[bool]], patience: float) -> float:
    began = time.perf_counter()
    while not await reached():
        if time.perf_counter() - began > patience:
            raise TimeoutError
        await asyncio.sleep(1)
    return time.perf_counter() - began


async def measure(count: int) -> bool:
    """Start, wait until the desk has read everything, time each page; whether each answers in time."""
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder) / "var", "Bureau", "run", ECHEANCIER_DESK_PORT="0") as running:
            took = await _started(running, list(made(count, datetime.now(UTC))))
            print(
                f"{count} conventions registered in {took:.1f} s ({count / took:.0f}/s), the worker at work"
            )
            client = await connect(running.engine.address, namespace=NAMESPACE)
            door = Conventions(client)
            planned = await _until(lambda: _all_planned(door, count), 900)
            print(f"every one planned, its first mails sent, {took + planned:.0f} s after the first start")
            address = re.search(r"Bureau : (http://127\.0\.0\.1:\d+)/", running.said())
            assert address is not None  # noqa: S101 - the desk said so
            async with httpx.AsyncClient(base_url=address[1], timeout=120) as visitor:
                return await _visited(visitor)


async def _all_planned(door: Conventions, count: int) -> bool:
    rows = await door.rows()
    return len(rows) >= count and all(row.partner for row in rows)


async def _visited(visitor: httpx.AsyncClient) -> bool:
    began = time.perf_counter()
    await visitor.get("/")
    print(f"first page, nothing read yet: {(time.perf_counter() - began) * 1000:.0f} ms")

    async def read() -> bool:
        return "cours de lecture" not in (await visitor.get("/")).text

    await _until(read, 600)
    print(f"every dossier read {time.perf_counter() - began:.0f} s later")
    met = True
    for page in PAGES:
        times, size = [], 0
        for _ in range(ROUNDS):
            start = time.perf_counter()
            size = len((await visitor.get(page)).raise_for_status().content)
            times.append((time.perf_counter() - start) * 1000)
        median, worst = statistics.median(times), max(times)
        met = met and median <= AIM_MS
        print(f"{page:<40} median {median:5.0f} ms, worst {worst:5.0f} ms, {size / 1000:.0f} kB")
    return met


if __name__ == "__main__":
    leave(0 if asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)) else 1)
