"""The desk on the real engine, a thousand conventions running: ``python -m bench.engine_desk [COUNT]``.

Everything is that of `echeancier run`: engine, worker and desk in its processes, mails captured. Pages are asked by HTTP,
first with ten conventions, then with all of them, in the same run: what a thousand cost is the ratio.
"""

import asyncio
import re
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bench.desk import AIM_MS, FEW, MANY, median_of, timed
from bench.lines import NO_AIM, Line, load
from bench.many import Made, made
from echeancier.engine.exit import leave
from echeancier.engine.gateway import Conventions
from tests.support.keys import door_of
from tests.support.running import Run, serving

TOGETHER, PATIENCE_S = 8, 1200.0
PAGES = ("/", "/?page=2", "/echeances", "/echeances?mois=3&kind=cooperation", "/echeances.xlsx", "/echeances.csv", "/conventions",
         "/conventions?q=metz", "/territoire", "/conventions/SQF-P-0000")  # fmt: skip


async def measure(count: int = MANY) -> list[Line]:
    """Start ten, time each page; start the others, wait until they are planned and read, time each page again."""
    everyone = list(made(count, datetime.now(UTC)))
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder) / "var", "Bureau", "run", ECHEANCIER_DESK_PORT="0") as running:
            door = await door_of(running.directory, running.engine.address)
            async with httpx.AsyncClient(base_url=_address(running), timeout=120) as visitor:
                await _started(door, everyone[:FEW])
                await _quiet(door, visitor, FEW)
                small = {page: await median_of(visitor, page) for page in PAGES}
                began = time.perf_counter()
                rate = await _started(door, everyone[FEW:])
                first = await timed(visitor, "/")
                await _quiet(door, visitor, count)
                took = time.perf_counter() - began
                large = {page: await median_of(visitor, page) for page in PAGES}
    name = f"desk on the engine, {count}"
    return [
        Line(f"{name}: registered, the worker at work", f"{rate:.0f}/s", NO_AIM, met=True),
        Line(f"{name}: first page after it", f"{first:.0f} ms", NO_AIM, met=True),
        Line(f"{name}: planned, written to, read by the desk", f"{took:.0f} s", NO_AIM, met=True),
        *(
            Line(
                f"{name}: {page}",
                f"{ms:.0f} ms, {ms / small[page]:.1f} times {FEW} conventions",
                f"≤ {AIM_MS:.0f} ms",
                ms <= AIM_MS,
            )
            for page, ms in large.items()
        ),
    ]


async def _started(door: Conventions, conventions: Sequence[Made]) -> float:
    """Start them all, some at a time; return how many a second."""
    gate = asyncio.Semaphore(TOGETHER)

    async def one(each: Made) -> None:
        async with gate:
            await door.start(each.convention, each.convention.coordinator, each.facts)

    began = time.perf_counter()
    await asyncio.gather(*(one(each) for each in conventions))
    return len(conventions) / (time.perf_counter() - began)


async def _quiet(door: Conventions, visitor: httpx.AsyncClient, count: int) -> None:
    """Wait until every convention is planned and the desk shows all of them."""

    async def planned() -> bool:
        rows = await door.rows()
        return len(rows) >= count and all(row.partner for row in rows)

    async def shown() -> bool:
        page = (await visitor.get("/")).text
        return "cours de lecture" not in page and str(count) in _lead(page)

    await _until(planned)
    await _until(shown)


def _lead(page: str) -> str:
    """The line that says how many conventions are open."""
    found = re.search(r'<p class="lead">(.*?)</p>', page, re.DOTALL)
    return re.sub(r"\s", "", found[1]) if found else ""


def _address(running: Run) -> str:
    found = re.search(r"Bureau : (http://127\.0\.0\.1:\d+)/", running.said())
    assert found is not None  # noqa: S101 - the desk said so
    return found[1]


async def _until(reached: Callable[[], Awaitable[bool]]) -> None:
    began = time.perf_counter()
    while not await reached():
        if time.perf_counter() - began > PATIENCE_S:
            raise TimeoutError
        await asyncio.sleep(1)


def main() -> None:
    """Measure as many as asked, print, and leave with 1 if a page is too slow."""
    lines = asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
    for line in lines:
        print(line)
    print(load())
    leave(0 if all(line.met for line in lines) else 1)


if __name__ == "__main__":
    main()
