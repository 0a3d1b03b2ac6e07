"""The marks by which a message is known again when it comes back: they tell nothing about anybody."""

import hashlib
import hmac
from collections.abc import Iterable

from domain.links.tokens import LinkKey


def bounce_mark(message_id: str) -> str:
    """Return the mark of a message: 16 hexadecimal digits. Anybody may compute it: see `return_token`."""
    return _mark("bounce", message_id)[:16]


def return_token(message_id: str, key: LinkKey) -> str:
    """Return the mark of a message and its proof, for its return address and envelope id: 32 hexadecimal digits."""
    mark = bounce_mark(message_id)
    return mark + key.return_mark(mark)


def mark_of(token: str, keys: Iterable[LinkKey]) -> str:
    """Return the mark in a token that one of the keys has made, empty for any other."""
    mark, proof = token[:16], token[16:]
    return mark if any(hmac.compare_digest(key.return_mark(mark), proof) for key in keys) else ""


def header_mark(what: str, name: str) -> str:
    """Return the left side of a Message-ID: 32 hexadecimal digits.

    Args:
        what: ``message``, or ``convention`` for the root of a thread.
        name: the id of the message's order, or the convention's reference.
    """
    return _mark(what, name)


def request_key(message_id: str, raw_digest: str) -> str:
    """Return what makes a mail read twice the same request: derived from its Message-ID, else from its bytes.

    It goes into an engine identifier, which is never encrypted: hence a digest.
    """
    return _mark("reply", message_id or raw_digest)


def _mark(what: str, name: str) -> str:
    return hashlib.sha256(f"{what}\n{name}".encode()).hexdigest()[:32]
