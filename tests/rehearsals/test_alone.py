"""A rehearsal is nobody else's: on this machine only, sealed, and gone with whoever plays it."""

import asyncio
import ipaddress
import json
import os
import re
import signal
import stat
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from echeancier.cli.rehearsal.stage import stage
from tests.domain import builders as b
from tests.support.listening import environment_of, listening
from tests.support.processes import ROOT, family_of, lives, until
from tests.support.running import environment
from tests.support.runs import runs_of
from tests.support.sealed import sealed_by
from workflows.ids import convention_id

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")

ALIVE_AFTER = 60
"""Seconds a busy machine may need to bring a rehearsal to its first mail."""


@asynccontextmanager
async def rehearsing(directory: Path, *options: str) -> AsyncIterator[Process]:
    """The command, in the middle of three years; its temporary files would go to ``tmp``."""
    (directory / "tmp").mkdir()
    output = directory / "out"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "echeancier.cli", "rehearse", "examples/sqf-p.toml", "--facts", "examples/sqf-p.facts.toml",
        "--output", str(output), *options, cwd=ROOT, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL,
        env=environment(directory, TMPDIR=str(directory / "tmp"), ECHEANCIER_SMTP__PASSWORD="of-the-relay"),
    )  # fmt: skip
    try:
        await until(lambda: _share(output) > 0, within=ALIVE_AFTER)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _share(output: Path) -> float:
    progress = output / "progress.json"
    return float(json.loads(progress.read_text("utf-8"))["share"]) if progress.exists() else 0


async def test_a_rehearsal_without_the_engine_starts_nothing_and_opens_no_port(tmp_path: Path) -> None:
    async with rehearsing(tmp_path) as process:
        assert family_of(process.pid) == [process.pid]
        assert list(listening(process.pid)) == []


async def test_everything_a_rehearsal_opens_is_on_the_loopback(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, "--engine") as process:
        family = family_of(process.pid)
        places = {place for pid in family for place in listening(pid)}
    assert len(family) > 1, "the engine is not found: this test sees nothing"
    assert len(places) > 1, "no port is found: this test sees nothing"
    assert [place for place in places if not ipaddress.ip_address(place[0]).is_loopback] == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda sign: sign.name)
async def test_a_rehearsal_that_is_ended_leaves_no_process_and_nothing_but_its_output(
    sign: signal.Signals, tmp_path: Path
) -> None:
    async with rehearsing(tmp_path, "--engine") as process:
        family = family_of(process.pid)
        assert len(family) > 1
        process.send_signal(sign)
        assert await process.wait() != 0
        await until(lambda: not any(lives(pid) for pid in family))
    assert _names(tmp_path) == ["out", "tmp"]
    assert _names(tmp_path / "tmp") == []


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_the_engine_of_a_rehearsal_writes_no_file_and_knows_no_secret(tmp_path: Path) -> None:
    async with rehearsing(tmp_path, "--engine") as process:
        (engine,) = (pid for pid in family_of(process.pid) if pid != process.pid)
        assert _written(engine) == []
        assert b"of-the-relay" not in environment_of(engine)


def _written(pid: int) -> list[str]:
    return [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if _kept(link)]


def _kept(link: Path) -> bool:
    """Whether an open file has a name on the disk, and may hold what is written."""
    seen = link.stat()
    flags = int((link.parents[1] / "fdinfo" / link.name).read_text("ascii").split("flags:")[1].split()[0], 8)
    return stat.S_ISREG(seen.st_mode) and seen.st_nlink > 0 and flags & os.O_ACCMODE != os.O_RDONLY


async def test_nothing_that_the_engine_of_a_rehearsal_keeps_is_in_clear(tmp_path: Path) -> None:
    convention, known = b.sqf()
    began = min(record.recorded_at for record in known)
    async with stage(began, tmp_path) as played_on:
        await played_on.enter(convention, known[:1])
        await played_on.sleep_until(began + timedelta(days=60))
        assert played_on.mailbox.mails(), "nothing was lived: this test sees nothing"
        histories = await runs_of(played_on.client, convention_id(convention.reference))
    owners = set().union(*sealed_by(histories).values())
    assert owners
    assert "plain" not in owners
    kept = b"".join(event.SerializeToString() for history in histories for event in history.events)
    written = convention.model_dump_json()
    secrets = {
        *re.findall(r"[\w.+-]+@[\w.-]+", written),
        *re.findall(r'"(?:text|quote|says)":"([^"]{12,})"', written),
    }
    assert len(secrets) > 3, "nothing to look for: this test sees nothing"
    assert [word for word in (*secrets, convention.title) if word.encode() in kept] == []
