"""What people bring is read apart: in a process of its own, which knows no secret of ours and can take nothing from us.

A file that makes a parser turn for ever, eat the memory or fall stops that process, never the pages nor the loop that sends the
mails. The process lives for one file. It is the child of another one, `apart_child`, which reads nothing: that one imports what
the readers need, once, so that a file costs a fork and its reading.
"""

import io
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final, TypeVar

from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Text

_CHILD: Final = Path(__file__).with_name("apart_child.py")
_ROOT: Final = str(_CHILD.parents[2])
_PLAIN: Final = (date, datetime, time, timedelta, timezone)
_LOG: Final = logging.getLogger(__name__)

_AROUND: Final = 64
"""Bytes that say how an answer stands."""

_PATIENCE: Final = 5.0
"""Seconds in which a reader is killed, on a machine that has much else to do."""

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
_GONE: Final = Text(
    fr="la lecture de ce fichier a été interrompue : l’envoyer de nouveau.",
    en="the reading of this file was cut short: send it again.",
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
    return _starter.threads.submit(_read, reader, raw, answers, limits, given)


def _read(
    reader: Callable[..., T], raw: bytes, answers: tuple[type, ...], limits: Limits, given: tuple[object, ...]
) -> T:
    place = os.memfd_create("brought")  # a file without a name: nothing stays on the disk
    with open(place, "wb+") as brought:  # noqa: PTH123 - it has no path
        pickle.dump((raw, *given), brought, 5)
        brought.flush()
        try:
            said, code = _said(reader, place, limits)
        except OSError:  # the starter was killed, and its children with it: once more, with another
            try:
                said, code = _said(reader, place, limits)
            except OSError as error:
                _LOG.warning("a file was not read by %s: %r", reader.__name__, error)
                raise NotReadError(_GONE) from None
    if code == -signal.SIGXCPU:
        raise NotReadError(_slow(limits.cpu))
    if code == -signal.SIGKILL:  # by the machine, which had no memory left
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


def _said(reader: Callable[..., object], brought: int, limits: Limits) -> tuple[bytes, int]:
    """Return what a child says that has read ``brought``, and its exit code.

    Raises:
        NotReadError: it took too long, or said too much; it is dead.
        OSError: the starter is.
    """
    os.lseek(brought, 0, os.SEEK_SET)
    answer, its_answer = socket.socketpair()
    line, its_line = socket.socketpair()
    with answer, line:
        with its_answer, its_line:
            words = f"{limits.cpu} {limits.memory} {limits.answer} {reader.__module__} {reader.__name__}"
            _starter.order(words, (brought, its_answer.fileno(), its_line.fileno()))
        said, code, why, until = bytearray(), b"", None, monotonic() + limits.wall
        try:
            while piece := _received(answer, until):
                said += piece
                if len(said) >= limits.answer + _AROUND:
                    why = _HEAVY
                    break
            else:
                code = _received(line, until)
        except TimeoutError:
            why = _slow(limits.cpu)
        if why is not None:
            try:
                line.shutdown(socket.SHUT_WR)
                _received(line, monotonic() + _PATIENCE)
            except OSError:  # it does not answer: the next file has another
                _starter.end()
            raise NotReadError(why)
        if not code:
            raise ConnectionResetError
        return bytes(said), int(code)


def _received(end: socket.socket, until: float) -> bytes:
    """Return the next bytes, none at the end.

    Raises:
        TimeoutError: the instant has come, though there may be some more.
        OSError: whoever held the other end is dead.
    """
    if (left := until - monotonic()) <= 0:
        raise TimeoutError
    end.settimeout(left)
    return end.recv(1 << 16)


class _Starter:
    """The process that starts the readers; started itself by the first file, and again when it is gone.

    Attributes:
        threads: at most two files at once, on threads of their own: whoever waits for a slow one holds no thread of the pages.
    """

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(2, "apart")
        self._lock = Lock()
        self._running: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def order(self, words: str, files: Sequence[int]) -> None:
        """Have a child started; what becomes of it comes by ``files``, as `apart_child` says.

        Raises:
            OSError: it cannot be, by the machine's fault.
        """
        with self._lock:
            try:
                self._tell(words, files)
            except ConnectionError:  # it was killed since the last file
                self._end()
                self._tell(words, files)

    def _tell(self, words: str, files: Sequence[int]) -> None:
        if self._running is None:
            self._running = _begun()
        socket.send_fds(self._running[1], [words.encode()], files)

    def end(self) -> None:
        """Kill it, and its children with it."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._running is not None:
            process, orders = self._running
            self._running = None
            orders.close()
            process.kill()
            process.wait()

    def forget(self) -> None:
        """In a copy of this program, another process: leave it to the one that started it."""
        if self._running is not None:
            process, orders = self._running
            orders.close()
            process.returncode = 0  # no child of ours
        # Threads are not copied, and the lock may have been held.
        self.__init__()  # type: ignore[misc]


def _begun() -> tuple[subprocess.Popen[bytes], socket.socket]:
    orders, its_end = socket.socketpair(type=socket.SOCK_SEQPACKET)
    path = dict.fromkeys([_ROOT, *filter(None, sys.path)])
    try:
        with its_end:
            process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-I", "-S", str(_CHILD), *path], start_new_session=True, cwd="/", env={"LC_ALL": "C.UTF-8"},
                stdin=its_end.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
    except BaseException:
        orders.close()
        raise
    return process, orders


_starter: Final = _Starter()
os.register_at_fork(after_in_child=_starter.forget)


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
