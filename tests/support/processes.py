"""Looking at processes and waiting for what they do."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]


def lives(pid: int) -> bool:
    """Whether the process runs; one that ended and was not yet buried does not."""
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return Path("/proc/self").exists() is False


def family_of(pid: int) -> list[int]:
    """Return a process and everything that descends from it, as the kernel tells it. Linux."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
    return found


async def until(condition: Callable[[], bool], within: float = 20) -> None:
    """Returns as soon as the condition holds; fails with TimeoutError when it never does."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110 - another process's doing raises no event here
            await asyncio.sleep(0.02)


def quiet_environment() -> dict[str, str]:
    """Ours, with output buffered as a user's is."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}


async def python(*arguments: str) -> Process:
    """This Python, at the root of the project, its output captured."""
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=ROOT, stdout=PIPE, stderr=PIPE, env=quiet_environment()
    )
