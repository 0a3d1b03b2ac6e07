"""An engine for the time of a rehearsal: the real server, in memory, on this machine only, gone with its owner."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from temporalio.client import Client
from temporalio.converter import PayloadCodec

from echeancier.engine.client import connect
from echeancier.engine.embedded import NAMESPACE, READY_WITHIN
from echeancier.engine.errors import EngineError, EngineStartError
from echeancier.engine.namespace import prepare_namespace
from echeancier.engine.ports import free_port, is_free
from echeancier.engine.server import ServerOptions, spawn_in_memory

_ATTEMPTS = 3


@asynccontextmanager
async def rehearsal_engine(codec: PayloadCodec | None) -> AsyncIterator[Client]:
    """Start a server that nobody else knows, and yield a client of it.

    It writes no file: what it keeps is in its memory, sealed by ``codec``, and goes with it. It ends with this block; with
    this process too, whatever ends it (Linux: the kernel kills it).

    Raises:
        EngineStartError: the server did not start; its last words are in the message.
    """
    with tempfile.TemporaryFile() as log:  # has no name: nothing is left of it either
        for attempt in range(1, _ATTEMPTS + 1):
            port = free_port()
            server = await spawn_in_memory(ServerOptions(port), log)
            try:
                client = await _ready(server, port, codec)
                if client is not None:
                    yield client
                    return
            finally:
                if server.returncode is None:
                    server.kill()
                    await server.wait()
            # Somebody may have taken the port between our look and the server's start.
            if is_free(port) or attempt == _ATTEMPTS:
                log.seek(0)
                words = log.read()[-600:].decode("utf-8", "replace").strip()
                raise EngineStartError(f"Le moteur de la répétition n’a pas démarré\u00a0: {words}")


async def _ready(server: asyncio.subprocess.Process, port: int, codec: PayloadCodec | None) -> Client | None:
    """Return a client once the namespace is ready, None when the server ended before."""
    connecting = asyncio.create_task(_connected(port, codec))
    ended = asyncio.create_task(server.wait())
    try:
        await asyncio.wait({connecting, ended}, return_when=asyncio.FIRST_COMPLETED)
        return None if ended.done() else await connecting
    finally:
        connecting.cancel()
        ended.cancel()


async def _connected(port: int, codec: PayloadCodec | None) -> Client:
    try:
        client = await connect(f"127.0.0.1:{port}", namespace=NAMESPACE, codec=codec, patience=READY_WITHIN)
        await prepare_namespace(client, timedelta(days=1))
    except EngineError as error:
        raise EngineStartError(f"Le moteur de la répétition n’est pas prêt\u00a0: {error}") from error
    return client
