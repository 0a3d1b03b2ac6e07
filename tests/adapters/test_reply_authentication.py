"""Whose word proves who sent an answer: our own mail server's, and nobody else's."""

import pytest

from tests.adapters.replies import answer, reply

SERVER = "mx.ville.example"
PASS = "dmarc=pass (p=REJECT dis=NONE) header.from=operateur.example"


def answered(*fields: str, authserv_id: str = SERVER) -> bool:
    """Whether an answer with these fields on top, the topmost first, is proven."""
    raw = "".join(f"Authentication-Results: {one}\r\n" for one in fields).encode() + reply()
    return not answer(raw, authserv_id).declared


@pytest.mark.parametrize(
    "field",
    [
        f"{SERVER}; {PASS}",
        f"MX.Ville.Example 1; spf=fail smtp.mailfrom=liste.example; {PASS}",
        f"{SERVER}; dkim=pass (2048-bit key; unprotected) header.d=operateur.example header.i=@operateur.example",
        f"{SERVER}; dkim=pass header.i=@operateur.example; dmarc=none header.from=operateur.example",
        f"{SERVER};\r\n\tspf=pass smtp.mailfrom=agence@operateur.example;\r\n\tdkim=none",
        f"{SERVER}; spf=pass (mx: ok) smtp.mailfrom=retours.operateur.example",
    ],
)
def test_our_servers_word_proves_an_answer(field: str) -> None:
    assert answered(field)


@pytest.mark.parametrize(
    "fields",
    [
        (),
        (f"{SERVER}; none",),
        (f"autre.example; {PASS}",),
        (f"{SERVER}.mechant.example; {PASS}",),
        (f"{SERVER}; dmarc=fail header.from=operateur.example",),
        (f"{SERVER}; dmarc=fail header.from=operateur.example; dkim=pass header.d=operateur.example",),
        (f"{SERVER}; dmarc=pass header.from=mechant.example",),
        (f"{SERVER}; dmarc=pass",),
        (f"{SERVER}; dkim=pass header.d=mechant.example; spf=pass smtp.mailfrom=mechant.example",),
        (f"{SERVER}; dkim=pass header.d=xoperateur.example",),
        (f"{SERVER}; dkim=pass header.d=example",),
        (f"{SERVER}; dkim=fail header.d=operateur.example",),
        (f"{SERVER}; spf=softfail smtp.mailfrom=operateur.example",),
        (f"{SERVER}; none ({PASS}; {PASS})",),
        (f'{SERVER}; spf=fail smtp.mailfrom="x; {PASS}"@mechant.example',),
        (f"{SERVER}; dmarc=none header.from=operateur.example; spf=fail smtp.mailfrom=x; {PASS}",),
        (f"{SERVER}; dmarc=fail header.from=operateur.example", f"{SERVER}; {PASS}"),
        (f"{SERVER}; spf=none", f"{SERVER}; {PASS}", f"{SERVER}; {PASS}"),
        (f"autre.example; {PASS}", f"{SERVER}; dmarc=fail header.from=operateur.example"),
    ],
)
def test_anything_else_leaves_an_answer_declared(fields: tuple[str, ...]) -> None:
    assert not answered(*fields)


def test_without_the_name_of_our_server_every_mailed_answer_is_declared() -> None:
    assert not answered(f"{SERVER}; {PASS}", authserv_id="")


def test_a_proof_for_one_sender_is_none_for_the_guest_he_speaks_for() -> None:
    field = f"Authentication-Results: {SERVER}; dmarc=pass header.from=mechant.example\r\n".encode()
    found = answer(field + reply(sender="x@mechant.example"), SERVER)
    assert (found.declared, found.by_another) == (True, True)


def test_two_senders_are_no_sender() -> None:
    field = f"Authentication-Results: {SERVER}; {PASS}\r\nFrom: agence@operateur.example\r\n".encode()
    assert answer(field + reply(), SERVER).declared
