"""The captured mails: which file holds which message, and the calendar files they carried."""

import email
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.message import Message as Mail
from email.utils import parsedate_to_datetime
from pathlib import Path

from echeancier.adapters.report.story import CapturedMail
from echeancier.domain.facts.dossier import Message

FOLDER = "mails"
"""Where the capture server writes, in the directory of the dossier."""


@dataclass(frozen=True)
class _Read:
    path: str
    address: str
    dated: datetime | None
    calendars: tuple[bytes, ...]


class Mailbag:
    """The mails of a directory, read once.

    A mail belongs to the message whose bytes it is; failing that, it is the only mail of the same instant to
    the same address. A mail that arrived twice is linked once.

    Args:
        directory: of the dossier; the mails are in its ``mails`` folder.
        mails: the index of the capture server. A file that is not there is left out.
    """

    def __init__(self, directory: Path, mails: Iterable[CapturedMail]) -> None:
        self._of_bytes: dict[str, _Read] = {}
        self._of_instant: dict[tuple[str, datetime], list[_Read]] = {}
        for mail in mails:
            path = directory / FOLDER / mail.file
            if not path.is_file():
                continue
            raw = path.read_bytes()
            read = _read(f"{FOLDER}/{mail.file}", mail.recipients, raw)
            mark = hashlib.sha256(raw).hexdigest()
            if mark in self._of_bytes:
                continue
            self._of_bytes[mark] = read
            if read.dated is not None:
                self._of_instant.setdefault((read.address, read.dated), []).append(read)

    def file_of(self, message: Message) -> str:
        """Return the path of a message's file, relative to the dossier; empty when nothing was captured."""
        found = self._find(message)
        return found.path if found else ""

    def calendars_of(self, message: Message) -> tuple[bytes, ...]:
        """Return the calendar files that a message carried."""
        found = self._find(message)
        return found.calendars if found else ()

    def _find(self, message: Message) -> _Read | None:
        if (known := self._of_bytes.get(message.sha256)) is not None:
            return known
        alike = self._of_instant.get((message.address.casefold(), message.at.replace(microsecond=0)), [])
        return alike[0] if len(alike) == 1 else None


def _read(path: str, recipients: tuple[str, ...], raw: bytes) -> _Read:
    parsed = email.message_from_bytes(
        raw
    )  # the policy that reads no more of the fields than it is asked: five times faster
    try:
        dated = parsedate_to_datetime(str(parsed["Date"]))
    except ValueError:
        dated = None
    return _Read(
        path=path,
        address=recipients[0].casefold() if recipients else "",
        dated=dated if dated is not None and dated.tzinfo else None,
        calendars=tuple(dict.fromkeys(_calendars(parsed))),
    )


def _calendars(mail: Mail) -> Iterable[bytes]:
    """The same file is often sent twice, as a part to answer and as a file to keep."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield content
