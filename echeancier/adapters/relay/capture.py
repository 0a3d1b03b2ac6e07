"""Mails that do not leave this machine: a small relay for rehearsals and for who has none."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from echeancier.adapters.servers import is_this_machine
from echeancier.adapters.stores.mail_drop import KeptMail, MailDrop

_log = logging.getLogger(__name__)

Answer = Callable[[str], str]
"""What a server says of a recipient."""


class CaptureServer:
    """A real SMTP server of this machine that keeps each mail as a `.eml` file and an index line.

    The bytes are those that were sent. A mail is acknowledged once it is safely on disk. Use it as an
    asynchronous context manager; the port is known once it has started.

    Args:
        directory: Where the mails go; created if missing.
        host: An address of this machine only.
        port: 0 to let the system choose.
        answer: Asked for each recipient; a whole reply line such as « 550 5.1.1 No such user », or empty to
            take the mail.

    Raises:
        ValueError: `host` can be reached from elsewhere.
    """

    def __init__(self, directory: Path, host: str = "127.0.0.1", port: int = 0, answer: Answer | None = None) -> None:
        if not is_this_machine(host):
            raise ValueError("le serveur de capture n’écoute que sur cette machine")
        self.host = host
        self.port = port
        self._drop = MailDrop(directory)
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()

    async def start(self) -> None:
        """Listen. Raises `OSError` when the port is taken."""
        handler = _Keeper(self._drop, self._answer)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(handler, self._connections), self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and close the connections; mails already acknowledged are on disk."""
        if self._server is None:
            return
        self._server.close()
        await asyncio.gather(*(connection.end() for connection in tuple(self._connections)))
        await self._server.wait_closed()
        self._server = None

    def mails(self) -> list[KeptMail]:
        """Return what was received so far, oldest first, earlier runs in the same directory included."""
        return self._drop.read()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


class _Keeper:
    """The part of the server that receives; the method names are those aiosmtpd calls."""

    def __init__(self, drop: MailDrop, answer: Answer | None) -> None:
        self._drop = drop
        self._answer = answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._answer is not None and (refusal := self._answer(address)):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        raw = envelope.original_content or b""
        try:
            await asyncio.to_thread(self._drop.keep, raw, envelope.mail_from or "", tuple(envelope.rcpt_tos))
        except OSError:
            _log.exception("The mail could not be kept")
            return "452 4.3.1 Cannot write the mail"
        return "250 2.0.0 Kept"


class _Connection(SMTP):
    """One client. Known to the server, so that stopping leaves no task behind."""

    def __init__(self, handler: _Keeper, connections: "set[_Connection]") -> None:
        super().__init__(handler, hostname="localhost", ident="Echeancier")
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._connections.discard(self)
        super().connection_lost(error)

    async def end(self) -> None:
        task = self._handler_coroutine
        if self.transport is not None:
            self.transport.close()
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
