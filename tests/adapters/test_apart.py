"""What people bring is read apart: whatever it does to its reader, the program goes on, and says so in words."""

import asyncio
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from echeancier.adapters import apart
from echeancier.adapters.apart import Limits, NotReadError, read_apart
from echeancier.adapters.files.toml_file import plain_toml
from echeancier.adapters.imports.sheet import ANSWERS, plain_sheets
from echeancier.adapters.replies_apart import plain_reply
from tests.adapters import careless_readers as readers
from tests.adapters.replies import reply
from tests.adapters.test_imports import GOOD, semicolons, xlsx
from tests.desk.fakes import EXAMPLES
from tests.support.processes import ROOT, lives, until

SHORT = Limits(cpu=1, wall=3, memory=256 << 20, answer=50_000)

BROUGHT: dict[str, Callable[[], object]] = {
    "toml": lambda: read_apart(plain_toml, (EXAMPLES / "sqf-p.toml").read_bytes()).result(),
    "csv": lambda: read_apart(plain_sheets, semicolons(GOOD).encode(), ANSWERS).result(),
    "xlsx": lambda: read_apart(plain_sheets, xlsx(GOOD), ANSWERS).result(),
    "mail": lambda: read_apart(plain_reply, reply(), given=((), "")).result(),
}


def starter() -> int:
    """The process that the readers are born of."""
    return read_apart(readers.starter, b"").result()[0]


def said_by(script: str) -> tuple[int, bytes]:
    """How a program ends, and what it complains of."""
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, check=False)
    return done.returncode, done.stderr


def test_what_a_reader_gives_back_comes_whole() -> None:
    assert read_apart(readers.echo, b"\0\xff" * 5_000_000).result() == b"\0\xff" * 5_000_000


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        (readers.turn, "plus de 1 secondes"),
        (readers.sleep, "plus de 1 secondes"),
        (readers.sleep_unheard, "plus de 1 secondes"),
        (readers.eat, "trop de mémoire"),
        (readers.talk, "trop de mémoire"),
        (readers.shout, "trop de mémoire"),
        (readers.fall, "abîmé"),
        (readers.die, "abîmé"),
        (readers.leave, "abîmé"),
        (readers.recurse, "abîmé"),
        (readers.intrude, "abîmé"),
        (readers.lie, "abîmé"),
        (readers.kill_the_starter, "interrompue"),
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
    assert read_apart(readers.echo, b"next").result() == b"next"


def test_a_reader_that_is_stopped_is_dead_when_that_is_said_and_no_other_process(tmp_path: Path) -> None:
    born_of = starter()
    with pytest.raises(NotReadError):
        read_apart(readers.pids_then_sleep, str(tmp_path / "born").encode(), limits=Limits(wall=1)).result()
    (born,) = tmp_path.iterdir()
    assert not Path(f"/proc/{born.name.rpartition('.')[2]}").exists()
    assert starter() == born_of


def test_a_reader_that_goes_on_talking_is_stopped_at_its_time() -> None:
    began = time.perf_counter()
    with pytest.raises(NotReadError, match="plus de"):
        read_apart(readers.dribble, b"", limits=Limits(wall=1)).result()
    assert time.perf_counter() - began < 10


def test_a_reader_sees_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECHEANCIER_SMTP__PASSWORD", "secret")
    ours, secret = os.pipe()
    os.set_inheritable(secret, True)
    apart._starter.end()  # the next one is born while the secrets are there
    assert read_apart(readers.surroundings, b"").result() == {"LC_ALL": "C.UTF-8"}
    environment, arguments = read_apart(readers.told, b"").result()
    assert environment == b"LC_ALL=C.UTF-8\0"
    assert b"secret" not in arguments
    assert read_apart(readers.descriptors, b"").result() == {"1": "socket", "2": "/dev/null"}
    os.close(secret)
    with os.fdopen(ours, "rb") as heard:
        assert select.select([heard], [], [], 5)[0], "the starter holds it too"
        assert heard.read() == b""


def test_a_reader_has_bounds_that_it_cannot_lift() -> None:
    assert read_apart(readers.bounds, b"").result() == (0, 0, 0)


def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotReadError):
        read_apart(readers.write, str(tmp_path / "left").encode()).result()
    assert not (tmp_path / "left").exists() or (tmp_path / "left").stat().st_size == 0


def test_what_a_file_makes_of_its_reader_is_not_there_for_the_next_one() -> None:
    read_apart(readers.poison, b"").result()
    assert read_apart(readers.surroundings, b"").result() == {"LC_ALL": "C.UTF-8"}
    assert read_apart(readers.echo, b"next").result() == b"next"
    assert read_apart(readers.place, b"").result() == ("/", 3)


