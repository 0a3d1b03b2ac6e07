"""The address book of the installation, in one file: its functions, and the changes that conventions are being told of.

Several processes may use it at once (the desk, a purge): each change takes the lock beside the file, reads it again and
replaces it whole, so that a crash leaves the former file or the new one.
"""

import fcntl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from echeancier.adapters.stores.erasing import write_whole
from echeancier.adapters.stores.sealed_file import opened, sealed
from echeancier.domain.afterwards.purged_file import PurgedFile
from echeancier.domain.book.change import BookChange, RoleToTell
from echeancier.domain.book.entry import BookEntry
from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Frozen
from echeancier.domain.running.keys import HOUSE, KeyGoneError, Vault
from echeancier.domain.running.trouble import Trouble

TERM: Final = timedelta(days=90)
"""How long a change that every convention has is kept, to be looked at."""

MOST: Final = 5000
"""Entries a book holds at most."""

NAME: Final = "book.json"
_ABOUT: Final = "address book"


class AddressBookError(EcheancierError):
    """The file of the address book cannot be read, is full, or could not be read again."""


class EntryOvertakenError(EcheancierError):
    """An entry was changed, or taken out, by somebody else since it was shown.

    Args:
        now: as it is now; None when it is no longer there.
    """

    def __init__(self, now: BookEntry | None) -> None:
        self.now = now
        super().__init__("Cette fonction a été modifiée entre-temps dans l’annuaire : la relire avant de recommencer.")


class BookContent(Frozen):
    """What the file holds."""

    format: int = 1
    entries: tuple[BookEntry, ...] = ()
    changes: tuple[BookChange, ...] = ()


