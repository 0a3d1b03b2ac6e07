"""An address that the door takes is one that a message can be written and sent to."""

import email
import email.policy
from datetime import UTC, datetime

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from echeancier.adapters.mail.mime import to_bytes
from echeancier.domain.messages.mail import Mailbox, OutgoingMail
from echeancier.domain.terms.parties import Address

ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
SENDER = Mailbox(name="Agenda", address="agenda@commune.example")
LOCAL = st.text(st.sampled_from("aZ09.!#$%&'*+/=?^_`{|}~-é \"\\"), min_size=1, max_size=70)
LABEL = st.text(st.sampled_from("aZ09-éß"), min_size=1, max_size=66)
ADDRESSES = st.builds(
    lambda local, labels: f"{local}@{'.'.join(labels)}", LOCAL, st.lists(LABEL, min_size=1, max_size=4)
)


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
@example("agence@évian.example")
@example("a" * 64 + "@ville.example")
def test_what_is_taken_can_be_written_and_is_kept_as_it_is_sent(address: str) -> None:
    kept = taken(address)
    assume(kept is not None)
    assert kept is not None
    assert taken(kept) == kept
    mail = message(kept)
    assert mail.recipient.address == kept
    parsed = email.message_from_bytes(to_bytes(mail), policy=email.policy.default)
    assert [one.addr_spec for one in parsed["To"].addresses] == [kept]


def test_what_mail_refuses_is_refused_at_the_door() -> None:
    long = "a" * 64
    for address in (
        "a..b@ville.example", ".a@ville.example", "a.@ville.example", f"{long}a@ville.example", "a@-val.example",
        "a@ab--cd.example", "a@val.12", f"a@{long}.example", "é@ville.example", "a@ville", "a b@ville.example",
        "a@ville.example\x1b", f"{long}@{'.'.join(['b' * 60] * 4)}.example",
    ):  # fmt: skip
        assert taken(address) is None, address
