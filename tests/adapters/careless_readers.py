"""Readers that do what hostile files make parsers do; each runs in a process of its own."""

import os
import pickle
import signal
import time
from pathlib import Path


class Intruder:
    """Unpickled carelessly, it would leave a trace."""

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, ("/tmp/echeancier-intruder",))  # noqa: S108 - must never be made


def echo(raw: bytes) -> bytes:
    return raw


def turn(_: bytes) -> None:
    while True:
        pass


def sleep(_: bytes) -> None:
    time.sleep(600)


def eat(_: bytes) -> int:
    return len(b"x" * (8 << 30))


def talk(_: bytes) -> bytes:
    return b"x" * 100_000


def shout(_: bytes) -> None:
    while True:
        os.write(1, b"x" * 65536)


def fall(_: bytes) -> None:
    raise RuntimeError("secret of the file")


def die(_: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leave(_: bytes) -> None:
    os._exit(0)


def recurse(_: bytes) -> None:
    recurse(_)


def intrude(_: bytes) -> Intruder:
    return Intruder()


def lie(_: bytes) -> None:
    os.write(1, pickle.dumps(("read", Intruder())))
    os._exit(0)


def surroundings(_: bytes) -> dict[str, str]:
    return dict(os.environ)


def write(raw: bytes) -> None:
    Path(raw.decode()).write_bytes(b"x" * 10)


def pid_then_sleep(raw: bytes) -> None:
    Path(f"{raw.decode()}.{os.getpid()}").mkdir()
    time.sleep(600)
