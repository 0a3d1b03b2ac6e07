"""Mails through the adapter, against bare aiosmtplib on one connection, with the same messages."""

import asyncio
import subprocess
import sys
import tempfile
import time
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import aiosmtplib

from bench.lines import Line
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings

COUNT, ROUNDS, AIM = 300, 3, 0.60
SENDER, READER = "agenda@commune.example", "lecteur@operateur.example"

_SINK = """
import asyncio, sys
from aiosmtpd.smtp import SMTP
class Keep:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"
async def main():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Keep(), hostname="sink"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


def measure() -> list[Line]:
    """Send the same bytes both ways in turn, to a server of another process; the median pair counts."""
    raw = _mail()
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-c", _SINK], stdout=subprocess.PIPE, text=True, cwd=Path(folder)
        ) as sink,
    ):
        assert sink.stdout is not None  # noqa: S101 - asked for above
        port = int(sink.stdout.readline())
        pairs = []
        try:
            for _ in range(ROUNDS):
                bare = asyncio.run(_bare(port, raw))
                pairs.append((asyncio.run(_ours(port, raw)), bare))
        finally:
            sink.terminate()
    ours_rate, bare_rate = sorted(pairs, key=lambda p: p[0] / p[1])[len(pairs) // 2]
    ratio = ours_rate / bare_rate
    figure = f"{ours_rate:.0f}/s vs {bare_rate:.0f}/s = {ratio:.2f}"
    return [Line("mails through the adapter vs bare aiosmtplib", figure, f"≥ {AIM:.2f}", ratio >= AIM)]


def _mail() -> bytes:
    text = "Bonjour,\r\n\r\nLa prochaine échéance tombe le vendredi 30 juin 2023.\r\n" * 12
    message = message_from_bytes(b"", policy=SMTP)
    message["From"], message["To"], message["Subject"] = SENDER, READER, "Rappel"
    message.set_content(text, cte="quoted-printable")
    return bytes(message)


async def _ours(port: int, raw: bytes) -> float:
    transport = SmtpTransport(SmtpSettings(host="127.0.0.1", port=port, security="none"))
    began = time.perf_counter()
    async with transport.session() as session:
        for _ in range(COUNT):
            delivery = await session.deliver(raw, SENDER, READER)
            if delivery.outcome != "accepted":
                raise RuntimeError(delivery.detail)
    return COUNT / (time.perf_counter() - began)


async def _bare(port: int, raw: bytes) -> float:
    began = time.perf_counter()
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
        for _ in range(COUNT):
            await client.sendmail(SENDER, [READER], raw)
    return COUNT / (time.perf_counter() - began)
