"""What people bring is read apart: in a process of its own, which knows no secret of ours and can take nothing from us.

A file that makes a parser turn for ever, eat the memory or fall stops that process, never the pages nor the loop that sends the
mails. The process lives for one file: it starts in less than 0.3 s because it imports what its reader needs and nothing else.
"""

import io
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from threading import Event, Timer
from typing import Final, TypeVar

from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Text

_CHILD: Final = Path(__file__).with_name("apart_child.py")
_ROOT: Final = str(_CHILD.parents[2])
_PLAIN: Final = (date, datetime, time, timedelta, timezone)
_LOG: Final = logging.getLogger(__name__)

# At most two at once, on threads of their own: whoever waits for a slow file holds no thread of the pages.
_READERS: Final = ThreadPoolExecutor(2, "apart")

_AROUND: Final = 64
"""Bytes that say how an answer stands."""

T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """What one reading may take.

    Attributes:
        cpu: seconds of processor.
        wall: seconds until it is stopped, whatever it waits for.
        memory: bytes of address space.
        answer: bytes of what it gives back.
    """

    cpu: int = 20
    wall: int = 40
    memory: int = 512 << 20
    answer: int = 32 << 20


LIMITS: Final = Limits()

_HEAVY: Final = Text(
    fr="ce fichier demande trop de mémoire pour être lu : n’y laisser que ce qui est demandé, ou le couper en plusieurs.",
    en="reading this file takes too much memory: leave in it only what is asked for, or cut it into several.",
)
_BROKEN: Final = Text(
    fr="ce fichier ne peut pas être lu : il est abîmé, ou d’une forme inattendue. L’ouvrir dans le programme qui l’a écrit et "
    "l’enregistrer de nouveau.",
    en="this file cannot be read: it is damaged, or of an unexpected form. Open it in the program that wrote it and save it "
    "again.",
)


def _slow(seconds: int) -> Text:
    return Text(
        fr=f"la lecture de ce fichier a été arrêtée : elle demandait plus de {seconds} secondes. N’y laisser que ce qui est "
        "demandé, ou le couper en plusieurs.",
        en=f"reading this file was stopped: it took more than {seconds} seconds. Leave in it only what is asked for, or cut it "
        "into several.",
    )


class NotReadError(EcheancierError):
    """The reading came to no end; ``text`` says why and what would be right."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.fr)


def read_apart(
    reader: Callable[..., T],
    raw: bytes,
    answers: tuple[type, ...] = (),
    limits: Limits = LIMITS,
    given: tuple[object, ...] = (),
) -> Future[T]:
    """Have ``reader`` make something of some bytes, in a process of its own; whoever asks waits for it, or turns meanwhile.

    Args:
        reader: a function at the top of a module, which imports little; it gives back plain values and refuses in words among
            them, for an exception that leaves it counts as a file that cannot be read.
        raw: what was brought.
        answers: the dataclasses it may give back beside plain values and days; anything else is refused, whatever the process
            became.
        limits: what it may take.
        given: what the reader is told beside the bytes.

    Raises:
        NotReadError: in what is returned: it was stopped, or fell.
    """
    return _READERS.submit(_read, reader, raw, answers, limits, given)


def _read(
    reader: Callable[..., T], raw: bytes, answers: tuple[type, ...], limits: Limits, given: tuple[object, ...]
) -> T:
    bounds = map(str, (os.getpid(), limits.cpu, limits.memory, limits.answer))
    path = dict.fromkeys([_ROOT, *filter(None, sys.path)])
    place = os.memfd_create(
        "brought"
    )  # a file without a name: the process reads at its pace, and nothing stays on the disk
    with open(place, "wb+") as brought:  # noqa: PTH123 - it has no path
        pickle.dump((raw, *given), brought, 5)
        brought.seek(0)
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-I", "-S", str(_CHILD), *bounds, reader.__module__, reader.__name__, *path],
            stdin=brought, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd="/", env={"LC_ALL": "C.UTF-8"},
        )  # fmt: skip
    stopped = Event()

    def stop() -> None:
        stopped.set()
        process.kill()

    watch = Timer(limits.wall, stop)
    watch.start()
    with process.stdout or io.BytesIO() as answered:
        said = answered.read(limits.answer + _AROUND)
        if len(said) == limits.answer + _AROUND:
            process.kill()
    code = process.wait()
    watch.cancel()
    if stopped.is_set() or code == -signal.SIGXCPU:
        raise NotReadError(_slow(limits.cpu))
    if code == -signal.SIGKILL:  # by the machine, which had no memory left, or for an answer without end
        raise NotReadError(_HEAVY)
    known = {f"{one.__module__}.{one.__qualname__}": one for one in (*_PLAIN, *answers)}
    try:
        word, value = _Understood(io.BytesIO(said), known).load()
    # Whatever the bytes: the process may have become anything.
    except Exception as error:  # noqa: BLE001
        word, value = "broken", f"{type(error).__name__}, code {code}"
    if word == "read":
        found: T = value
        return found
    _LOG.warning("a file was not read by %s: %s %s", reader.__name__, word, value)
    raise NotReadError(_HEAVY if word == "heavy" else _BROKEN)


class _Understood(pickle.Unpickler):
    """Plain values, days, and the dataclasses that were named: no function, no other class, is looked up."""

    def __init__(self, said: io.BytesIO, known: dict[str, type]) -> None:
        super().__init__(said)
        self._known = known

    def find_class(self, module: str, name: str) -> type:
        """Return a class that may be given back.

        Raises:
            UnpicklingError: it is not one of them.
        """
        found = self._known.get(f"{module}.{name}")
        if found is None:
            raise pickle.UnpicklingError(name)
        return found
