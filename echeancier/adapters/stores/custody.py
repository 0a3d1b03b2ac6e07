"""Who may come in, and what was purged: the keys and the archive, as the front door needs them."""

from pathlib import Path

from echeancier.adapters.stores.address_book import NAME as BOOK
from echeancier.adapters.stores.address_book import AddressBook
from echeancier.adapters.stores.archive import DirectoryArchive
from echeancier.adapters.stores.disk_room import disk_trouble
from echeancier.domain.afterwards.purge_record import PurgedError, PurgeRecord
from echeancier.domain.dates.words import in_words
from echeancier.domain.running.keys import Vault
from echeancier.domain.running.trouble import Trouble


class Custodian:
    """Implements the port `Custody`.

    Args:
        vault: the keys, None where nothing is encrypted.
        data: the data directory, whose ``archive`` holds what outlives a purge.
    """

    def __init__(self, vault: Vault | None, data: Path) -> None:
        self._vault, self._data = vault, data
        self._archive = DirectoryArchive(data / "archive")
        self._book = AddressBook(data / BOOK, vault)

    def admit(self, reference: str) -> None:
        """Make the key of a convention that comes in.

        Raises:
            PurgedError: a file of that reference was purged.
        """
        self.refuse_if_purged(reference)
        if self._vault is not None:
            self._vault.admit(reference)

    def has_key(self, reference: str) -> bool:
        """Whether the convention's key is here and can be used; true where nothing is encrypted."""
        return self._vault is None or self._vault.holds(reference)

    def refuse_if_purged(self, reference: str) -> None:
        """Check that a reference was not purged.

        Raises:
            PurgedError: it was; the message says when and where its certificate is.
        """
        found = self._archive.find(reference)
        if found is None:
            return
        if found.finished_at is None:
            raise PurgedError(
                f"Le dossier « {reference} » est en cours de purge depuis le {in_words(found.begun_at.date())} : il ne se "
                "lit plus, et sa référence ne servira plus."
            )
        raise PurgedError(
            f"Le dossier « {reference} » a été purgé le {in_words(found.finished_at.date())} ; sa référence ne sert plus. "
            f"Certificat : {self._archive.certificate(reference)}"
        )

    def purges(self) -> list[PurgeRecord]:
        """Return every purge begun or finished whose record can be read."""
        return self._archive.all()

    def troubles(self) -> tuple[Trouble, ...]:
        """Return that the disk of the data is nearly full, that the address book, and which records of purges, cannot be read."""
        full = disk_trouble(self._data)
        damaged = tuple(Trouble(cause="archive", reference=reference) for reference in self._archive.damaged())
        found = (*self._book.troubles(), *damaged)
        return found if full is None else (full, *found)
