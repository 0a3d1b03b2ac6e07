"""The keys of the links: one file in the state directory, readable by its owner only, shared by who writes and who reads.

The file is read each time: a key added or taken away counts at once, in every process, without any restart.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from echeancier.domain.errors import EcheancierError
from echeancier.domain.messages.tokens import SECRET_BYTES, LinkKey

FILE: Final = "links.keys"


class LinkKeysError(EcheancierError):
    """The file of the keys is missing, cannot be read, or is open to others; the message says what to do."""


@dataclass(frozen=True)
class KeptKey:
    """A key and the instant it was made, for whoever looks after them."""

    key: LinkKey
    since: str


class LinkKeys:
    """The keys kept in a directory.

    Args:
        directory: that of the program's state.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / FILE

    def ensure(self, now: datetime) -> bool:
        """Make the first key if there is no file yet; return whether one was made.

        Args:
            now: aware instant, kept beside the key.
        """
        with self._alone():
            if self._path.exists():
                self.kept()
                return False
            self._write((_fresh(now),))
            return True

    def rotate(self, now: datetime, *, revoke: bool = False) -> LinkKey:
        """Add a key, with which everything is signed from now on; the former ones go on being believed.

        Args:
            now: aware instant, kept beside the key.
            revoke: forget the former ones: every link that left before is dead.

        Raises:
            LinkKeysError: the file that is there cannot be used.
        """
        with self._alone():
            former = self.kept() if self._path.exists() else ()
            fresh = _fresh(now)
            self._write((fresh,) if revoke else (*former, fresh))
            return fresh.key

    def current(self) -> LinkKey:
        """Return the key to sign with: the last one added.

        Raises:
            LinkKeysError: there is none, or the file cannot be used.
        """
        return self.kept()[-1].key

    def trusted(self) -> Mapping[str, LinkKey]:
        """Return every key to believe, by id.

        Raises:
            LinkKeysError: there is none, or the file cannot be used.
        """
        return {kept.key.id: kept.key for kept in self.kept()}

    def kept(self) -> tuple[KeptKey, ...]:
        """Return the keys, oldest first.

        Raises:
            LinkKeysError: there is none, or the file cannot be used.
        """
        try:
            with self._path.open("rb") as file:
                if os.fstat(file.fileno()).st_mode & 0o077:
                    raise LinkKeysError(
                        f"Le fichier des clés de liens {self._path} peut être lu par d’autres\u00a0: chmod 600."
                    )
                content = json.load(file)
            found = tuple(KeptKey(LinkKey(bytes.fromhex(k["secret"])), k["since"]) for k in content["keys"])
        except FileNotFoundError:
            raise LinkKeysError(
                f"Le fichier des clés de liens {self._path} n’existe pas\u00a0: « echeancier links rotate » en fait un."
            ) from None
        except OSError as error:
            raise LinkKeysError(
                f"Le fichier des clés de liens {self._path} ne se lit pas ({error.strerror})."
            ) from None
        except (ValueError, KeyError, TypeError):  # never with its cause: it would show what was read
            found = ()
        if not found:
            raise LinkKeysError(
                f"Le fichier des clés de liens {self._path} est abîmé\u00a0: le remettre depuis une sauvegarde, ou le "
                "retirer (les liens déjà envoyés ne vaudront plus rien)."
            )
        return found

    def _write(self, keys: tuple[KeptKey, ...]) -> None:
        content = {"keys": [{"secret": k.key.secret.hex(), "since": k.since} for k in keys]}
        beside = self._path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two processes that start together make one first key, not two."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def _fresh(now: datetime) -> KeptKey:
    return KeptKey(LinkKey(secrets.token_bytes(SECRET_BYTES)), now.replace(microsecond=0).isoformat())
