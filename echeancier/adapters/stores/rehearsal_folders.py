"""The folders that rehearsals leave: whole lives of conventions, mails included, in clear so as to be read."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from echeancier.domain.afterwards.purged_file import PurgedFile

MARK: Final = ".rehearsal"
"""File that says a directory was made by a rehearsal, and may therefore be emptied by the next one."""


class RehearsalFolders:
    """Implements the port `ForgetfulStore`: a folder that names a purged file, or its people, goes whole.

    A rehearsal can be played again; what it was made of is in the convention.

    Args:
        data: the data directory: those of the desk are under ``rehearsals``, those of the command beside, with their mark.
            Where the command was told to write elsewhere, nobody here knows.
    """

    def __init__(self, data: Path) -> None:
        self._data = data

    def count(self, leaving: PurgedFile) -> int:
        """Return how many folders name it."""
        return sum(1 for _ in self._naming(leaving))

    def forget(self, leaving: PurgedFile) -> int:
        """Destroy the folders that name it; return how many."""
        found = list(self._naming(leaving))
        for folder in found:
            shutil.rmtree(folder)
        return len(found)

    def _naming(self, leaving: PurgedFile) -> Iterator[Path]:
        of_the_desk = (path for path in (self._data / "rehearsals").glob("*") if path.is_dir())
        of_the_command = (mark.parent for mark in self._data.glob(f"*/{MARK}"))
        for folder in (*of_the_desk, *of_the_command):
            if any(leaving.is_named_in(path.read_bytes()) for path in folder.rglob("*") if path.is_file()):
                yield folder
