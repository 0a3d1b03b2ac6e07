# ruff: noqa: N802 - aiosmtpd finds its methods by the names of the SMTP verbs
"""A real SMTP server that misbehaves on demand, for the tests of whoever speaks to a relay."""

import asyncio
import datetime as dt
import ipaddress
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Step = Literal["GREETING", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT"]
"""A moment of the exchange; `CONTENT` is the reply to the final dot."""


@dataclass
class Script:
    """What the server does. Each reply lasts for the life of the server; an empty script accepts everything.

    Attributes:
        replies: a whole reply line given instead of the good one, at a step.
        recipients: a reply for some recipients only, by address.
        drop_at: the step at which the line is cut instead of answering (`CONTENT`: the mail is taken first).
        drop_for: the recipient whose mail is taken, and the line then cut.
        hang_at: the step at which no answer ever comes.
        late: seconds before the final dot is answered.
        drop_after: mails after which the server closes the connection, once its answer is given.
        announce: extensions announced beside the usual ones, such as `DSN`.
        password: the only password accepted from those who give one.
    """

    replies: dict[Step, str] = field(default_factory=dict)
    recipients: dict[str, str] = field(default_factory=dict)
    drop_at: Step | None = None
    drop_for: str = ""
    hang_at: Step | None = None
    late: float = 0
    drop_after: int | None = None
    announce: tuple[str, ...] = ()
    password: str | None = None


@dataclass(frozen=True)
class Received:
    """A mail the server took."""

    content: bytes
    sender: str
    recipients: tuple[str, ...]


class ScriptedServer:
    """Listens on this machine while in its `async with` block.

    Args:
        script: what to do wrong; may be changed between two mails.
        tls: certificate and key; STARTTLS is offered, or with `implicit` the connection begins encrypted.
        implicit: see `tls`.
    """

    def __init__(
        self, script: Script | None = None, tls: ssl.SSLContext | None = None, *, implicit: bool = False
    ) -> None:
        self.script = script or Script()
        self.received: list[Received] = []
        self.commands: list[str] = []
        self.connections = 0
        self.hanging = asyncio.Event()
        self.host = "127.0.0.1"
        self.port = 0
        self._tls = tls
        self._implicit = implicit
        self._open: set[_Connection] = set()

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Connection(self, None if self._implicit else self._tls),
            self.host,
            0,
            ssl=self._tls if self._implicit else None,
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        await asyncio.gather(*(connection.end() for connection in tuple(self._open)))
        await self._server.wait_closed()


class _Connection(SMTP):
    def __init__(self, server: ScriptedServer, tls: ssl.SSLContext | None) -> None:
        self._scripted = server
        super().__init__(
            _Handler(server),
            hostname="relay.example",
            tls_context=tls,
            auth_require_tls=False,
            authenticator=self._password_check,
        )

    @property
    def _script(self) -> Script:
        return self._scripted.script

    def _password_check(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        good = isinstance(given, LoginPassword) and given.password.decode() == self._script.password
        return AuthResult(success=good, handled=False)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if self not in self._scripted._open:
            self._scripted._open.add(self)
            self._scripted.connections += 1
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._scripted._open.discard(self)
        super().connection_lost(error)

    async def end(self) -> None:
        task = self._handler_coroutine
        if self.transport is not None:
            self.transport.close()
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _played(self, step: Step) -> bool:
        """Do what the script says at `step`; true when nothing more is to be answered."""
        if self._script.hang_at == step:
            self._scripted.hanging.set()
            await asyncio.Event().wait()
        if self._script.drop_at == step:
            assert self.transport is not None
            self.transport.close()
            return True
        if step in self._script.replies:
            await super().push(self._script.replies[step])
            return True
        return False

    async def push(self, status: str | bytes) -> None:
        text = status if isinstance(status, str) else status.decode()
        if text.startswith("220 relay.example") and await self._played("GREETING"):
            return
        await super().push(text)

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._played("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:
        if not await self._played("EHLO"):
            await super().smtp_HELO(hostname)

    async def smtp_MAIL(self, arg: str) -> None:
        self._scripted.commands.append(f"MAIL {arg}")
        if not await self._played("MAIL"):
            await super().smtp_MAIL(_without(arg, "RET=", "ENVID="))

    async def smtp_RCPT(self, arg: str) -> None:
        self._scripted.commands.append(f"RCPT {arg}")
        if await self._played("RCPT"):
            return
        address = arg.partition("<")[2].partition(">")[0]
        if address in self._script.recipients:
            await super().push(self._script.recipients[address])
        else:
            await super().smtp_RCPT(_without(arg, "NOTIFY="))

    async def smtp_DATA(self, arg: str) -> None:
        if not await self._played("DATA"):
            await super().smtp_DATA(arg)


class _Handler:
    def __init__(self, server: ScriptedServer) -> None:
        self._scripted = server

    async def handle_EHLO(
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        extra = [f"250-{keyword}" for keyword in self._scripted.script.announce]
        return [*responses[:-1], *extra, responses[-1]]

    async def handle_DATA(self, server: _Connection, _session: Session, envelope: Envelope) -> str:
        script, received = self._scripted.script, self._scripted.received
        if "CONTENT" in script.replies:
            return script.replies["CONTENT"]
        content = envelope.original_content or b""
        received.append(Received(content, envelope.mail_from or "", tuple(envelope.rcpt_tos)))
        if script.drop_at == "CONTENT" or script.hang_at == "CONTENT":
            await server._played("CONTENT")
            await asyncio.Event().wait()  # the closing connection cancels this
        if script.drop_for in envelope.rcpt_tos:
            assert server.transport is not None
            server.transport.close()
            await asyncio.Event().wait()
        await asyncio.sleep(script.late)
        if script.drop_after == len(received):
            await server.push("250 OK")
            assert server.transport is not None
            server.transport.close()
            await asyncio.Event().wait()
        return "250 2.0.0 OK"


def _without(arg: str, *prefixes: str) -> str:
    """Take out the parameters aiosmtpd does not know, once they are recorded."""
    return " ".join(word for word in arg.split(" ") if not word.upper().startswith(prefixes))


def self_signed(directory: Path) -> tuple[ssl.SSLContext, Path]:
    """Return a server context for 127.0.0.1, and the file to trust if one wants to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.example")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = directory / "relay.pem", directory / "relay.key"
    trusted.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(trusted, private)
    return context, trusted
