"""What people bring is read apart: whatever it does to its reader, the program goes on, and says so in words."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from echeancier.adapters.apart import Limits, NotReadError, read_apart
from tests.adapters import careless_readers as readers
from tests.support.processes import ROOT, lives, until

SHORT = Limits(cpu=1, wall=3, memory=256 << 20, answer=50_000)


def test_what_a_reader_gives_back_comes_whole() -> None:
    assert read_apart(readers.echo, b"\0\xff" * 1000).result() == b"\0\xff" * 1000


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        (readers.turn, "plus de 1 secondes"),
        (readers.sleep, "plus de 1 secondes"),
        (readers.eat, "trop de mémoire"),
        (readers.talk, "trop de mémoire"),
        (readers.shout, "trop de mémoire"),
        (readers.fall, "abîmé"),
        (readers.die, "abîmé"),
        (readers.leave, "abîmé"),
        (readers.recurse, "abîmé"),
        (readers.intrude, "abîmé"),
        (readers.lie, "abîmé"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_whatever_befalls_a_reader_becomes_words(reader: Callable[[bytes], object], words: str) -> None:
    with pytest.raises(NotReadError) as refused:
        read_apart(reader, b"", limits=SHORT).result()
    assert words in refused.value.text.fr
    assert refused.value.text.en
    assert "secret" not in str(refused.value)
    assert not Path("/tmp/echeancier-intruder").exists()  # noqa: S108 - what must not be


def test_a_reader_sees_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECHEANCIER_SMTP__PASSWORD", "secret")
    assert read_apart(readers.surroundings, b"").result() == {"LC_ALL": "C.UTF-8"}


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotReadError):
        read_apart(readers.write, str(tmp_path / "left").encode()).result()
    assert not (tmp_path / "left").exists() or (tmp_path / "left").stat().st_size == 0


async def test_the_loop_turns_while_something_is_read() -> None:
    reading = asyncio.wrap_future(read_apart(readers.turn, b"", limits=SHORT))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert isinstance(reading.exception(), NotReadError)
    assert turns > 20


async def test_a_reader_dies_with_the_program_that_asked(tmp_path: Path) -> None:
    script = (
        "from echeancier.adapters.apart import read_apart; from tests.adapters.careless_readers import pid_then_sleep\n"
        f"read_apart(pid_then_sleep, {str(tmp_path / 'born').encode()!r}).result()"
    )

    def born() -> list[str]:
        return [path.name for path in tmp_path.iterdir()]

    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", script, cwd=ROOT)
    try:
        await until(lambda: bool(born()))
        child = int(born()[0].partition(".")[2])
        assert lives(child)
    finally:
        parent.kill()
        await parent.wait()
    await until(lambda: not lives(child))


def test_a_reader_starts_in_less_than_a_third_of_a_second() -> None:
    """Processor time, not the clock of a shared machine: the best of a few."""
    found = []
    for _ in range(5):
        before = os.times()
        began = time.perf_counter()
        read_apart(readers.echo, b"").result()
        after = os.times()
        spent = after.children_user + after.children_system - before.children_user - before.children_system
        found.append(min(spent, time.perf_counter() - began))
    assert min(found) < 0.3
