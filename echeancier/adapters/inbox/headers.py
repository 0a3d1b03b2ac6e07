"""The fields of a mail from anywhere, read without trusting any of them."""

from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from echeancier.domain.text import one_line

MOST_PARTS = 200
"""Looked at of one mail."""

MOST_CHARACTERS = 2000
"""Kept of one field: the library's readers of addresses call themselves for each nested comment."""


def field(mail: Message, name: str) -> str:
    """Return a field on one line, encoded words as they are; empty when it is not there."""
    value = mail.get(name)
    return "" if value is None else one_line(str(value)[:MOST_CHARACTERS])


def in_words(mail: Message, name: str) -> str:
    """Return a field with its encoded words (RFC 2047) decoded where they can be."""
    written = field(mail, name)
    try:
        return one_line(str(make_header(decode_header(written))))
    except (HeaderParseError, LookupError, ValueError):
        return written


def addresses(mail: Message, *names: str) -> tuple[str, ...]:
    """Return every address of some fields, in lower case."""
    written = [one_line(str(value)[:MOST_CHARACTERS]) for name in names for value in mail.get_all(name, [])]
    return tuple(address.casefold() for _, address in getaddresses(written) if "@" in address)


def sender(mail: Message) -> str:
    """Return the address of From, in lower case; empty unless there is exactly one."""
    found = addresses(mail, "From")
    return found[0] if len(found) == 1 else ""
