"""The vault of a rehearsal: one key, made in memory, written nowhere, gone with the process."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from echeancier.adapters.keys.key_file import NONCE
from echeancier.domain.running.keys import KeyGoneError, Sealed


class RehearsalVault:
    """AES-256-GCM with a key of its own. Implements the port `Vault`."""

    def __init__(self) -> None:
        self._key = AESGCM(AESGCM.generate_key(256))

    def admit(self, owner: str) -> None:
        """Do nothing: whoever it is, the key is the same."""

    def holds(self, owner: str) -> bool:  # noqa: ARG002 - the port's
        """Say yes: the key is here as long as the process."""
        return True

    def owners(self) -> list[str]:
        """Name nobody: there is nothing to destroy."""
        return []

    def seal(self, owner: str, content: bytes, about: str) -> Sealed:
        """Seal; whose it is, is part of what is sealed under."""
        nonce = secrets.token_bytes(NONCE)
        return Sealed(f"{owner}/1", nonce + self._key.encrypt(nonce, content, f"{owner}/1/{about}".encode()))

    def open(self, sealed: Sealed, about: str) -> bytes:
        """Open what was sealed.

        Raises:
            KeyGoneError: another process sealed it, or the bytes were changed.
        """
        nonce, content = sealed.content[:NONCE], sealed.content[NONCE:]
        try:
            return self._key.decrypt(nonce, content, f"{sealed.key}/{about}".encode())
        except (InvalidTag, ValueError):
            raise KeyGoneError("Un contenu de la répétition a été altéré, ou n’est pas à sa place.") from None

    def destroy(self, owner: str) -> bool:  # noqa: ARG002 - the port's
        """Destroy nothing: the key goes with the process."""
        return False
