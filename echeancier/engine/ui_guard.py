"""What stands before the engine's web interface: it answers its own page only, under this machine's name.

The interface answers whoever asks, under any name: a page of another site, once its name is made to mean this machine, is
the same origin as it. It has no option against that. So it listens on a loopback address drawn at each start, which no page
can guess (24 bits, and a port), and people reach it through this guard, which looks at Host, Origin and Sec-Fetch-Site.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from typing import Final

from echeancier.engine.ports import LOOPBACK

_LONGEST_HEAD: Final = 65_536
_PATIENCE: Final = 30.0
_REFUSAL: Final = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def hidden_address() -> str:
    """Return a loopback address that nobody knows (Linux answers on the whole of 127.0.0.0/8)."""
    return f"127.{secrets.randbelow(254) + 1}.{secrets.randbelow(256)}.{secrets.randbelow(254) + 1}"


class UiGuard:
    """Listens on 127.0.0.1 and passes on what comes from the interface's own page.

    Args:
        port: where people reach the interface, and where it listens on its hidden address.
        hidden: that address.
    """

    def __init__(self, port: int, hidden: str) -> None:
        self._port = port
        self._hidden = hidden
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the port is taken.
        """
        self._server = await asyncio.start_server(self._serve, LOOPBACK, self._port, limit=_LONGEST_HEAD)

    async def stop(self) -> None:
        """Listen no more; what is being answered ends by itself."""
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
            if self._is_allowed(head):
                await self._pass_on(head, reader, writer)
            else:
                writer.write(_REFUSAL)
                await writer.drain()
        writer.close()

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request and its answer: the connection ends with them, so that nothing follows unseen."""
        first, *lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
        kept = [line for line in lines if not line.lower().startswith((b"connection:", b"upgrade:"))]
        said = b"\r\n".join([first, *kept, b"Connection: close", b"", b""])
        there_reader, there = await asyncio.open_connection(self._hidden, self._port)
        there.write(said)
        asking = asyncio.create_task(_copy(reader, there))
        try:
            await _copy(there_reader, writer)
        finally:
            asking.cancel()
            there.close()

    def _is_allowed(self, head: bytes) -> bool:
        """Only the interface's own page, or a person who opens it."""
        first, *lines = head.decode("latin-1").split("\r\n")
        said: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(":")
            said.setdefault(name.strip().lower(), []).append(value.strip())
        names = [f"{name}:{self._port}" for name in (LOOPBACK, "localhost")]
        if len(said.get("host", [])) != 1 or said["host"][0] not in names:
            return False
        if any(origin != f"http://{said['host'][0]}" for origin in said.get("origin", [])):
            return False
        site = said.get("sec-fetch-site", ["none"])
        opened = first.startswith("GET ") and said.get("sec-fetch-dest") == ["document"]
        return site in (["none"], ["same-origin"]) or opened


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while some := await source.read(_LONGEST_HEAD):
            target.write(some)
            await target.drain()
