"""The program as its users run it: `echeancier run` in a process of its own, commands in theirs."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from echeancier.engine.state import EngineState, running_engine
from tests.support.processes import ROOT, lives, until

EXAMPLES = ROOT / "examples"


def environment(directory: Path, **more: str) -> dict[str, str]:
    """Ours, without any setting of the program or of the engine's own tools but the directory and `more`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ECHEANCIER_", "TEMPORAL_"))}
    return {
        **kept,
        "ECHEANCIER_DATA": str(directory),
        "ECHEANCIER_GATHER_MINUTES": "0",
        "ECHEANCIER_MASTER_KEY_FILE": f"{directory}.key",
        **more,
    }


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str

    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


async def command(directory: Path, *words: str, **more: str) -> Said:
    """One command line, carried out by a process of its own, away from any `.env`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "echeancier.cli", *words,
        cwd=directory.parent, env={**environment(directory, **more), "PYTHONPATH": str(ROOT)},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert process.returncode is not None
    return Said(process.returncode, out.decode(), err.decode().replace("\u00a0", " "))


@dataclass
class Run:
    """A living `echeancier run`, or another command that stays."""

    process: asyncio.subprocess.Process
    directory: Path
    log: Path

    @property
    def engine(self) -> EngineState:
        found = running_engine(self.directory)
        assert found is not None
        return found

    def said(self) -> str:
        return self.log.read_text("utf-8").replace("\u00a0", " ")

    async def kill(self) -> None:
        """End it as the machine would: without a word."""
        self.process.kill()
        await self.process.wait()

    async def stop(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Ask it to stop; returns its exit code."""
        self.process.send_signal(sign)
        return await asyncio.wait_for(self.process.wait(), 30)


@asynccontextmanager
async def run(directory: Path, *words: str, **more: str) -> AsyncIterator[Run]:
    """`echeancier run`, once it says that it runs; nothing of it is left behind."""
    async with serving(directory, "est lancé", "run", *words, **more) as running:
        yield running


@asynccontextmanager
async def serving(directory: Path, ready: str, *words: str, **more: str) -> AsyncIterator[Run]:
    """A command that stays, once it has said `ready`; nothing of it is left behind."""
    log = directory.parent / f"run-{len(list(directory.parent.glob('run-*')))}.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "echeancier.cli", *words,
            cwd=directory.parent, env={**environment(directory, **more), "PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    running = Run(process, directory, log)
    try:
        await until(lambda: ready in running.said() or process.returncode is not None, 180)
        assert process.returncode is None, running.said()
        yield running
    finally:
        await _end(running)


async def _end(running: Run) -> None:
    server = running_engine(running.directory)
    if running.process.returncode is None:
        await running.kill()
    if server is not None and lives(server.pid):
        with suppress(ProcessLookupError):
            os.kill(server.pid, signal.SIGKILL)
        await until(lambda: not lives(server.pid))


@contextmanager
def run_in_background(directory: Path, *words: str, **more: str) -> Iterator[Run]:
    """`echeancier run` for tests that have no loop of their own."""
    with asyncio.Runner() as runner:
        living = run(directory, *words, **more)
        running = runner.run(living.__aenter__())
        try:
            yield running
        finally:
            runner.run(living.__aexit__(None, None, None))


def settled(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands of this process speak to the engine of `directory`, and read no other setting."""
    for name in [name for name in os.environ if name.startswith(("ECHEANCIER_", "TEMPORAL_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ECHEANCIER_DATA", str(directory))
    monkeypatch.setenv("ECHEANCIER_GATHER_MINUTES", "0")
    monkeypatch.setenv("ECHEANCIER_MASTER_KEY_FILE", f"{directory}.key")
    monkeypatch.chdir(directory.parent)
