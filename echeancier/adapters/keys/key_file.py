"""One file of keys: those of one convention, each wrapped by the master key."""

import base64
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict, Field

from echeancier.domain.running.keys import MasterKeyError

NONCE = 12
"""Bytes of a random nonce (NIST SP 800-38D): one key may safely draw four thousand million of them."""


class WrappedKey(BaseModel):
    """A key as it lies on disk.

    Attributes:
        number: its place in the life of its owner, from 1.
        wrapped: nonce and encrypted key, in base64.
    """

    model_config = ConfigDict(frozen=True)

    number: int = Field(ge=1)
    wrapped: str

    @classmethod
    def wrap(cls, owner: str, number: int, key: bytes, master: AESGCM, nonce: bytes) -> Self:
        """Wrap a key for its owner and number: in another file, or under another number, it does not open."""
        sealed = nonce + master.encrypt(nonce, key, _about(owner, number))
        return cls(number=number, wrapped=base64.b64encode(sealed).decode())

    def unwrap(self, owner: str, master: AESGCM) -> bytes:
        """Return the key.

        Raises:
            MasterKeyError: it was wrapped by another master key, or changed since.
        """
        sealed = base64.b64decode(self.wrapped)
        try:
            return master.decrypt(sealed[:NONCE], sealed[NONCE:], _about(owner, self.number))
        except InvalidTag:
            raise MasterKeyError(
                f"La clé de {owner} ne s’ouvre pas avec cette clé maîtresse : elle a été faite avec une autre."
            ) from None


class KeyFile(BaseModel):
    """The keys of one owner, oldest first; the last one seals, all of them open."""

    model_config = ConfigDict(frozen=True)

    owner: str
    keys: tuple[WrappedKey, ...] = Field(min_length=1)


def _about(owner: str, number: int) -> bytes:
    return f"echeancier/key/{owner}/{number}".encode()
