"""The embedded engine with the real server: starting, stopping, dying, never twice on one file."""

import asyncio
import os
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.worker import Worker

from echeancier.engine.client import connect
from echeancier.engine.embedded import EmbeddedEngine
from echeancier.engine.errors import EngineBusyError, EngineStartError
from echeancier.engine.locks import FileLock, holder, is_held
from echeancier.engine.ports import LOOPBACK, free_port, is_free
from echeancier.engine.server import EngineFiles
from echeancier.engine.state import running_engine
from tests.support.engine_workflow import TASK_QUEUE, Waiting
from tests.support.processes import lives, python, until


async def _finish_kept_workflow(client: Client) -> str:
    async with Worker(client, task_queue=TASK_QUEUE, workflows=[Waiting]):
        handle: WorkflowHandle[Waiting, str] = client.get_workflow_handle("kept", result_type=str)
        await handle.signal(Waiting.tell, "still here")
        return await handle.result()


async def _killed_owner(directory: Path, *words: str) -> int:
    """The server's pid, after the process that owned it was killed outright."""
    owner = await python("-m", "tests.support.engine_owner", str(directory), *words)
    assert owner.stdout is not None
    line = await owner.stdout.readline()
    owner.kill()
    _, errors = await owner.communicate()
    assert line, errors.decode()
    return int(line)


async def test_an_engine_is_found_while_it_lives_and_not_after(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path) as engine:
        found = running_engine(tmp_path)
        assert found == engine.state
        assert lives(engine.state.pid)
    assert running_engine(tmp_path) is None
    assert not lives(engine.state.pid)


async def test_ctrl_c_in_the_terminal_does_not_reach_the_server(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path) as engine:
        assert os.getpgid(engine.state.pid) != os.getpgid(0)


async def test_the_database_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path / "var"):
        assert (tmp_path / "var").stat().st_mode & 0o077 == 0
        assert (tmp_path / "var" / "engine.db").stat().st_mode & 0o077 == 0


async def test_an_engine_comes_back_on_its_last_port(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path) as engine:
        first = engine.address
    async with EmbeddedEngine(tmp_path) as engine:
        assert engine.address == first


async def test_the_web_interface_is_served_when_asked_for(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path, ui=True) as engine:
        assert engine.state.ui_port is not None
        await until(lambda: not is_free(engine.state.ui_port or 0))


async def test_a_second_start_on_the_directory_is_refused_with_the_reason(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path) as first:
        with pytest.raises(EngineBusyError, match=f"déjà lancé .*processus {os.getpid()}"):
            await EmbeddedEngine(tmp_path).start()
        assert lives(first.state.pid)


async def test_a_wanted_port_already_taken_is_said_so(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, free_port())) as other:
        port = other.getsockname()[1]
        with pytest.raises(EngineStartError, match=f"port {port} est déjà utilisé"):
            await EmbeddedEngine(tmp_path, port=port).start()
    # The refusal left nothing locked behind it.
    assert not is_held(EngineFiles(tmp_path).owner_lock)


async def test_supervision_restarts_a_killed_server_with_its_open_workflows(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path) as engine:
        supervision = asyncio.create_task(engine.supervise())
        client = await connect(engine.address)
        await client.start_workflow(Waiting.run, id="kept", task_queue=TASK_QUEUE)
        address, killed = engine.address, engine.state.pid
        os.kill(killed, signal.SIGKILL)
        await until(lambda: engine.state.pid != killed)
        assert engine.address == address
        # The client made before the kill serves on: same address.
        assert await _finish_kept_workflow(client) == "still here"
        assert not supervision.done()
    await asyncio.wait_for(supervision, 20)


async def test_supervision_gives_up_when_the_server_cannot_come_back(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path) as engine:
        os.kill(engine.state.pid, signal.SIGKILL)
        await until(lambda: is_free(engine.state.port))
        with (
            socket.create_server((LOOPBACK, engine.state.port)),
            pytest.raises(EngineStartError, match="s’arrête sans cesse"),
        ):
            await engine.supervise()


async def test_an_orphan_is_ended_before_the_next_start_which_keeps_its_workflows(tmp_path: Path) -> None:
    orphan = await _killed_owner(tmp_path, "orphaning")
    before = running_engine(tmp_path)
    assert before is not None
    assert before.pid == orphan
    async with EmbeddedEngine(tmp_path) as engine:
        assert not lives(orphan)
        assert holder(EngineFiles(tmp_path).server_lock) == engine.state.pid
        assert engine.state.port == before.port
        client = await connect(engine.address)
        kept = await client.get_workflow_handle("kept").describe()
        assert kept.status is WorkflowExecutionStatus.RUNNING
        assert await _finish_kept_workflow(client) == "still here"


async def test_an_orphan_is_ended_even_if_nothing_was_written_about_it(tmp_path: Path) -> None:
    orphan = await _killed_owner(tmp_path, "orphaning")
    EngineFiles(tmp_path).state.unlink()
    async with EmbeddedEngine(tmp_path):
        assert not lives(orphan)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a service of Linux")
async def test_a_server_does_not_outlive_its_killed_owner_on_linux(tmp_path: Path) -> None:
    server = await _killed_owner(tmp_path)
    await until(lambda: not lives(server))


async def test_a_lock_held_by_a_stranger_is_not_answered_with_a_kill(tmp_path: Path) -> None:
    stranger = FileLock.take(EngineFiles(tmp_path).server_lock)
    assert stranger is not None
    stranger.sign()  # as this very process: a kill would end the tests
    try:
        with pytest.raises(EngineStartError, match="qui n’est pas un moteur"):
            await EmbeddedEngine(tmp_path).start()
    finally:
        stranger.release()


@pytest.mark.parametrize("spoilt", [b"not a database at all" * 400, None])
async def test_a_damaged_file_points_to_the_restore(tmp_path: Path, spoilt: bytes | None) -> None:
    async with EmbeddedEngine(tmp_path) as engine:
        await connect(engine.address)
    database = tmp_path / "engine.db"
    with closing(sqlite3.connect(database)) as opened:  # everything into the one file
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        opened.execute("PRAGMA journal_mode=delete")
    whole = database.read_bytes()
    database.write_bytes(spoilt or whole[:4096] + b"\xff" * (len(whole) // 2) + whole[4096 + len(whole) // 2 :])
    with pytest.raises(EngineStartError, match=r"abîmé.*sauvegarde.*operations\.md"):
        async with EmbeddedEngine(tmp_path):
            pass
