"""`echeancier run` and its engine killed outright: started again, everything goes on where it was."""

import asyncio
import os
import signal
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from echeancier.engine.state import running_engine
from tests.support.processes import lives, until
from tests.support.running import EXAMPLES, Run, command, run

# Each takes a few seconds; a machine that does other things too takes its time.
pytestmark = pytest.mark.timeout(240)

FACTS = [
    ("done", "--item", "quarterly-data/2021-04", "--on", "2021-06-28"),
    ("done", "--item", "quarterly-data/2022-04", "--on", "2022-06-27"),
]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "var"


async def _register(directory: Path) -> None:
    facts = EXAMPLES / "sqf-p.facts.toml"
    said = await command(directory, "start", str(EXAMPLES / "sqf-p.toml"), "--facts", str(facts))
    assert said.code == 0, said.err


async def _record(directory: Path, *fact: str) -> str:
    kept = (await command(directory, "record", "SQF-P", *fact, "--json")).json()
    return str(kept["fact"])


async def _shown(directory: Path) -> dict[str, Any]:
    shown: dict[str, Any] = (await command(directory, "show", "SQF-P", "--json")).json()
    return shown


def _no_acknowledged_mail_is_there_twice(directory: Path, shown: dict[str, Any]) -> bool:
    arrived = Counter(sha256(mail.read_bytes()).hexdigest() for mail in (directory / "mails").glob("*.eml"))
    unsure = {message["sha256"] for message in shown["outbox"] if message["maybe_twice"]}
    return all(count == 1 or mark in unsure for mark, count in arrived.items())


async def test_an_engine_killed_under_run_comes_back_with_everything(directory: Path) -> None:
    async with run(directory) as running:
        await _register(directory)
        first = await _record(directory, *FACTS[0])
        before = running.engine
        os.kill(before.pid, signal.SIGKILL)
        await until(lambda: (now := running_engine(directory)) is not None and now.pid != before.pid, 60)
        second = await _record(directory, *FACTS[1])
        shown = await _shown(directory)
        assert running.engine.port == before.port
        assert await running.stop() == 0
    assert [fact["id"] for fact in shown["facts"]][-2:] == [first, second]
    assert "il est relancé sur le même fichier" in running.said()


async def test_run_killed_and_started_again_goes_on_where_it_was(directory: Path) -> None:
    async with run(directory) as running:
        await _register(directory)
        first = await _record(directory, *FACTS[0])
        orphan = running.engine.pid
        await running.kill()
    async with run(directory) as again:
        second = await _record(directory, *FACTS[1])
        shown = await _shown(directory)
        assert again.engine.pid != orphan
        assert not lives(orphan)
    assert [fact["id"] for fact in shown["facts"]] == ["f1", "f2", "f3", "f4", "f5", first, second]
    assert _no_acknowledged_mail_is_there_twice(directory, shown)


async def test_a_fact_acknowledged_as_run_is_killed_is_there_afterwards(directory: Path) -> None:
    async with run(directory) as running:
        await _register(directory)
        told = [asyncio.create_task(_record(directory, *fact, "--request", fact[2])) for fact in FACTS]
        acknowledged, _ = await asyncio.wait(told, return_when=asyncio.FIRST_COMPLETED)
        await running.kill()
        await asyncio.gather(*told, return_exceptions=True)
    async with run(directory):
        # Asked again under the same name, whatever became of it: kept once.
        for fact in FACTS:
            await _record(directory, *fact, "--request", fact[2])
        shown = await _shown(directory)
    kept = [fact["fact"]["item"] for fact in shown["facts"] if fact["fact"]["kind"] == "done"]
    assert sorted(kept) == [fact[2] for fact in FACTS]
    assert {task.result() for task in acknowledged if not task.exception()} <= {f["id"] for f in shown["facts"]}


async def test_a_second_run_on_the_directory_is_refused_and_the_first_lives_on(directory: Path) -> None:
    async with run(directory) as running:
        refused = await command(directory, "run")
        assert refused.code == 2
        assert f"déjà lancé sur le dossier {directory}" in refused.err
        assert (await command(directory, "list", "--json")).json() == []
        assert running.process.returncode is None


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
async def test_asked_to_stop_run_ends_with_code_0_and_leaves_no_engine(directory: Path, sign: signal.Signals) -> None:
    async with run(directory) as running:
        server = running.engine.pid
        assert await running.stop(sign) == 0
    assert not lives(server)
    assert _last_line(running) == "Arrêté."


def _last_line(running: Run) -> str:
    return running.said().splitlines()[-1]
