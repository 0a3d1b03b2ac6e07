"""Readers that do what hostile files make parsers do; each runs in a process of its own."""

import builtins
import ctypes
import os
import pickle
import resource
import signal
import sys
import time
from contextlib import suppress
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


def dribble(_: bytes) -> None:
    while True:
        os.write(1, b"x")


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


def pids_then_sleep(raw: bytes) -> None:
    Path(f"{raw.decode()}.{os.getppid()}.{os.getpid()}").mkdir()
    time.sleep(600)


def sleep_unheard(_: bytes) -> None:
    """Say that nothing more comes, and stay."""
    os.close(1)
    time.sleep(600)


def descriptors(_: bytes) -> dict[str, str]:
    """Return what each open descriptor is, but for the one that looks."""
    found = {}
    for path in sorted(Path("/proc/self/fd").iterdir()):
        with suppress(FileNotFoundError):
            found[path.name] = str(path.readlink()).partition(":")[0]
    return found


def told(_: bytes) -> tuple[bytes, bytes]:
    """Return the environment and the arguments that the kernel keeps; it shows them to whoever may look into one's memory."""
    ctypes.CDLL(None).prctl(4, 1)
    return Path("/proc/self/environ").read_bytes(), Path("/proc/self/cmdline").read_bytes()


def bounds(_: bytes) -> tuple[int, ...]:
    """Return how many processes and bytes of files it may make, and whether another may look into its memory."""
    hard = (resource.getrlimit(limit)[1] for limit in (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE))
    return (*hard, ctypes.CDLL(None).prctl(3))


def poison(_: bytes) -> None:
    """Change all that the next one would be born with, were it born of this one."""
    os.environ["POISON"] = "1"
    os.chdir("/tmp")  # noqa: S108
    sys.modules[__name__].echo = poison  # type: ignore[attr-defined]
    builtins.abs = poison  # type: ignore[assignment]


def place(_: bytes) -> tuple[str, int]:
    """Return where it stands, and what three is without its sign."""
    return str(Path.cwd()), abs(-3)


def starter(_: bytes) -> tuple[int, int]:
    """Return the process it was born of, and the number of its threads."""
    return os.getppid(), len([*Path(f"/proc/{os.getppid()}/task").iterdir()])


def kill_the_starter_once(raw: bytes) -> int:
    """Kill the process it was born of, unless that was done before."""
    try:
        Path(raw.decode()).mkdir()
    except FileExistsError:
        return os.getppid()
    return kill_the_starter(raw)


def kill_the_starter(_: bytes) -> int:
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(600)
    return 0


def stop_the_starter(_: bytes) -> None:
    os.kill(os.getppid(), signal.SIGSTOP)


def meet(raw: bytes) -> None:
    """Come to a place, and wait until another one is there."""
    place = Path(raw.decode())
    (place / str(os.getpid())).mkdir()
    while len([*place.iterdir()]) < 2:
        time.sleep(0.01)
