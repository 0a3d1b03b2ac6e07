"""Each way a relay can fail, played by a real server, and what the transport makes of it."""

import asyncio
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest

from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.relay.smtp import SmtpSettings, SmtpTransport
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.ports import Leaving
from tests.adapters.mails import PARTNER, RETURN_PATH, mail
from tests.smtpd import Script, ScriptedServer, self_signed

RAW = to_bytes(mail())


def settings(server: ScriptedServer, **changes: Any) -> SmtpSettings:
    values: dict[str, Any] = {
        "host": server.host,
        "port": server.port,
        "security": "none",
        "helo_name": "client.example",
    }
    return SmtpSettings(**(values | changes))


async def delivery(script: Script, **changes: Any) -> tuple[Delivery, ScriptedServer]:
    async with ScriptedServer(script) as server:
        transport = SmtpTransport(settings(server, **changes))
        return await transport.deliver(RAW, RETURN_PATH, PARTNER.address), server


async def test_an_accepted_mail_arrives_byte_for_byte() -> None:
    result, server = await delivery(Script())
    assert (result.outcome, result.code) == ("accepted", 250)
    (received,) = server.received
    assert received.content == RAW
    assert (received.sender, received.recipients) == (RETURN_PATH, (PARTNER.address,))


@pytest.mark.parametrize("step", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT"])
@pytest.mark.parametrize("reply", ["421 4.3.2 Closing", "451 4.7.1 Greylisted", "452 4.2.2 Full"])
async def test_a_reply_in_four_hundred_defers_at_any_step(step: Any, reply: str) -> None:
    result, server = await delivery(Script(replies={step: reply}))
    assert (result.outcome, result.code) == ("deferred", int(reply[:3]))
    assert server.received == []


@pytest.mark.parametrize("step", ["RCPT", "DATA", "CONTENT"])
async def test_a_reply_in_five_hundred_after_the_recipient_is_named_refuses_for_good(step: Any) -> None:
    result, _ = await delivery(Script(replies={step: "550 5.1.1 Unknown"}))
    assert (result.outcome, result.code) == ("refused", 550)


@pytest.mark.parametrize("step", ["GREETING", "EHLO", "MAIL"])
async def test_a_refusal_before_the_recipient_is_named_is_not_held_against_the_recipient(step: Any) -> None:
    result, _ = await delivery(Script(replies={step: "554 5.7.1 Not from you"}))
    assert (result.outcome, result.code) == ("misconfigured", 554)


@pytest.mark.parametrize(
    ("step", "reply", "outcome"),
    [
        ("RCPT", "552 Mailbox full", "deferred"),
        ("RCPT", "550 5.2.2 Over quota", "deferred"),
        ("CONTENT", "552 5.3.4 Message too big", "misconfigured"),
        ("MAIL", "530 5.7.0 Must issue a STARTTLS command first", "misconfigured"),
        ("RCPT", "530 5.7.0 Authentication required", "misconfigured"),
        ("RCPT", "554 5.7.1 Relay access denied", "misconfigured"),
        ("RCPT", "554 5.7.1 Rejected by policy", "misconfigured"),
    ],
)
async def test_some_codes_say_more_than_their_first_digit(step: Any, reply: str, outcome: str) -> None:
    result, _ = await delivery(Script(replies={step: reply}))
    assert result.outcome == outcome


@pytest.mark.parametrize("step", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"])
async def test_a_line_cut_before_the_content_left_defers(step: Any) -> None:
    result, _ = await delivery(Script(drop_at=step))
    assert (result.outcome, result.code) == ("deferred", None)


async def test_a_line_cut_after_the_content_left_is_ambiguous() -> None:
    result, server = await delivery(Script(drop_at="CONTENT"))
    assert (result.outcome, result.code) == ("ambiguous", None)
    assert [received.content for received in server.received] == [RAW]


@pytest.mark.parametrize("step", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"])
async def test_a_relay_silent_before_the_content_left_defers(step: Any) -> None:
    result, _ = await delivery(Script(hang_at=step), timeout=0.2, connect_timeout=0.2)
    assert result.outcome == "deferred"


async def test_a_relay_silent_after_the_content_left_is_ambiguous() -> None:
    result, server = await delivery(Script(hang_at="CONTENT"), content_timeout=0.2)
    assert result.outcome == "ambiguous"
    assert len(server.received) == 1


async def test_a_relay_that_reads_the_message_for_longer_than_a_command_may_take_is_waited_for() -> None:
    result, server = await delivery(Script(late=0.6), timeout=0.2)
    assert (result.outcome, len(server.received)) == ("accepted", 1)
    assert SmtpSettings(host="relay.example").content_timeout == 600  # RFC 5321, 4.5.3.2.6


async def test_a_relay_that_reads_it_for_longer_than_our_patience_may_have_it() -> None:
    result, server = await delivery(Script(late=5), content_timeout=0.2)
    assert (result.outcome, len(server.received)) == ("ambiguous", 1)


@pytest.mark.parametrize("step", ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"])
async def test_nobody_is_told_that_the_content_leaves_before_it_does(step: Any) -> None:
    told: list[int] = []
    async with ScriptedServer(Script(drop_at=step)) as server:
        await SmtpTransport(settings(server)).deliver(RAW, RETURN_PATH, PARTNER.address, heard_in(told))
    assert told == []


async def test_what_must_be_told_first_keeps_the_content_from_leaving_when_it_cannot_be() -> None:
    async def nobody_there() -> None:
        raise LookupError("nobody")

    told: list[int] = []
    async with ScriptedServer() as server:
        transport = SmtpTransport(settings(server))
        with pytest.raises(LookupError):
            await transport.deliver(RAW, RETURN_PATH, PARTNER.address, nobody_there)
        assert server.received == []
        await transport.deliver(RAW, RETURN_PATH, PARTNER.address, heard_in(told))
        assert (told, len(server.received)) == ([1], 1)


def heard_in(told: list[int]) -> Leaving:
    async def leaving() -> None:
        told.append(1)

    return leaving


@pytest.mark.parametrize(
    ("script", "ours"),
    [
        (Script(drop_at="GREETING"), True), (Script(replies={"GREETING": "421 closing"}), True),
        (Script(replies={"MAIL": "451 later"}), True), (Script(drop_at="RCPT"), True), (Script(drop_at="DATA"), True),
        (Script(replies={"RCPT": "451 later"}), False), (Script(replies={"CONTENT": "451 later"}), False),
        (Script(drop_at="CONTENT"), False),
    ],
)  # fmt: skip
async def test_what_says_nothing_of_the_recipient_is_ours(script: Script, ours: bool) -> None:
    result, _ = await delivery(script)
    assert result.ours is ours


async def test_a_nonsense_answer_after_the_content_left_is_ambiguous() -> None:
    result, _ = await delivery(Script(replies={"CONTENT": "hello there"}))
    assert result.outcome == "ambiguous"


async def test_a_retry_after_ambiguity_carries_the_same_bytes() -> None:
    async with ScriptedServer(Script(drop_at="CONTENT")) as server:
        transport = SmtpTransport(settings(server))
        await transport.deliver(to_bytes(mail()), RETURN_PATH, PARTNER.address)
        server.script = Script()
        await transport.deliver(to_bytes(mail()), RETURN_PATH, PARTNER.address)
    first, second = server.received
    assert first.content == second.content


async def test_a_closed_port_defers() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        transport = SmtpTransport(SmtpSettings(host="127.0.0.1", port=port, security="none"))
        result = await transport.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "deferred"


async def test_one_refused_recipient_does_not_keep_the_other_from_being_served() -> None:
    script = Script(recipients={"inconnu@partenaire.example": "550 5.1.1 Unknown"})
    async with ScriptedServer(script) as server, SmtpTransport(settings(server)).session() as session:
        refused = await session.deliver(RAW, RETURN_PATH, "inconnu@partenaire.example")
        accepted = await session.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert (refused.outcome, accepted.outcome) == ("refused", "accepted")
    assert [received.recipients for received in server.received] == [(PARTNER.address,)]
    assert server.connections == 1


async def test_starttls_with_a_trusted_certificate_delivers(tmp_path: Path) -> None:
    context, trusted = self_signed(tmp_path)
    async with ScriptedServer(tls=context) as server:
        transport = SmtpTransport(settings(server, security="starttls", ca_file=trusted))
        result = await transport.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "accepted"


@pytest.mark.parametrize("implicit", [True, False])
async def test_an_untrusted_certificate_is_a_matter_for_the_operator(tmp_path: Path, implicit: bool) -> None:
    context, _ = self_signed(tmp_path)
    async with ScriptedServer(tls=context, implicit=implicit) as server:
        transport = SmtpTransport(settings(server, security="tls" if implicit else "starttls"))
        result = await transport.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "misconfigured"
    assert "certificat" in result.detail
    assert server.received == []


async def test_implicit_tls_with_a_trusted_certificate_delivers(tmp_path: Path) -> None:
    context, trusted = self_signed(tmp_path)
    async with ScriptedServer(tls=context, implicit=True) as server:
        transport = SmtpTransport(settings(server, security="tls", ca_file=trusted))
        result = await transport.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "accepted"


async def test_a_relay_that_does_not_offer_starttls_never_gets_the_mail_in_clear() -> None:
    result, server = await delivery(Script(), security="starttls")
    assert result.outcome == "misconfigured"
    assert server.commands == []


async def test_encryption_asked_of_a_plain_port_is_a_matter_for_the_operator() -> None:
    result, _ = await delivery(Script(), security="tls")
    assert result.outcome == "misconfigured"


async def test_an_authority_file_that_is_missing_is_a_matter_for_the_operator(tmp_path: Path) -> None:
    result, _ = await delivery(Script(), security="starttls", ca_file=tmp_path / "absent.pem")
    assert result.outcome == "misconfigured"


async def test_a_good_password_delivers() -> None:
    result, _ = await delivery(Script(password="juste"), username="agenda", password="juste")
    assert result.outcome == "accepted"


async def test_a_wrong_password_is_a_matter_for_the_operator() -> None:
    result, _ = await delivery(Script(password="juste"), username="agenda", password="faux")
    assert (result.outcome, result.code) == ("misconfigured", 535)
    assert "faux" not in result.detail


async def test_a_password_the_relay_does_not_ask_for_is_a_matter_for_the_operator() -> None:
    async with ScriptedServer(Script(replies={"EHLO": "250 relay.example"})) as server:
        transport = SmtpTransport(settings(server, username="agenda", password="juste"))
        result = await transport.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "misconfigured"


@pytest.mark.parametrize(
    "words",
    [
        "<referente@partenaire.example>: unknown",
        "REFERENTE@partenaire.example does not exist",
        "no mailbox named referente here",
        "bad sender bounces+conv-042.7@commune.example",
    ],
)
async def test_the_explanation_holds_no_address(words: str) -> None:
    result, _ = await delivery(Script(replies={"RCPT": f"550 5.1.1 {words}"}))
    assert "referente" not in result.detail.lower()
    assert "@" not in result.detail


async def test_a_cancelled_delivery_leaves_the_session_usable() -> None:
    script = Script(hang_at="RCPT")
    async with ScriptedServer(script) as server, SmtpTransport(settings(server)).session() as session:
        sending = asyncio.create_task(session.deliver(RAW, RETURN_PATH, PARTNER.address))
        await server.hanging.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        server.script = Script()
        result = await session.deliver(RAW, RETURN_PATH, PARTNER.address)
    assert result.outcome == "accepted"


def test_the_default_is_encrypted() -> None:
    default = SmtpSettings(host="relais.commune.example")
    assert (default.security, default.effective_port) == ("starttls", 587)
    context = default.tls_context()
    assert context is not None
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_a_password_never_travels_in_clear_to_another_machine() -> None:
    with pytest.raises(ValueError, match="en clair"):
        SmtpSettings(host="relais.commune.example", security="none", username="agenda")
