"""The secrets of the desk: what signs its cookies and its forms, kept from one start to the next, changed at will."""

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, Signer

from echeancier.domain.errors import EcheancierError

_BYTES: Final = 32


class KeysError(EcheancierError):
    """The file of the keys cannot be used; the message says what would put it right."""


class SessionKeys:
    """Signs with the newest key, believes every key still there.

    Args:
        keys: identifier to secret, newest first.
        path: where they are kept; a file changed by another process is read again.
    """

    def __init__(self, keys: dict[str, bytes], path: Path | None = None) -> None:
        self._keys, self._path = keys, path
        self._read_at = _mark(path)

    @classmethod
    def of(cls, secret: bytes) -> "SessionKeys":
        """Return keys made of one secret, kept nowhere."""
        return cls({"k0": secret})

    @classmethod
    def kept_in(cls, path: Path) -> "SessionKeys":
        """Return the keys kept in a file, readable by its owner only; make it when there is none.

        Raises:
            KeysError: the file is not one of ours, or cannot be written.
        """
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                _write(path, _fresh())
            return cls(_load(path), path)
        except OSError as error:
            raise KeysError(f"{path} ne peut pas être ouvert ({error.strerror})") from None

    def renew(self, *, forget: bool) -> None:
        """Sign with a new key from now on.

        Args:
            forget: what the former ones signed is worth nothing any more; otherwise they are still believed.
        """
        self._keys = _fresh() | ({} if forget else self._now())
        if self._path is not None:
            _write(self._path, self._keys)
            self._read_at = _mark(self._path)

    def sign(self, purpose: str, value: str) -> str:
        """Return ``value`` with the id of the key and a signature that holds for one purpose only."""
        name, secret = next(iter(self._now().items()))
        return f"{name}.{_signer(secret, purpose).sign(value).decode()}"

    def read(self, purpose: str, signed: str) -> str | None:
        """Return what was signed for a purpose, None when it was not signed by one of our keys."""
        name, _, rest = signed.partition(".")
        secret = self._now().get(name)
        if secret is None:
            return None
        try:
            return _signer(secret, purpose).unsign(rest.encode()).decode()
        except (BadSignature, UnicodeError):
            return None

    def seal(self, purpose: str, value: str) -> str:
        """Return a signature of ``value`` without the value itself."""
        name, secret = next(iter(self._now().items()))
        return f"{name}.{_seal(secret, purpose, value)}"

    def agrees(self, purpose: str, value: str, given: str) -> bool:
        """Whether ``given`` is the seal of ``value`` for a purpose."""
        name, _, rest = given.partition(".")
        secret = self._now().get(name)
        return secret is not None and hmac.compare_digest(_seal(secret, purpose, value).encode(), rest.encode())

    def _now(self) -> dict[str, bytes]:
        if self._path is not None and (mark := _mark(self._path)) not in (self._read_at, None):
            self._keys, self._read_at = _load(self._path), mark
        return self._keys


def _fresh() -> dict[str, bytes]:
    return {f"k{secrets.token_hex(4)}": secrets.token_bytes(_BYTES)}


def _signer(secret: bytes, purpose: str) -> Signer:
    return Signer(secret, salt=f"echeancier.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256)


def _seal(secret: bytes, purpose: str, value: str) -> str:
    return hmac.new(secret, f"{purpose}\x1f{value}".encode(), hashlib.sha256).hexdigest()


def _mark(path: Path | None) -> tuple[int, int] | None:
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return None if found is None else (found.st_mtime_ns, found.st_ino)


def _load(path: Path) -> dict[str, bytes]:
    try:
        found = json.loads(path.read_text("utf-8"))
        keys = {str(one["id"]): bytes.fromhex(one["secret"]) for one in found["keys"]}
    except (ValueError, KeyError, TypeError):
        keys = {}
    if not keys or any(len(secret) < _BYTES for secret in keys.values()):
        raise KeysError(
            f"{path} n’est pas un fichier de clés du bureau : le supprimer en fait un neuf, et déconnecte tout le monde"
        )
    return keys


def _write(path: Path, keys: dict[str, bytes]) -> None:
    """Write beside, then put in place: a reader sees the old file or the new one, and nobody else sees either."""
    text = json.dumps({"keys": [{"id": name, "secret": secret.hex()} for name, secret in keys.items()]})
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
