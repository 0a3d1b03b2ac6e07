"""What outlives a purge: a directory per reference with the record, the journal without persons, the certificate."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from echeancier.adapters.stores.erasing import write_whole
from echeancier.adapters.stores.purge_ledger import PurgeLedger
from echeancier.domain.afterwards.purge_record import PurgeRecord
from echeancier.domain.errors import EcheancierError
from echeancier.domain.running.trouble import Trouble

RECORD, JOURNAL = "purge.json", "journal.json"
CERTIFICATE = "certificat.pdf"


class ArchiveDamagedError(EcheancierError):
    """The record of a purge cannot be read; the message says what to do, and blames nothing else."""


class DirectoryArchive:
    """Implements the port `Archive`. Nothing here is encrypted: nothing here is about a person.

    Args:
        directory: made, for its owner only, if missing.
        ledger: where each finished purge is written down too, apart from the data.
    """

    def __init__(self, directory: Path, ledger: PurgeLedger | None = None) -> None:
        self._directory = directory
        self._ledger = ledger

    def find(self, reference: str) -> PurgeRecord | None:
        """Return the record of a purge begun or finished, None where there is none.

        Raises:
            ArchiveDamagedError: there is one, and it cannot be read.
        """
        try:
            return PurgeRecord.model_validate_json((self._directory / reference / RECORD).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            raise ArchiveDamagedError(Trouble(cause="archive", reference=reference).said.fr) from error

    def all(self) -> list[PurgeRecord]:
        """Return every record that can be read, by reference."""
        return [record for reference in self._references() if (record := self._readable(reference)) is not None]

    def damaged(self) -> list[str]:
        """Return the references whose record cannot be read."""
        return [reference for reference in self._references() if self._readable(reference) is None]

    def _references(self) -> list[str]:
        return [path.parent.name for path in sorted(self._directory.glob(f"*/{RECORD}"))]

    def _readable(self, reference: str) -> PurgeRecord | None:
        with suppress(ArchiveDamagedError):
            return self.find(reference)
        return None

    def open(self, record: PurgeRecord, journal: bytes) -> PurgeRecord:
        """Write the record of a purge that begins, its journal first; the one that is there already wins."""
        known = self.find(record.reference)
        if known is None:
            self.keep(record.reference, {JOURNAL: journal})
            self.write(record)
            return record
        return known

    def write(self, record: PurgeRecord) -> None:
        """Put a record in the place of its former state."""
        self.keep(record.reference, {RECORD: record.model_dump_json(indent=1).encode() + b"\n"})
        if self._ledger is not None and record.finished_at is not None:
            self._ledger.add(record)

    def keep(self, reference: str, files: Mapping[str, bytes]) -> None:
        """Write files whole, in this order."""
        folder = self._directory / reference
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in files.items():
            write_whole(folder / name, content)

    def journal(self, reference: str) -> bytes:
        """Return the journal without persons."""
        return (self._directory / reference / JOURNAL).read_bytes()

    def certificate(self, reference: str) -> Path:
        """Return where the certificate of a purge is."""
        return self._directory / reference / CERTIFICATE
