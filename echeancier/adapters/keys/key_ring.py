"""The key ring: a directory with one file of keys per convention. Implements the port `Vault`."""

import fcntl
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import ValidationError

from echeancier.adapters.keys.key_file import NONCE, KeyFile, WrappedKey
from echeancier.adapters.keys.master_key import SIZE
from echeancier.adapters.stores.erasing import erase, write_whole
from echeancier.domain.running.keys import HOUSE, KeyGoneError, KeyLostError, MasterKeyError, Sealed, owner_of_key

_SUFFIX = ".json"
_MARKS = ".marks"
_LOCK = ".lock"
_Mark = tuple[int, int, int]


@dataclass(frozen=True)
class _Known:
    mark: _Mark
    keys: dict[str, AESGCM]
    current: str


class KeyRing:
    """AES-256-GCM with one key per convention, and older keys that still open.

    Several processes may use the directory: a file that changed is read again, a key destroyed is gone for all.
    Beside each file lie the marks of its keys, from which no key can be told: a file that lacks a key that was made here,
    or holds another under its name, is a lost key. Sealing with it would make new contents that the right one never opens.

    Args:
        directory: of the key files; made, for its owner only, if missing.
        master: the master key.
    """

    def __init__(self, directory: Path, master: bytes) -> None:
        self._directory = directory
        self._master = AESGCM(master)
        self._known: dict[str, _Known] = {}

    def admit(self, owner: str) -> None:
        """Make a key for an owner that has none yet.

        The house's key is made with the first one of the ring: a ring that lacks it has lost it, and gets no other. So has
        whoever has marks and no key.

        Raises:
            KeyLostError: it had one.
        """
        with self._alone():
            if not self.owners() and owner != HOUSE:
                self._write(HOUSE, ())
            if self._keys(owner) is None:
                if (owner == HOUSE and self.owners()) or self._marks(owner):
                    raise KeyLostError(owner)
                self._write(owner, ())

    def holds(self, owner: str) -> bool:
        """Whether the keys of an owner are here and can be used: neither missing, nor damaged, nor another master key's."""
        try:
            return self._keys(owner) is not None
        except (KeyGoneError, MasterKeyError):
            return False

    def rotate(self, owner: str) -> None:
        """Make a new key for an owner: it seals from now on, the former ones still open.

        Raises:
            KeyGoneError: the owner has no key.
        """
        with self._alone():
            kept = self._read(owner)
            if kept is None:
                raise KeyGoneError(f"Aucune clé pour « {owner} » : rien à renouveler.")
            self._keys(owner)  # a key that is not the right one is no base for another
            self._write(owner, kept.keys)

    def owners(self) -> list[str]:
        """Return whoever has a key, the house included."""
        return sorted(path.name.removesuffix(_SUFFIX) for path in self._directory.glob(f"*{_SUFFIX}"))

    def numbers(self, owner: str) -> list[WrappedKey]:
        """Return the keys of an owner as they lie on disk, oldest first."""
        kept = self._read(owner)
        return [] if kept is None else list(kept.keys)

    def seal(self, owner: str, content: bytes, about: str) -> Sealed:
        """Seal with the owner's current key, with the house's where the owner has none."""
        known = self._keys(owner)
        if known is None:
            self.admit(HOUSE)
            known = self._keys(HOUSE)
            assert known is not None  # noqa: S101 - just made
        nonce = secrets.token_bytes(NONCE)
        sealed = known.keys[known.current].encrypt(nonce, content, _about(known.current, about))
        return Sealed(known.current, nonce + sealed)

    def open(self, sealed: Sealed, about: str) -> bytes:
        """Open what was sealed.

        Raises:
            KeyGoneError: the key is gone, or these are not the bytes that were sealed under these words.
        """
        owner = owner_of_key(sealed.key)
        known = self._keys(owner)
        if known is None or sealed.key not in known.keys:
            raise KeyGoneError(f"La clé « {sealed.key} » n’est pas ici, ou a été détruite avec le dossier.")
        try:
            return known.keys[sealed.key].decrypt(
                sealed.content[:NONCE], sealed.content[NONCE:], _about(sealed.key, about)
            )
        except (InvalidTag, ValueError):
            raise KeyGoneError(f"Un contenu de « {owner} » a été altéré, ou n’est pas à sa place.") from None

    def destroy(self, owner: str) -> bool:
        """Destroy every key of an owner: overwritten, then unlinked; return whether there was one."""
        with self._alone():
            self._known.pop(owner, None)
            erase(self._path(owner, _MARKS))
            return erase(self._path(owner))

    def _keys(self, owner: str) -> _Known | None:
        """The keys in memory, read again when their file changed; None when there is no file."""
        try:
            seen = self._path(owner).stat()
        except FileNotFoundError:
            self._known.pop(owner, None)
            return None
        mark = (seen.st_ino, seen.st_mtime_ns, seen.st_size)
        known = self._known.get(owner)
        if known is None or known.mark != mark:
            kept = self._read(owner)
            if kept is None:
                return None
            found = {f"{owner}/{k.number}": k.unwrap(owner, self._master) for k in kept.keys}
            if not self._marks(owner).items() <= _marked(found).items():
                raise KeyLostError(owner)
            keys = {name: AESGCM(key) for name, key in found.items()}
            known = self._known[owner] = _Known(mark, keys, f"{owner}/{kept.keys[-1].number}")
        return known

    def _read(self, owner: str) -> KeyFile | None:
        for last in (False, False, True):
            try:
                kept = KeyFile.model_validate_json(self._path(owner).read_bytes())
            except FileNotFoundError:
                return None
            except ValidationError:  # read while it was replaced: its former bytes are overwritten
                if last:
                    raise KeyGoneError(f"Le fichier des clés de « {owner} » est abîmé.") from None
                time.sleep(0.01)
            else:
                return kept
        return None

    def _write(self, owner: str, former: tuple[WrappedKey, ...]) -> None:
        number = former[-1].number + 1 if former else 1
        key, nonce = secrets.token_bytes(SIZE), secrets.token_bytes(NONCE)
        made = WrappedKey.wrap(owner, number, key, self._master, nonce)
        kept = KeyFile(owner=owner, keys=(*former, made))
        write_whole(self._path(owner), kept.model_dump_json(indent=1).encode() + b"\n")
        # Second: killed between the two, the marks say less than the keys hold, which is right.
        marks = self._marks(owner) | _marked({f"{owner}/{number}": key})
        write_whole(self._path(owner, _MARKS), json.dumps(marks, indent=1).encode() + b"\n")

    def _marks(self, owner: str) -> dict[str, str]:
        """The marks of the keys made for an owner; none where their file is gone or damaged: the keys are then believed."""
        try:
            return dict(json.loads(self._path(owner, _MARKS).read_bytes()))
        except (OSError, ValueError, TypeError):
            return {}

    def _path(self, owner: str, suffix: str = _SUFFIX) -> Path:
        if not owner or "/" in owner or owner.startswith("."):
            raise KeyGoneError(f"« {owner} » n’est pas le nom d’un dossier.")
        return self._directory / f"{owner}{suffix}"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the ring against other processes while keys are made or destroyed."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._directory / _LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _marked(keys: dict[str, bytes]) -> dict[str, str]:
    """The mark of each key under its id: a hash of 256 random bits, which tells nothing of them."""
    return {
        name: hashlib.sha256(b"echeancier/mark/" + name.encode() + b"/" + key).hexdigest() for name, key in keys.items()
    }


def _about(key: str, about: str) -> bytes:
    return f"echeancier/{key}/{about}".encode()
