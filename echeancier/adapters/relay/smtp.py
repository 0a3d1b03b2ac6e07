"""Hands mails to the relay, one recipient per transaction, and says exactly what became of each.

The exchange is driven command by command rather than by the library's `sendmail`, for one reason: only so do
we know whether a connection was lost before or after the content left.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiosmtplib

from echeancier.adapters.relay.outcome import ExchangeStage, failure
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.ports import Leaving, unheard
from echeancier.domain.text import checked_address

__all__ = ["SmtpSession", "SmtpSettings", "SmtpTransport"]

_FAILURES = (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError)
_LEADING_DOT = re.compile(rb"(?m)^\.")
_QUIT_TIMEOUT = 2.0


class SmtpTransport:
    """Implements `MailTransport` with a real relay. Keeps no connection between two calls."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        """Send `raw` to `recipient` on a connection of its own; see `MailTransport.deliver`."""
        async with self.session() as session:
            return await session.deliver(raw, envelope_from, recipient, leaving)

    async def trouble(self) -> str:
        """Return why the relay cannot be spoken to now, empty when it can; see `MailTransport.trouble`."""
        return await SmtpSession(self._settings).greeting()

    @asynccontextmanager
    async def session(self) -> AsyncIterator["SmtpSession"]:
        """Give a session that sends several mails on one connection, opened with the first of them."""
        session = SmtpSession(self._settings)
        try:
            yield session
        finally:
            await session.close()


class SmtpSession:
    """Several mails on one connection, one after the other. Opens it again when the relay has closed it."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._client: aiosmtplib.SMTP | None = None
        self._one_at_a_time = asyncio.Lock()

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        """Send one mail; see `MailTransport.deliver`. Calls made together wait for each other."""
        refusal = _unsendable(raw, envelope_from, recipient)
        if refusal is not None:
            return refusal
        async with self._one_at_a_time:
            reused = self._client is not None and self._client.is_connected
            delivery, stage = await self._attempt(raw, envelope_from, recipient, leaving)
            if reused and delivery.outcome == "deferred" and delivery.code is None and stage < ExchangeStage.DATA:
                # The relay had closed an idle connection: nothing has left, so a fresh one is worth a try.
                delivery, stage = await self._attempt(raw, envelope_from, recipient, leaving)
            return delivery

    async def greeting(self) -> str:
        """Connect, sign in if asked to, and take leave; return what went wrong, empty for nothing."""
        try:
            await self._connected()
        except _FAILURES as error:
            return failure(error, ExchangeStage.CONNECTION).detail or "le serveur de courriel a refusé la connexion"
        finally:
            await self.close()
        return ""

    async def close(self) -> None:
        """Take leave of the relay; a relay that does not answer any more is not waited for."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            if client.is_connected:
                await client.quit(timeout=min(_QUIT_TIMEOUT, self._settings.timeout))
        except _FAILURES:
            pass  # what was accepted stays accepted
        finally:
            client.close()

    async def _attempt(
        self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving
    ) -> tuple[Delivery, ExchangeStage]:
        exchange = _Exchange(envelope_from, recipient, leaving, self._settings.content_timeout)
        try:
            client = await self._connected()
            return await exchange.run(client, raw), exchange.stage
        except _FAILURES as error:
            if exchange.stage is ExchangeStage.CONTENT and not isinstance(error, aiosmtplib.SMTPDataError):
                self._drop()
            await self._ready_for_the_next()
            found = failure(error, exchange.stage, (recipient, envelope_from))
            # Before the recipient was named, or without an answer at all, nothing was said against him.
            silent = found.code is None and found.outcome != "ambiguous"
            ours = found.outcome == "misconfigured" or silent or exchange.stage < ExchangeStage.RECIPIENT
            return found.model_copy(update={"ours": ours}), exchange.stage
        except BaseException:
            # Cancelled in the middle of an exchange: the connection cannot be trusted any more.
            self._drop()
            raise

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        settings = self._settings
        client = aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.effective_port,
            username=settings.username,
            password=settings.password.get_secret_value() if settings.password else None,
            local_hostname=settings.helo_name,
            timeout=settings.timeout,
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            tls_context=await asyncio.to_thread(_certificate_checks, settings),
        )
        await client.connect(timeout=settings.connect_timeout)
        await _greet(client)
        self._client = client
        return client

    async def _ready_for_the_next(self) -> None:
        if self._client is None or not self._client.is_connected:
            return
        try:
            await self._client.rset()
        except _FAILURES:
            self._drop()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


class _Exchange:
    """One mail transaction (RFC 5321, 3.3), which remembers how far it went."""

    def __init__(self, envelope_from: str, recipient: str, leaving: Leaving, content_timeout: float) -> None:
        self.stage = ExchangeStage.CONNECTION
        self._leaving = leaving
        self._content_timeout = content_timeout
        self._envelope_from = envelope_from
        self._recipient = recipient

    async def run(self, client: aiosmtplib.SMTP, raw: bytes) -> Delivery:
        reports = client.supports_extension("dsn")
        self.stage = ExchangeStage.SENDER
        size = [f"SIZE={len(raw)}"] if client.supports_extension("size") else []
        await client.mail(self._envelope_from, options=[*size, *(self._report_options() if reports else [])])
        self.stage = ExchangeStage.RECIPIENT
        await client.rcpt(self._recipient, options=["NOTIFY=FAILURE,DELAY"] if reports else [])
        self.stage = ExchangeStage.DATA
        start = await client.execute_command(b"DATA")
        if start.code != aiosmtplib.SMTPStatus.start_input:
            raise aiosmtplib.SMTPDataError(start.code, start.message)
        await self._leaving()
        self.stage = ExchangeStage.CONTENT
        answer = await _send_content(client, raw, self._content_timeout)
        if not 200 <= answer.code < 300:
            raise aiosmtplib.SMTPDataError(answer.code, answer.message)
        return Delivery(outcome="accepted", code=answer.code, detail="le serveur a pris le message en charge")

    def _report_options(self) -> list[str]:
        # RFC 3461: failures come back with our reference, headers only. The reference is the tag of the
        # return address (`bounces+<tag>@…`); of the characters it may hold, only these two need an escape.
        _, plus, tag = self._envelope_from.rpartition("@")[0].partition("+")
        escaped = tag.replace("+", "+2B").replace("=", "+3D")
        return ["RET=HDRS", f"ENVID={escaped}"] if plus and tag and len(escaped) <= 100 else ["RET=HDRS"]


def _certificate_checks(settings: SmtpSettings) -> ssl.SSLContext | None:
    try:
        return settings.tls_context()
    except OSError as error:  # not the network: waiting will not help
        raise ValueError("the certificate authority file cannot be used") from error


async def _greet(client: aiosmtplib.SMTP) -> None:
    """Say EHLO now, so that a refusal of our name is not taken for a refusal of the sender."""
    if client.is_ehlo_or_helo_needed:
        try:
            await client.ehlo()
        except aiosmtplib.SMTPHeloError:
            if not client.is_connected:
                raise
            await client.helo()


async def _send_content(client: aiosmtplib.SMTP, raw: bytes, patience: float) -> aiosmtplib.SMTPResponse:
    protocol = client.protocol
    if protocol is None:
        raise aiosmtplib.SMTPServerDisconnected("Connection lost")
    ended = raw if raw.endswith(b"\r\n") else raw + b"\r\n"
    protocol.write(_LEADING_DOT.sub(b"..", ended) + b".\r\n")
    return await protocol.read_response(timeout=patience)


def _unsendable(raw: bytes, envelope_from: str, recipient: str) -> Delivery | None:
    """Refuse what could be read as commands or as a second mail, before any connection."""
    problem = ""
    if not raw.isascii() or b"\0" in raw:
        problem = "le message n’est pas en ASCII"
    elif not raw.count(b"\r\n") == raw.count(b"\r") == raw.count(b"\n"):
        problem = "le message contient une fin de ligne isolée"  # lets a second mail be smuggled in
    for address in (envelope_from, recipient):
        try:
            if checked_address(address) != address:
                problem = "adresse d’enveloppe à normaliser"
        except ValueError as error:
            problem = str(error)
    return Delivery(outcome="misconfigured", fault="settings", detail=problem) if problem else None
