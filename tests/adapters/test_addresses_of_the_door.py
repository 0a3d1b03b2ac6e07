"""An address that the door takes is one that a message can be written to, and that a relay takes."""

import asyncio
import email
import email.policy
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from echeancier.adapters.mail.mime import to_bytes
from echeancier.adapters.relay.capture import CaptureServer
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.domain.messages.mail import Mailbox, OutgoingMail
from echeancier.domain.terms.parties import Address

ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
SENDER = Mailbox(name="Agenda", address="agenda@commune.example")
LONG = "a" * 64
FULL = f"a@{'.'.join(['b' * 63] * 3 + ['c' * 52, 'example'])}"
EDGES = (
    "a!#$%&'*+/=?^_`{|}~-b@ville.example",
    "=?x?=@ville.example",
    "agence@évian.example",
    "agence@straße.example",
    f"{LONG}@ville.example",
    FULL,
    "0@0.example",
)
"""Each at one edge of what is taken: every sign, what only resembles an encoded word, accents, the longest name, the longest
address, digits alone."""

ATOMS = st.text(st.sampled_from("aZ09!#$%&'*+/=?^_`{|}~-"), min_size=1, max_size=64)
LOCAL = st.lists(ATOMS, min_size=1, max_size=4).map(lambda atoms: ".".join(atoms)[:64].rstrip("."))
RUNS = st.text(st.sampled_from("aZ09éß"), min_size=1, max_size=12)
LABEL = st.lists(RUNS, min_size=1, max_size=2).map("-".join) | st.just("b" * 63)
DOMAIN = st.lists(LABEL, min_size=1, max_size=2).map(lambda labels: ".".join([*labels, "example"]))
ADDRESSES = st.sampled_from(EDGES) | st.builds("{}@{}".format, LOCAL, DOMAIN)
"""Addresses that are right: what is wrong with the others has a test of its own."""


def taken(address: str) -> str | None:
    try:
        return ADDRESS.validate_python(address)
    except ValidationError:
        return None


def message(address: str) -> OutgoingMail:
    return OutgoingMail(
        message_id="<essai@commune.example>", sender=SENDER, recipient=Mailbox(name="Fonction", address=address),
        subject="Essai", text="Bonjour", html="<p>Bonjour</p>", date=datetime(2022, 1, 4, 10, tzinfo=UTC),
    )  # fmt: skip


@settings(max_examples=200)
@given(ADDRESSES)
def test_what_is_taken_can_be_written_and_is_kept_as_it_is_sent(address: str) -> None:
    kept = taken(address)
    assert kept is not None
    assert taken(kept) == kept
    mail = message(kept)
    assert mail.recipient.address == kept
    parsed = email.message_from_bytes(to_bytes(mail), policy=email.policy.default)
    assert [one.addr_spec for one in parsed["To"].addresses] == [kept]


@settings(max_examples=5)
@example(list(EDGES))
@given(st.lists(ADDRESSES, min_size=10, max_size=20))
def test_what_is_taken_is_an_address_that_a_relay_takes(addresses: list[str]) -> None:
    kept = [found for address in addresses if (found := taken(address)) is not None]
    assert len(kept) == len(addresses)
    with tempfile.TemporaryDirectory() as directory:
        assert asyncio.run(sent(kept, Path(directory))) == [(SENDER.address, (address,)) for address in kept]


async def sent(addresses: list[str], directory: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Send a message to each; return the envelopes that the relay kept."""
    async with CaptureServer(directory) as relay:
        settings = SmtpSettings(host=relay.host, port=relay.port, security="none")
        async with SmtpTransport(settings).session() as session:
            for address in addresses:
                delivery = await session.deliver(to_bytes(message(address)), SENDER.address, address)
                assert delivery.outcome == "accepted", delivery
        return [(mail.envelope_from, mail.recipients) for mail in relay.mails()]


def test_what_mail_refuses_is_refused_at_the_door() -> None:
    for address in (
        "a..b@ville.example", ".a@ville.example", "a.@ville.example", f"{LONG}a@ville.example", "a@-val.example",
        "a@ab--cd.example", "a@val.12", f"a@{LONG}.example", "é@ville.example", "a@ville", "a b@ville.example",
        "=?utf-8?q?x?=@ville.example", "a=?utf-8?B??=@ville.example",
        "a@ville.example\x1b", f"{LONG}@{'.'.join(['b' * 60] * 4)}.example",
    ):  # fmt: skip
        assert taken(address) is None, address
