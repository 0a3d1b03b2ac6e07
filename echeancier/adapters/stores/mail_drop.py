"""A directory of mails: one `.eml` per mail, exactly as handed over, and an index of their envelopes."""

import email
import email.policy
import fcntl
import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from echeancier.adapters.stores.erasing import erase, write_whole
from echeancier.domain.afterwards.purged_file import PurgedFile

INDEX = "index.jsonl"
_COUNTER = ".numbering"
_RESENT = re.compile(rb"\A(?:Resent-[^\r\n]*\r\n)+")
_NUMBERED = re.compile(r"(\d+)-.*\.eml")


class KeptMail(BaseModel):
    """One line of the index: the file and the envelope it came in."""

    model_config = ConfigDict(frozen=True)

    file: str
    envelope_from: str
    recipients: tuple[str, ...]


class MailDrop:
    """Writes mails to a directory under names that sort in the order of arrival.

    Several processes may share the directory; numbering goes on after a restart. Blocking: call it from a
    thread.

    Args:
        directory: where; created at the first mail.
        durable: a mail that was kept survives a power cut; a rehearsal, which is played again, does without.
    """

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory
        self._durable = durable

    def keep(self, raw: bytes, envelope_from: str, recipients: tuple[str, ...]) -> KeptMail:
        """Write `raw` byte for byte and index it.

        A reader never sees half a file. After a power cut the last lines of the index may be missing; the
        mails are not.

        Raises:
            OSError: The directory cannot be written.
        """
        self.directory.mkdir(parents=True, exist_ok=True)
        with self._next_number() as number:
            head = email.message_from_bytes(raw.partition(b"\r\n\r\n")[0], policy=email.policy.default)
            name = f"{number:05d}-{_day(head)}-{_slug(head)}.eml"
            unfinished = self.directory / f".{name}.tmp"
            self._write(unfinished, raw)
            unfinished.rename(self.directory / name)
            kept = KeptMail(file=name, envelope_from=envelope_from, recipients=recipients)
            with (self.directory / INDEX).open("ab") as index:
                index.write(kept.model_dump_json().encode() + b"\n")
            if self._durable:
                _sync_directory(self.directory)
        return kept

    def read(self) -> list[KeptMail]:
        """Return the index, oldest first. A line cut short by a power cut is left out."""
        index = self.directory / INDEX
        if not index.exists():
            return []
        kept: list[KeptMail] = []
        for line in index.read_bytes().splitlines():
            with suppress(ValidationError):
                kept.append(KeptMail.model_validate_json(line))
        return kept

    def count(self, leaving: PurgedFile) -> int:
        """Return how many mails a file sent, or name it or its people: digests speak of several files."""
        return sum(1 for _ in self._matching(leaving))

    def forget(self, leaving: PurgedFile) -> int:
        """Destroy the mails that a file sent, those that name it or its people, and their lines of the index.

        The lines go first: a crash in between leaves a mail that is found again, never a line about nobody's mail.
        """
        if not self.directory.exists():
            return 0
        with (self.directory / _COUNTER).open("a+b") as counter:  # nobody else numbers, hence writes, meanwhile
            fcntl.flock(counter, fcntl.LOCK_EX)
            found = {path.name: path for path in self._matching(leaving)}
            if found:
                kept = [mail for mail in self.read() if mail.file not in found]
                lines = "".join(f"{mail.model_dump_json()}\n" for mail in kept)
                write_whole(self.directory / INDEX, lines.encode())
            return sum(erase(path) for path in found.values())

    def _matching(self, leaving: PurgedFile) -> Iterator[Path]:
        for path in sorted(self.directory.glob("*.eml")):
            raw = _RESENT.sub(b"", path.read_bytes())  # a trial's mailbox gets what was written to another
            if hashlib.sha256(raw).hexdigest() in leaving.marks or leaving.is_named_in(_words(raw)):
                yield path

    def _write(self, path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content)
            if self._durable:
                file.flush()
                os.fsync(file.fileno())

    @contextmanager
    def _next_number(self) -> Iterator[int]:
        with (self.directory / _COUNTER).open("a+b") as counter:
            fcntl.flock(counter, fcntl.LOCK_EX)
            counter.seek(0)
            written = counter.read().strip()
            number = 1 + (int(written) if written.isdigit() else self._highest())
            counter.truncate(0)
            counter.write(str(number).encode())
            counter.flush()
            yield number

    def _highest(self) -> int:
        matches = (_NUMBERED.fullmatch(path.name) for path in self.directory.iterdir())
        return max((int(match[1]) for match in matches if match), default=0)


def _words(raw: bytes) -> str:
    """What a reader sees of a mail: who it is to, its subject, its texts."""
    read = email.message_from_bytes(raw, policy=email.policy.default)
    texts = [part.get_content() for part in read.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(str(value) for value in read.values()), *map(str, texts)])


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _day(head: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(str(head.get("Date", ""))).date().isoformat()
    except ValueError:
        return "sans-date"


def _slug(head: EmailMessage) -> str:
    plain = unicodedata.normalize("NFKD", str(head.get("Subject", ""))).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "sans-objet"
