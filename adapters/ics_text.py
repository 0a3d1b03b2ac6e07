"""The few writing rules of iCalendar (RFC 5545, 3.1 and 3.3.11): escaping, folding, instants."""

from collections.abc import Iterable
from datetime import UTC, datetime

from domain.mail import Mailbox

PRODID = "-//Echeancier//Agenda des conventions//FR"


def document(lines: Iterable[str]) -> bytes:
    """Return the lines folded at 75 octets, between characters, each ended by CRLF, in UTF-8."""
    return b"".join(_folded(line) for line in lines)


def _folded(line: str) -> bytes:
    folded, width = bytearray(), 0
    for char in line:
        octets = char.encode("utf-8", "replace")
        if width + len(octets) > 75:
            folded += b"\r\n "
            width = 1
        folded += octets
        width += len(octets)
    return bytes(folded) + b"\r\n"


def text(value: str) -> str:
    r"""Escape a TEXT value. Line ends become `\n`; other control characters are forbidden, so dropped."""
    unix = value.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    printable = "".join(
        char for char in unix if char in "\n\t" or (char >= " " and not "\x7f" <= char <= "\x9f")
    )
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        printable = printable.replace(plain, escaped)
    return printable


def common_name(mailbox: Mailbox) -> str:
    """Return the CN parameter, always quoted.

    `"` and `^` are taken out: old programs show their escapes (RFC 6868) as they are.
    """
    name = (mailbox.name or mailbox.address).replace('"', "'").replace("^", "")
    return f'CN="{name}"'


def utc(instant: datetime) -> str:
    """Return an instant as a UTC DATE-TIME, `20270114T090000Z`."""
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
