"""The server process: its place on disk, its command line, its start and its end.

Its SQLite file is opened in WAL mode with `synchronous=1` (NORMAL): several times faster than the default.
An acknowledged write survives the death of the process (SIGKILL); a power failure may lose the last instants.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import sqlite3
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from echeancier.engine import launch
from echeancier.engine.binary import find_binary
from echeancier.engine.children import clean_environment
from echeancier.engine.errors import EngineStartError
from echeancier.engine.locks import FileLock, holder, is_held
from echeancier.engine.ports import LOOPBACK

GRACE = 10.0
"""Seconds a server is given to end after SIGTERM, then again after SIGKILL."""

_POLL = 0.02
_LOG_LIMIT = 5_000_000
"""Bytes after which the log is set aside at the next start (one older log is kept)."""


@dataclass(frozen=True)
class EngineFiles:
    """The engine's files under its directory."""

    directory: Path

    @property
    def database(self) -> Path:
        """The SQLite file, the only one that matters."""
        return self.directory / "engine.db"

    @property
    def owner_lock(self) -> Path:
        """Held by the process that runs the engine; contains its pid."""
        return self.directory / "engine.lock"

    @property
    def server_lock(self) -> Path:
        """Held by the server process as long as it lives; contains its pid."""
        return self.directory / "server.lock"

    @property
    def state(self) -> Path:
        """Address, ports and pid, for other commands. See `engine.state`."""
        return self.directory / "engine.json"

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.directory / "engine.log"


@dataclass(frozen=True)
class ServerOptions:
    """How the server runs. Ports on the loopback interface; `ui_port` None means no web interface."""

    port: int
    ui_port: int | None = None
    ui_address: str = LOOPBACK
    """Where the web interface listens, behind its guard (`engine.ui_guard`)."""
    codec_port: int | None = None
    """Where the web interface asks for what is sealed to be opened (`engine.codec_server`)."""
    fast_timers: bool = False
    """Timers to 10 ms instead of about a second, runs deleted within a second or two, for tests; costs CPU when idle."""
    die_with_parent: bool = True
    """Linux: the server receives SIGTERM when the thread that started it dies. Only spares an orphan; the
    next start deals with one anyway."""


async def spawn(place: EngineFiles, options: ServerOptions, lock: FileLock) -> asyncio.subprocess.Process:
    """Start a server that holds `lock` from now on; our copy of it is released.

    It has its own session, so Ctrl-C in a terminal does not reach it before the worker has drained.
    """
    try:
        if place.log.exists() and place.log.stat().st_size > _LOG_LIMIT:
            place.log.replace(place.log.with_suffix(".log.1"))
        with place.log.open("ab") as log:
            return await _started(command_line(place, options), options, log, lock.fileno(), signal.SIGTERM)
    finally:
        lock.release()


async def spawn_in_memory(options: ServerOptions, log: IO[bytes]) -> asyncio.subprocess.Process:
    """Start a server that keeps everything in memory; killed with its parent, for it has nothing to put in order.

    Args:
        options: how it runs; it always dies with its parent.
        log: what it writes.
    """
    return await _started(command_line(None, options), options, log, None, signal.SIGKILL)


async def _started(
    command: list[str],
    options: ServerOptions,
    log: IO[bytes],
    lock: int | None,
    at_parents_death: signal.Signals,
) -> asyncio.subprocess.Process:
    parent = os.getpid() if options.die_with_parent else 0
    held = -1 if lock is None else lock
    words = (str(held), str(parent), str(int(at_parents_death)))
    return await asyncio.create_subprocess_exec(
        sys.executable, "-I", "-S", launch.__file__, *words, *command,
        stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, env=clean_environment(),
        pass_fds=() if lock is None else (lock,), start_new_session=True,
    )  # fmt: skip


