"""The marks by which a message is known again when it comes back: they tell nothing about anybody."""

import hashlib


def bounce_mark(message_id: str) -> str:
    """Return the mark of a message in its return address and envelope id: 16 hexadecimal digits."""
    return _mark("bounce", message_id)[:16]


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
