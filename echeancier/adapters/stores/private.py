"""For its owner's eyes only: what is made from now on, what was made before, and the files that hold a secret."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from echeancier.domain.errors import EcheancierError

OTHERS: Final = 0o077
"""What the group and the other accounts of the machine may do with a file."""


class NotPrivateError(EcheancierError):
    """Others can read what must be read by this account alone; the message gives the command that mends it."""


def close_to_others() -> None:
    """Have every file this process and its children make be its owner's only, whoever started it with what mask."""
    os.umask(OTHERS)


def tighten(paths: Iterable[Path]) -> int:
    """Take from the group and the others what they may do with files and folders that are there; return how many.

    Symbolic links are left alone, and what they lead to.

    Raises:
        NotPrivateError: one of them belongs to another account.
    """
    closed = 0
    for path in paths:
        try:
            found = path.lstat()
            if stat.S_ISLNK(found.st_mode) or not found.st_mode & OTHERS:
                continue
            path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)
        except FileNotFoundError:  # gone since it was listed
            continue
        except PermissionError:
            raise NotPrivateError(
                f"{path} peut être lu par d’autres comptes de la machine, et ne nous appartient pas : "
                f"sudo chown -R {os.geteuid()} {path}, puis chmod -R go= {path}"
            ) from None
        closed += 1
    return closed


def check_private(path: Path, what: str) -> None:
    """Check that only its owner may read a file that holds a secret.

    Args:
        path: the file, or what leads to it.
        what: it, as a sentence begins, such as « La clé maîtresse ».

    Raises:
        NotPrivateError: others may.
        OSError: there is no such file.
    """
    mode = path.stat().st_mode
    if mode & OTHERS:
        by = "tous les comptes de la machine" if mode & 0o007 else "son groupe"
        raise NotPrivateError(f"{what}, {path} : ce fichier peut être lu par {by}. Le fermer : chmod 600 {path}")
