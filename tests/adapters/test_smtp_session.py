"""One connection for several mails, what is announced to the relay, and what is never sent."""

import asyncio

import pytest

from echeancier.adapters.relay.smtp import SmtpTransport
from tests.adapters.mails import PARTNER, RETURN_PATH
from tests.adapters.test_smtp_outcomes import RAW, settings
from tests.smtpd import Script, ScriptedServer


async def test_a_session_uses_one_connection() -> None:
    async with ScriptedServer() as server, SmtpTransport(settings(server)).session() as session:
        for _ in range(5):
            await session.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert (len(server.received), server.connections) == (5, 1)


async def test_mails_given_together_wait_for_each_other() -> None:
    async with ScriptedServer() as server, SmtpTransport(settings(server)).session() as session:
        results = await asyncio.gather(
            *(session.deliver(RAW, RETURN_PATH, f"p{n}@partenaire.example") for n in range(5))
        )
    assert {result.outcome for result in results} == {"accepted"}
    assert [len(received.recipients) for received in server.received] == [1] * 5


async def test_a_session_opens_again_when_the_relay_closed_an_idle_connection() -> None:
    script = Script(drop_after=1)
    async with ScriptedServer(script) as server, SmtpTransport(settings(server)).session() as session:
        first = await session.deliver(RAW, RETURN_PATH, PARTNER.address)
        second = await session.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert (first.outcome, second.outcome) == ("accepted", "accepted")
    assert server.connections == 2


async def test_an_ambiguous_mail_is_not_sent_again_by_the_session_itself() -> None:
    async with ScriptedServer() as server, SmtpTransport(settings(server)).session() as session:
        await session.deliver(RAW, RETURN_PATH, PARTNER.address)
        server.script = Script(drop_at="CONTENT")
        result = await session.deliver(RAW, RETURN_PATH, PARTNER.address)
        assert result.outcome == "ambiguous"
        assert len(server.received) == 2


async def test_a_session_goes_on_after_an_ambiguous_mail() -> None:
    script = Script(drop_at="CONTENT")
    async with ScriptedServer(script) as server, SmtpTransport(settings(server)).session() as session:
        await session.deliver(RAW, RETURN_PATH, PARTNER.address)
        server.script = Script()
        result = await session.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "accepted"


async def test_delivery_reports_are_asked_for_when_announced() -> None:
    async with ScriptedServer(Script(announce=("DSN",))) as server:
        result = await SmtpTransport(settings(server)).deliver(RAW, RETURN_PATH, PARTNER.address)
    mail_from, rcpt_to = server.commands
    assert result.outcome == "accepted"
    assert "RET=HDRS" in mail_from
    assert "ENVID=conv-042.7" in mail_from
    assert rcpt_to.endswith("NOTIFY=FAILURE,DELAY")


async def test_delivery_reports_are_not_asked_for_when_not_announced() -> None:
    async with ScriptedServer() as server:
        await SmtpTransport(settings(server)).deliver(RAW, RETURN_PATH, PARTNER.address)
    assert not any(word in command for command in server.commands for word in ("RET=", "ENVID=", "NOTIFY="))


@pytest.mark.parametrize(
    "recipient",
    [
        "a@partenaire.example>\r\nRCPT TO:<b@partenaire.example",
        "a@partenaire.example NOTIFY=NEVER",
        "a@partenaire.example,b@partenaire.example",
        "élodie@partenaire.example",
        "",
    ],
)
async def test_an_envelope_that_could_hold_a_command_never_reaches_the_relay(recipient: str) -> None:
    async with ScriptedServer() as server:
        result = await SmtpTransport(settings(server)).deliver(RAW, RETURN_PATH, recipient)
    assert result.outcome == "misconfigured"
    assert (server.connections, server.commands) == (0, [])


@pytest.mark.parametrize("ending", [b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\r"])
async def test_a_content_that_could_end_early_never_reaches_the_relay(ending: bytes) -> None:
    async with ScriptedServer() as server:
        smuggled = RAW + ending + b"MAIL FROM:<x@y.example>\r\n"
        result = await SmtpTransport(settings(server)).deliver(smuggled, RETURN_PATH, PARTNER.address)
    assert result.outcome == "misconfigured"
    assert server.connections == 0


async def test_lines_that_begin_with_a_dot_arrive_unchanged() -> None:
    raw = b"Subject: points\r\n\r\n.\r\n..\r\n.a\r\nfin\r\n"
    async with ScriptedServer() as server:
        await SmtpTransport(settings(server)).deliver(raw, RETURN_PATH, PARTNER.address)
    assert server.received[0].content == raw