async def test_the_loop_turns_while_something_is_read() -> None:
    reading = asyncio.wrap_future(read_apart(readers.turn, b"", limits=SHORT))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert isinstance(reading.exception(), NotReadError)
    assert turns > 20


def test_two_files_are_read_at_once(tmp_path: Path) -> None:
    both = [read_apart(readers.meet, str(tmp_path).encode()) for _ in range(2)]
    assert [one.result() for one in both] == [None, None]


def test_whatever_thread_or_loop_asks_the_starter_is_the_same_and_has_no_thread() -> None:
    """The readers of all libraries are imported by then."""
    for one in BROUGHT.values():
        one()
    found = []

    async def ask() -> None:
        found.append(await asyncio.wrap_future(read_apart(readers.starter, b"")))

    for _ in range(3):
        thread = threading.Thread(target=asyncio.run, args=(ask(),))
        thread.start()
        thread.join()
    assert found == [(starter(), 1)] * 3


def test_a_hundred_files_leave_no_process_and_no_descriptor() -> None:
    """As many may be open as one reader may have: two that stay for each file would be too many."""
    script = """
import os, resource
from echeancier.adapters.apart import read_apart
from tests.adapters.careless_readers import echo, starter
from tests.support.processes import family_of
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
born_of, held = read_apart(starter, b"").result(), os.listdir("/proc/self/fd")
for number in range(100):
    assert read_apart(echo, b"%d" % number).result() == b"%d" % number
assert read_apart(starter, b"").result() == born_of, "another"
assert os.listdir("/proc/self/fd") == held
assert set(family_of(os.getpid())) == {os.getpid(), born_of[0]}
"""
    assert said_by(script) == (0, b"")


def test_a_starter_that_was_killed_is_replaced() -> None:
    killed = starter()
    os.kill(killed, signal.SIGKILL)
    assert starter() != killed
    assert not Path(f"/proc/{killed}").exists()


def test_a_file_whose_starter_is_killed_meanwhile_is_read_by_the_next(tmp_path: Path) -> None:
    killed = starter()
    assert read_apart(readers.kill_the_starter_once, str(tmp_path / "done").encode()).result() not in (0, killed)


def test_a_starter_that_answers_no_more_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PATIENCE", 0.1)
    stopped = starter()
    with pytest.raises(NotReadError, match="plus de 1 secondes"):
        read_apart(readers.stop_the_starter, b"", limits=SHORT).result()
    assert starter() != stopped
    assert not lives(stopped)


async def test_a_reader_and_its_starter_die_with_the_program_that_asked(tmp_path: Path) -> None:
    script = (
        "from echeancier.adapters.apart import read_apart; from tests.adapters.careless_readers import pids_then_sleep\n"
        f"read_apart(pids_then_sleep, {str(tmp_path / 'born').encode()!r}).result()"
    )

    def born() -> list[str]:
        return [path.name for path in tmp_path.iterdir()]

    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", script, cwd=ROOT)
    try:
        await until(lambda: bool(born()))
        _, *processes = map(int, born()[0].replace("born", "0").split("."))
        assert len({*processes, parent.pid}) == 3
        assert all(map(lives, processes))
    finally:
        parent.kill()
        await parent.wait()
    await until(lambda: not any(map(lives, processes)))


def test_a_copy_of_the_program_has_a_starter_of_its_own_and_takes_none_away() -> None:
    script = """
import os
from echeancier.adapters.apart import read_apart
from tests.adapters.careless_readers import starter
ours, copy = read_apart(starter, b"").result(), os.fork()
if copy == 0:
    theirs = read_apart(starter, b"").result()
    assert theirs != ours, "the same"
    raise SystemExit
assert os.waitpid(copy, 0)[1] == 0
assert read_apart(starter, b"").result() == ours, "another"
"""
    assert said_by(script) == (0, b"")


@pytest.mark.parametrize("kind", BROUGHT)
def test_a_file_costs_little_after_the_first(kind: str) -> None:
    """Processor time, not the clock of a shared machine: of the starter and of all its children."""
    BROUGHT[kind]()
    born_of, files = starter(), 20

    def spent() -> float:
        ticks = Path(f"/proc/{born_of}/stat").read_text("ascii").rpartition(")")[2].split()[11:15]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    before = spent()
    for _ in range(files):
        BROUGHT[kind]()
    assert (spent() - before) / files < 0.03


def test_the_first_file_is_read_in_less_than_a_third_of_a_second() -> None:
    """The best of a few, for the machine is shared."""
    found = []
    for _ in range(5):
        apart._starter.end()  # as in a program that begins
        began = time.perf_counter()
        read_apart(readers.echo, b"").result()
        found.append(time.perf_counter() - began)
    assert min(found) < 0.3