def command_line(place: EngineFiles | None, options: ServerOptions) -> list[str]:
    """The server's program and arguments; without a place it keeps everything in memory.

    The server also opens an HTTP interface, on a port of its own choice, to whoever asks: any page of this machine's
    browser. It has no switch; a list of the hosts it answers to, with one name that nobody can know, closes it.
    """
    command = [str(find_binary()), "server", "start-dev", "--log-level", "error", "--ip", LOOPBACK]
    command += ["--port", str(options.port)]
    if place is not None:
        command += ["--db-filename", str(place.database)]
        command += ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=1"]
    # A convention whose task failed twice in a row is found by a list (`engine.troubles`); the default is five.
    command += [
        "--dynamic-config-value",
        "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2",
    ]
    if options.ui_port is None:
        command += ["--headless"]
    else:
        command += [
            "--ui-ip",
            options.ui_address,
            "--ui-port",
            str(options.ui_port),
            "--ui-disable-news-fetch",
        ]
        if options.codec_port is not None:
            command += ["--ui-codec-endpoint", f"http://{LOOPBACK}:{options.codec_port}"]
    command += ["--dynamic-config-value", f'frontend.httpAllowedHosts=["{secrets.token_hex(16)}.invalid"]']
    if options.fast_timers:
        command += [word for setting in _HURRIED for word in ("--dynamic-config-value", f"history.{setting}")]
    return command


_HURRIED = (
    'timerProcessorMaxTimeShift="10ms"',
    # A run is deleted once the engine has written down that it closed, every thirty seconds as it comes.
    'transferProcessorUpdateAckInterval="1s"',
    'visibilityProcessorUpdateAckInterval="1s"',
    'timerProcessorUpdateAckInterval="1s"',
)
"""What makes an engine that serves for a while only (in a test) answer at once; for years it would write too often."""


async def end_server(place: EngineFiles) -> FileLock:
    """End the server that lives on the database, if any, and return its lock, now ours.

    The server may be ours or the orphan of a process that was killed: the lock says that one lives, and its
    content which it is.

    Raises:
        EngineStartError: Its holder is not an engine on this database, or does not end.
    """
    for sent in (signal.SIGTERM, signal.SIGKILL):
        give_up = asyncio.get_running_loop().time() + GRACE
        signalled: int | None = None
        while asyncio.get_running_loop().time() < give_up:
            if (lock := FileLock.take(place.server_lock)) is not None:
                return lock
            # `is_held` tells a server from somebody who was only looking.
            pid = holder(place.server_lock) if is_held(place.server_lock) else None
            if pid is not None and pid != signalled:
                _signal(pid, sent, place)
                signalled = pid
            await asyncio.sleep(_POLL)
    raise EngineStartError(
        f"Un moteur utilise encore {place.database} (processus {holder(place.server_lock)}) "
        "et ne s’arrête pas. Arrêtez-le, puis recommencez."
    )


def _signal(pid: int, sent: signal.Signals, place: EngineFiles) -> None:
    """Signal the lock's holder, having looked that it is what we think."""
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        arguments = []  # just ended, or a system without /proc, where the lock is proof enough
    if any(arguments) and os.fsencode(place.database) not in arguments:
        raise EngineStartError(
            f"Le fichier {place.server_lock} est tenu par le processus {pid}, qui n’est pas un moteur "
            "d’Échéancier. Arrêtez-le ou choisissez un autre dossier."
        )
    with suppress(ProcessLookupError):  # it ended by itself meanwhile
        os.kill(pid, sent)


def why_not(place: EngineFiles) -> str:
    """Why the server did not start or keeps ending: a damaged file, which only a backup mends, else its last words."""
    if is_damaged(place.database):
        return (
            f"le fichier {place.database} est abîmé. Le mettre de côté et restaurer la dernière sauvegarde : "
            "docs/operations.md, « Backup and restore ». Rien d’autre n’est à réparer"
        )
    return log_tail(place)


def is_damaged(database: Path) -> bool:
    """Whether SQLite itself finds the file damaged; one that is missing or busy is not."""
    if not database.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, timeout=5)) as opened:
            (found,) = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return bool(found != "ok")


def log_tail(place: EngineFiles, size: int = 600) -> str:
    """The last words of the server's log."""
    try:
        return place.log.read_bytes()[-size:].decode("utf-8", "replace").strip()
    except FileNotFoundError:
        return ""
