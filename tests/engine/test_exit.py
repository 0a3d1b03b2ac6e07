"""A command that used the engine ends with its own exit code, every time."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from echeancier.engine.embedded import EmbeddedEngine
from echeancier.engine.exit import OUTPUT_LOST
from tests.support.processes import ROOT, python, quiet_environment

RUNS = 12

COMMAND = """
import asyncio, sys
from echeancier.engine.client import connect
from echeancier.engine.exit import leave
from temporalio.worker import Worker
from tests.support.engine_workflow import TASK_QUEUE, Waiting

async def work():
    client = await connect(sys.argv[1])
    async with Worker(client, task_queue=TASK_QUEUE, workflows=[Waiting]):
        return 7

print("done", end="")
leave(asyncio.run(work()))
"""


async def test_a_short_command_keeps_its_exit_code_and_its_output_every_time(tmp_path: Path) -> None:
    async with EmbeddedEngine(tmp_path) as engine:
        ends = []
        for _ in range(RUNS // 3):
            batch = [await python("-c", COMMAND, engine.address) for _ in range(3)]
            outputs = await asyncio.gather(*(command.communicate() for command in batch))
            ends += [(command.returncode, *output) for command, output in zip(batch, outputs, strict=True)]
    assert ends == [(7, b"done", b"")] * RUNS


def test_a_reader_that_left_first_does_not_change_the_code() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    script = "from echeancier.engine.exit import leave; print(1); leave(3)"
    try:
        command = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env=quiet_environment(), stdout=writing, check=False
        )
    finally:
        os.close(writing)
    assert command.returncode == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
async def test_output_that_could_not_be_written_is_not_called_a_success() -> None:
    script = (
        "import sys; from echeancier.engine.exit import leave; sys.stdout = open('/dev/full', 'w'); print(1); leave(0)"
    )
    command = await python("-c", script)
    await command.communicate()
    assert command.returncode == OUTPUT_LOST
