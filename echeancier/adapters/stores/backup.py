"""A backup of the data directory, as the inventory says: the engine's file by SQLite's own copy, the rest as it lies."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.adapters.stores.inventory import saved
from echeancier.adapters.stores.private import tighten
from echeancier.domain.errors import EcheancierError
from echeancier.domain.running.keys import KeyGoneError

INCOMPLETE: Final = "INACHEVEE.txt"
"""Lies in a backup until its last file: one that was killed would look like any other, and lack the keys."""

_ENGINE: Final = "engine.db"
_SAID: Final = (
    "Cette sauvegarde n’est pas achevée : ne pas la restaurer. Si aucune sauvegarde n’est en cours, elle a été interrompue : "
    "supprimer ce dossier et recommencer.\n"
)


class BackupError(EcheancierError):
    """The backup cannot be written there; the message says where it could."""


@dataclass(frozen=True)
class Saved:
    """What was saved.

    Attributes:
        files: how many.
        wrong: owners whose key is missing, or does not open what lies here: their key file is not in the backup, where it
            would take the place of the right one.
    """

    files: int
    wrong: tuple[str, ...]


def save(data: Path, folder: Path, vault: KeyRing | None) -> Saved:
    """Copy what the inventory has saved; while the program runs too.

    The engine's file first: keys that are newer than it open all of it, older ones would not.

    Raises:
        BackupError: the folder holds something, or is inside the data.
        OSError: something cannot be read or written; what was copied is no backup.
    """
    if folder.resolve().is_relative_to(data.resolve()):
        raise BackupError(f"{folder} est dans le dossier des données : une sauvegarde se garde ailleurs.")
    if (folder / INCOMPLETE).exists():
        raise BackupError(f"{folder} contient une sauvegarde inachevée : le supprimer, ou en prendre un autre.")
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} n’est pas vide : une sauvegarde s’écrit dans un dossier neuf.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / INCOMPLETE).write_text(_SAID, "utf-8")
    files = 0
    if (data / _ENGINE).exists():
        with (
            closing(sqlite3.connect(data / _ENGINE)) as live,
            closing(sqlite3.connect(folder / _ENGINE)) as copy,
        ):
            live.backup(copy)
        files += 1
    wrong = () if vault is None else _wrong(data, vault)
    # The marks of the keys before the keys: one renewed meanwhile must not be marked in a copy that lacks it.
    for name in sorted(saved(data), key=lambda one: one.suffix != ".marks"):
        if name.name.startswith(_ENGINE) or (name.parts[0] == "keys" and name.stem in wrong):
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            shutil.copy2(data / name, folder / name)
        except FileNotFoundError:  # destroyed since it was listed, by a purge
            continue
        files += 1
    tighten([folder, *folder.rglob("*")])
    (folder / INCOMPLETE).unlink()
    return Saved(files, wrong)


def _wrong(data: Path, vault: KeyRing) -> tuple[str, ...]:
    """A key is tried on the last document it sealed."""
    store, folders = DirectoryStore(data / "documents", vault), (data / "documents").glob("*")
    owners = {
        *vault.owners(),
        *(path.name for path in folders if path.is_dir() and not path.name.startswith("_")),
    }
    return tuple(sorted(owner for owner in owners - {"replies"} if not _opens(store, vault, owner)))


def _opens(store: DirectoryStore, vault: KeyRing, owner: str) -> bool:
    names = store.names(owner)
    try:
        return vault.holds(owner) and (not names or store.get(names[-1]) is not None)
    except KeyGoneError:
        return False
