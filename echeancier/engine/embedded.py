"""The embedded engine: a real Temporal server as a child process, on a SQLite file, with nothing to install.

Two locks keep it single (`engine.locks`): the owner's, so that a second `run` on the directory is refused,
and the server's, so that an orphan left by a killed owner is found and ended before a new one opens its file.
An orphan is ended rather than adopted: its state is all in the file, the new server takes the same port, and
there is then one way to be alive (our child, with our options) instead of two. Linux and macOS.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import deque
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from temporalio.client import Client
from temporalio.service import RPCError

from echeancier.engine.client import connect
from echeancier.engine.errors import EngineBusyError, EngineError, EngineStartError
from echeancier.engine.locks import FileLock, holder
from echeancier.engine.namespace import RETENTION, prepare_namespace
from echeancier.engine.ports import free_port, is_free
from echeancier.engine.server import GRACE, EngineFiles, ServerOptions, end_server, spawn, why_not
from echeancier.engine.state import EngineState, last_state, write_state
from echeancier.engine.ui_guard import UiGuard, hidden_address

NAMESPACE = "default"
"""The namespace the dev server always has."""

READY_WITHIN = timedelta(seconds=60)
"""A cold start takes a quarter of a second; a big file on a slow disk deserves patience."""

RESTARTS, RESTARTS_WINDOW = 5, 60.0
"""`supervise` gives up when the server ended more often than this in so many seconds."""

_PORT_ATTEMPTS = 3

log = logging.getLogger(__name__)


class EmbeddedEngine:
    """The engine of one directory, owned by this process between `start` and `stop`.

        async with EmbeddedEngine(Path("var")) as engine:
            supervision = asyncio.create_task(engine.supervise())
            client = await connect(engine.address)

    Drain the worker before leaving the block: a worker whose server is gone takes long to end.

    Args:
        directory: Holds the SQLite file and its companions; made, for its owner only, if missing.
        port: Port on 127.0.0.1. By default the last one used if it is free, else a free one.
        ui: Serve Temporal's web interface too.
        ui_port: Its port, chosen like `port` by default.
        retention: How long closed workflows are kept.
        fast_timers: See `ServerOptions`.
        die_with_parent: See `ServerOptions`.
    """

    def __init__(
        self,
        directory: Path,
        *,
        port: int | None = None,
        ui: bool = False,
        ui_port: int | None = None,
        retention: timedelta = RETENTION,
        fast_timers: bool = False,
        die_with_parent: bool = True,
    ) -> None:
        self._place = EngineFiles(directory.resolve())
        self._port, self._ui, self._ui_port = port, ui, ui_port
        self._retention = retention
        # Port 0 stands for "not chosen yet".
        self._options = ServerOptions(
            0, ui_address=hidden_address(), fast_timers=fast_timers, die_with_parent=die_with_parent
        )
        self._guard: UiGuard | None = None
        self._owner: FileLock | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._state: EngineState | None = None
        self._stopping = False
        self._spawning = asyncio.Lock()  # `stop` and a restart must not cross

    @property
    def state(self) -> EngineState:
        """Where the started engine is."""
        if self._state is None:
            raise RuntimeError("the engine is not started")
        return self._state

    @property
    def address(self) -> str:
        """`127.0.0.1:port`, the same as long as this object is started, restarts included."""
        return self.state.address

    async def start(self) -> None:
        """Own the directory, end an orphan, start the server, prepare its namespace.

        Raises:
            EngineBusyError: A living process owns this directory.
            EngineStartError: The server did not start; its last words are in the message.
        """
        if self._owner is not None:
            raise RuntimeError("the engine is already started")
        self._place.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._owner = FileLock.take(self._place.owner_lock)
        if self._owner is None:
            raise EngineBusyError(
                f"Échéancier est déjà lancé sur le dossier {self._place.directory} "
                f"(processus {holder(self._place.owner_lock)}). "
                "Un seul à la fois\u00a0: arrêtez-le, ou choisissez un autre dossier."
            )
        self._owner.sign()
        self._stopping = False
        try:
            await self._start_on_a_port()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the server (gently, then not), release the directory. Does nothing when not started."""
        self._stopping = True
        if self._owner is None:
            return
        try:
            if self._guard is not None:
                await self._guard.stop()
                self._guard = None
            async with self._spawning:
                (await end_server(self._place)).release()
            if self._process is not None:
                async with asyncio.timeout(GRACE):
                    await self._process.wait()
        finally:
            self._process = None
            self._owner.release()
            self._owner = None

    async def supervise(self) -> None:
        """Restart the server on its file and port whenever it ends by itself; returns after `stop`.

        Clients and workers reconnect by themselves.

        Raises:
            EngineStartError: It ends again and again, or cannot be restarted.
        """
        clock = asyncio.get_running_loop().time
        ends: deque[float] = deque()
        while (process := self._process) is not None:
            code = await process.wait()
            if self._stopping:
                return
            ends.append(clock())
            while ends[0] < clock() - RESTARTS_WINDOW:
                ends.popleft()
            if len(ends) > RESTARTS:
                raise EngineStartError(
                    f"Le moteur s’arrête sans cesse (code {code}). "
                    f"Pourquoi\u00a0: {await asyncio.to_thread(why_not, self._place)}."
                )
            log.warning("Le moteur s’est arrêté (code %s)\u00a0; il est relancé sur le même fichier.", code)
            await asyncio.sleep(0.1 * (2 ** (len(ends) - 1) - 1))  # at once, then 0.1 s, 0.3 s, 0.7 s...
            try:
                await self._launch()
            except EngineStartError as error:
                if not self._stopping:
                    log.warning("%s", error)

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, whatever happened."""
        await self.stop()

    async def _start_on_a_port(self) -> None:
        last = last_state(self._place)
        # First, so that the port of an orphan is free again when we choose ours.
        (await end_server(self._place)).release()
        for attempt in range(1, _PORT_ATTEMPTS + 1):
            port = _choose(self._port, last.port if last else None)
            ui_port = _choose(self._ui_port, last.ui_port if last else None) if self._ui else None
            # Not ours to listen on: the codec server may hold it already.
            codec_port = ((last and last.codec_port) or free_port()) if self._ui else None
            self._options = replace(self._options, port=port, ui_port=ui_port, codec_port=codec_port)
            try:
                await self._guard_the_ui(ui_port)
                await self._launch()
            except EngineStartError:
                # Somebody may have taken the port between our look and the server's start.
                lost_race = self._port is None and not is_free(port)
                if not lost_race or attempt == _PORT_ATTEMPTS:
                    raise
            else:
                return

    async def _guard_the_ui(self, port: int | None) -> None:
        """Stand before the web interface as long as this object is started, restarts of the server included."""
        if self._guard is not None:
            await self._guard.stop()
            self._guard = None
        if port is None:
            return
        if sys.platform != "linux":  # elsewhere 127.0.0.1 is the only loopback address: nowhere to hide it
            raise EngineStartError(
                "L’interface du moteur (--ui) ne peut être protégée que sous Linux\u00a0: lancer sans elle."
            )
        self._guard = UiGuard(port, self._options.ui_address)
        try:
            await self._guard.start()
        except OSError as error:
            raise EngineStartError(f"Le port {port} de l’interface est déjà utilisé par un autre programme.") from error

    async def _launch(self) -> None:
        """One start of the server with the chosen ports, until its namespace is ready."""
        async with self._spawning:
            if self._stopping:
                raise EngineStartError("Le moteur est en cours d’arrêt.")
            lock = await end_server(self._place)
            process = self._process = await spawn(self._place, self._options, lock)
            self._state = EngineState(
                port=self._options.port, ui_port=self._options.ui_port, pid=process.pid,
                codec_port=self._options.codec_port,
            )  # fmt: skip
            write_state(self._place, self._state)
        ready = asyncio.create_task(self._ready())
        ended = asyncio.create_task(process.wait())
        try:
            await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                await ready
        except BaseException:
            if process.returncode is None:
                process.kill()  # it lives but does not serve: the caller decides whether to try again
            raise
        finally:
            ready.cancel()
            ended.cancel()
        if process.returncode is not None:
            raise EngineStartError(
                f"Le moteur n’a pas démarré (code {process.returncode})\u00a0: "
                f"{await asyncio.to_thread(why_not, self._place)}."
            )

    async def _ready(self) -> None:
        try:
            client: Client = await connect(self.address, namespace=NAMESPACE, patience=READY_WITHIN)
            await prepare_namespace(client, self._retention)
        except (RPCError, EngineError) as error:
            raise EngineStartError(f"Le moteur n’est pas prêt\u00a0: {error}") from error


def _choose(wanted: int | None, last: int | None) -> int:
    if wanted is not None:
        if not is_free(wanted):
            raise EngineStartError(
                f"Le port {wanted} est déjà utilisé par un autre programme\u00a0: choisissez-en un autre."
            )
        return wanted
    return last if last is not None and is_free(last) else free_port()
