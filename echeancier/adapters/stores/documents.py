"""A document store that is a directory: one file per document, written whole or not at all, sealed with its key."""

import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from echeancier.adapters.stores.erasing import erase
from echeancier.adapters.stores.sealed_file import opened, sealed
from echeancier.domain.running.keys import HOUSE, MAILS, Vault, mails_of

_OF_THE_HOUSE: Final = "replies"
"""Folder of the mails received, kept before anybody knows which convention they concern."""


class DirectoryStore:
    """Keeps bytes under a name such as ``SQF-P/mail/<id>.eml``; the first part of the name says whose they are.

    Args:
        directory: where the files go; created if missing.
        vault: the keys; without it documents are kept as they are (a rehearsal, whose directory is made to be read).
            Documents kept before there were keys are read as they are.
    """

    def __init__(self, directory: Path, vault: Vault | None = None) -> None:
        self._directory = directory
        self._vault = vault

    def get(self, name: str) -> bytes | None:
        """Return the bytes kept under ``name``, None if there are none.

        Raises:
            KeyGoneError: they are sealed, and their key is gone.
        """
        try:
            return self._opened(name, self._path(name).read_bytes())
        except FileNotFoundError:
            return None

    def put_once(self, name: str, content: bytes) -> bytes:
        """Keep ``content`` unless something is there already; return what is kept.

        Written beside, flushed to disk, then linked into place: a crash leaves the whole document or none, and of two
        writers the first wins.
        """
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(sealed(self._vault, _owner(name), content, f"document/{name}"))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(beside, path)
            except FileExistsError:
                return self._opened(name, path.read_bytes())
        finally:
            os.unlink(beside)  # noqa: PTH108 - the name is a string from mkstemp
        return content

    def names(self, owner: str) -> list[str]:
        """Return the names of everything kept of an owner: a convention, or `HOUSE` for the mails received."""
        folder = self._directory / (_OF_THE_HOUSE if owner == HOUSE else owner)
        return sorted(path.relative_to(self._directory).as_posix() for path in self._files(folder, owner))

    def expire(self, owner: str, before: datetime) -> int:
        """Destroy what was kept of an owner before an instant; return how many."""
        found = [n for n in self.names(owner) if self._path(n).stat().st_mtime < before.timestamp()]
        return sum(self.remove(name) for name in found)

    def remove(self, name: str) -> bool:
        """Destroy what is kept under ``name``, and the folders it leaves empty; return whether there was something."""
        path = self._path(name)
        if not erase(path):
            return False
        for folder in path.parents:
            if folder == self._directory or any(folder.iterdir()):
                break
            folder.rmdir()
        return True

    def _files(self, folder: Path, owner: str) -> Iterator[Path]:
        found = (Path(place) / file for place, _, files in os.walk(folder) for file in files)
        if folder.name == _OF_THE_HOUSE:  # a convention may bear that name: its own documents stand one level lower
            return (path for path in found if (path.parent == folder) is (owner == HOUSE))
        return found

    def _opened(self, name: str, kept: bytes) -> bytes:
        return opened(self._vault, kept, f"document/{name}")

    def _path(self, name: str) -> Path:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"« {name} » sort du dossier des documents")
        return self._directory / path


def _owner(name: str) -> str:
    first, *rest = name.split("/")
    if first == MAILS and rest:
        return mails_of(rest[0])
    return HOUSE if first == _OF_THE_HOUSE and len(rest) == 1 else first
