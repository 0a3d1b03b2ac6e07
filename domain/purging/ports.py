"""What a purge asks of the outside world. Adapters and the engine implement these; its activity names nothing else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.dossier import Dossier
from domain.ports import DocumentStore
from domain.purging.leaving import PurgedFile
from domain.purging.record import PurgeRecord


class ClosedFiles(Protocol):
    """The files whose convention is over, as their purge needs them."""

    async def dossier(self, reference: str) -> Dossier:
        """Return the dossier, open or closed."""
        ...

    async def last_known(self, reference: str) -> Dossier | None:
        """Return the dossier of a convention that answers nothing, as it was last seen; None when it cannot be read."""
        ...

    async def known_elsewhere(self, reference: str) -> frozenset[str]:
        """Return the mail addresses, in lower case, that stand in every other file, open or closed."""
        ...

    async def runs(self, reference: str) -> int:
        """Return how many executions of the convention the engine keeps."""
        ...

    async def forget(self, reference: str) -> None:
        """Delete every execution of a closed convention; return once the engine keeps none."""
        ...


class ForgetfulStore(Protocol):
    """A store of the inventory that may name a file or its people, and forgets them when the file is purged."""

    def count(self, leaving: PurgedFile) -> int:
        """Return how many things it would forget."""
        ...

    def forget(self, leaving: PurgedFile) -> int:
        """Destroy them; return how many. What is already destroyed is no error."""
        ...


class Archive(Protocol):
    """What outlives a purge."""

    def find(self, reference: str) -> PurgeRecord | None:
        """Return the record of a purge begun or finished."""
        ...

    def open(self, record: PurgeRecord, journal: bytes) -> PurgeRecord:
        """Write the record of a purge that begins; the one that is there already wins."""
        ...

    def write(self, record: PurgeRecord) -> None:
        """Put a record in the place of its former state."""
        ...

    def keep(self, reference: str, files: Mapping[str, bytes]) -> None:
        """Write files whole, in this order."""
        ...


class CertificateWriter(Protocol):
    """Puts the certificate of a purge into words and on paper."""

    def write(self, record: PurgeRecord) -> dict[str, bytes]:
        """Return the files, by name; the same record gives the same bytes."""
        ...


class PurgeableStore(DocumentStore, Protocol):
    """The documents, as their purge needs them."""

    def names(self, owner: str) -> list[str]:
        """Return the names of everything kept of an owner."""
        ...

    def expire(self, owner: str, before: datetime) -> int:
        """Destroy what was kept of an owner before an instant; return how many."""
        ...

    def remove(self, name: str) -> bool:
        """Destroy what is kept under ``name``; return whether there was something."""
        ...