class AddressBook:
    """The functions of the installation.

    Args:
        file: such as ``var/book.json``; made, readable by its owner only, with the first entry.
        vault: the keys: the book names functions and their addresses, so the house's key seals it; None where nothing is
            encrypted.
    """

    def __init__(self, file: Path, vault: Vault | None = None) -> None:
        self._file, self._vault = file, vault
        self._last: tuple[tuple[int, int, int], BookContent] | None = None

    def all(self) -> tuple[BookEntry, ...]:
        """Return every function, by institution, then by its name.

        Raises:
            AddressBookError: the file cannot be read.
        """
        return self._read().entries

    def get(self, entry_id: str) -> BookEntry | None:
        """Return one function, None when there is none of that id.

        Raises:
            AddressBookError: the file cannot be read.
        """
        return next((one for one in self._read().entries if one.id == entry_id), None)

    def changes(self) -> tuple[BookChange, ...]:
        """Return the changes that conventions are being told of, and those they have been told of lately, oldest first.

        Raises:
            AddressBookError: the file cannot be read.
        """
        return self._read().changes

    def change(self, change_id: str) -> BookChange | None:
        """Return one change, None when there is none of that id.

        Raises:
            AddressBookError: the file cannot be read.
        """
        return next((one for one in self._read().changes if one.id == change_id), None)

    def put(
        self,
        entries: Iterable[BookEntry],
        *,
        shown: Mapping[str, int],
        without: Iterable[str] = (),
        change: BookChange | None = None,
    ) -> None:
        """Write entries, take others out, and keep the change that conventions are to be told of: all of it, or nothing.

        A change that is there already was asked for twice: nothing is written.

        Args:
            entries: new ones, or new versions of those that are there.
            shown: the version, as it was shown, of each entry that is written or taken out and was there.
            without: the ids of those taken out.
            change: to be told.

        Raises:
            EntryOvertakenError: one of them was changed meanwhile.
            AddressBookError: the file cannot be read, is full, or could not be read again.
        """
        with self._changing() as content:
            if change is not None and any(one.id == change.id for one in content.changes):
                return
            kept = {one.id: one for one in content.entries}
            for entry_id, version in shown.items():
                if (now := kept.get(entry_id)) is None or now.version != version:
                    raise EntryOvertakenError(now)
            kept |= {one.id: one for one in entries}
            for entry_id in without:
                kept.pop(entry_id, None)
            if len(kept) > MOST:
                raise AddressBookError(
                    f"L’annuaire tient {MOST} fonctions au plus : retirer d’abord celles qui ne servent plus."
                )
            content.entries = tuple(sorted(kept.values(), key=_order))
            if change is not None:
                old = [one for one in content.changes if not (one.is_over and change.made_at - one.made_at > TERM)]
                content.changes = (*old, change)

    def tell(self, change_id: str, roles: Iterable[RoleToTell]) -> None:
        """Keep what became of a change in some conventions; of one that was forgotten meanwhile, nothing.

        Raises:
            AddressBookError: the file cannot be read.
        """
        told = tuple(roles)
        with self._changing() as content:
            content.changes = tuple(one.with_roles(told) if one.id == change_id else one for one in content.changes)

    def expire(self, now: datetime) -> None:
        """Forget the changes that every convention has had for long."""
        with self._changing() as content:
            content.changes = tuple(one for one in content.changes if not (one.is_over and now - one.made_at > TERM))

    def troubles(self) -> tuple[Trouble, ...]:
        """Return that the book cannot be read, nothing when it can."""
        try:
            self._read()
        except AddressBookError:
            return (Trouble(cause="book"),)
        return ()

    def count(self, leaving: PurgedFile) -> int:
        """Return how many functions, and changes, name a file that is purged or its people."""
        content = self._read()
        gone = _gone(content.changes, leaving)
        return sum(_is_of(one, gone) for one in content.entries) + sum(_names(one, gone) for one in content.changes)

    def forget(self, leaving: PurgedFile) -> int:
        """Forget the functions whose people stand in no other file, and that a file was told of a change; return how many."""
        with self._changing() as content:
            gone = _gone(content.changes, leaving)
            entries = tuple(one for one in content.entries if not _is_of(one, gone))
            forgotten = len(content.entries) - len(entries) + sum(_names(one, gone) for one in content.changes)
            content.changes = tuple(left for one in content.changes if (left := _without(one, gone)) is not None)
            content.entries = entries
            return forgotten

    def _read(self) -> BookContent:
        try:
            found = self._file.stat()
            mark = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._last is not None and self._last[0] == mark:
                return self._last[1]
            content = BookContent.model_validate_json(opened(self._vault, self._file.read_bytes(), _ABOUT))
        except FileNotFoundError:
            return BookContent()
        except (ValidationError, OSError, ValueError, KeyGoneError) as error:
            raise AddressBookError(Trouble(cause="book").said.fr) from error
        self._last = (mark, content)
        return content

    @contextmanager
    def _changing(self) -> Iterator["_Draft"]:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._file.with_suffix(".lock").open("a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = self._read()
            draft = _Draft(before)
            yield draft
            after = BookContent(entries=draft.entries, changes=draft.changes)
            if after != before:
                write_whole(self._file, sealed(self._vault, HOUSE, _text(after), _ABOUT))


def _text(content: BookContent) -> bytes:
    """Return what is written, once it is known to be read again: a copy of a model checks nothing of what is put into it.

    Raises:
        AddressBookError: it could not be read again.
    """
    text = content.model_dump_json(indent=1)
    try:
        BookContent.model_validate_json(text)
    except ValidationError as error:
        raise AddressBookError("L’annuaire ne se lirait plus avec ce changement : rien n’y est écrit.") from error
    return text.encode()


class _Draft:
    """What the file is about to hold."""

    def __init__(self, content: BookContent) -> None:
        self.entries, self.changes = content.entries, content.changes


def _order(entry: BookEntry) -> tuple[str, str, str]:
    return entry.institution.casefold(), entry.function.casefold(), entry.id


def _gone(changes: Iterable[BookChange], leaving: PurgedFile) -> PurgedFile:
    """Who leaves, but those whom a change under way is about to have written to in other files."""
    coming = frozenset(one.becomes.address.casefold() for one in changes if not one.is_over)
    return leaving.model_copy(update={"addresses": leaving.addresses - coming})


def _is_of(entry: BookEntry, leaving: PurgedFile) -> bool:
    return entry.address.casefold() in leaving.addresses


def _names(change: BookChange, leaving: PurgedFile) -> bool:
    return leaving.is_named_in(change.model_dump_json())


def _without(change: BookChange, leaving: PurgedFile) -> BookChange | None:
    """What is left of a change: nothing where it names people who leave, else all but what was said of the file."""
    if leaving.addresses & {change.former.casefold(), change.becomes.address.casefold()}:
        return None
    roles = tuple(one for one in change.roles if one.reference != leaving.reference)
    return change.model_copy(update={"roles": roles}) if roles else None
