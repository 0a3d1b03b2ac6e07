"""Keys and who owns them: one per convention, destroyed with its file; one per day of mail; the rest is the house's."""

from dataclasses import dataclass
from typing import Final, Protocol

from echeancier.domain.errors import EcheancierError

HOUSE: Final = "_house"
"""Owner of what belongs to no convention (the readings of the mailbox); no reference begins with a low line."""


MAILS: Final = "_mail"
"""How the owners of the mails of a day begin, and the folder in which those mails wait; no reference begins so."""


def mails_of(day: str) -> str:
    """Return the owner of the mails of a day, ``2026-11-30``: they speak of many conventions, and are of use on that day."""
    return f"{MAILS}-{day}"


def day_of_mails(owner: str) -> str | None:
    """Return the day whose mails an owner is, None for any other owner."""
    return owner.removeprefix(f"{MAILS}-") if owner.startswith(f"{MAILS}-") else None


class KeyGoneError(EcheancierError):
    """Something sealed cannot be opened: its key was destroyed, is not here, or the bytes were changed."""


class KeyLostError(KeyGoneError):
    """What is kept of an owner cannot be read any more: its key was not destroyed, it is missing or does not open.

    Args:
        owner: a reference, or `HOUSE`.
    """

    def __init__(self, owner: str) -> None:
        whose = "de la maison (celle des réponses, des purges et des rondes)" if owner == HOUSE else f"de « {owner} »"
        super().__init__(
            f"La clé {whose} manque ou ne convient pas : rien de ce qu’elle a scellé ne se lit, et aucune autre ne la "
            f"remplace. Remettre {owner}.json dans le dossier keys, depuis une sauvegarde : dans les dix minutes, tout se lit."
        )


class MasterKeyError(EcheancierError):
    """The master key that wraps every other key is missing, cannot be used, or is not the right one."""


@dataclass(frozen=True)
class Sealed:
    """Encrypted bytes.

    Attributes:
        key: id of the key, ``owner/number``: not secret, and not personal.
        content: what only that key opens.
    """

    key: str
    content: bytes


def owner_of_key(key: str) -> str:
    """Return the convention, or `HOUSE`, that a key belongs to."""
    return key.rpartition("/")[0]


class Vault(Protocol):
    """Seals and opens bytes with the key of their owner.

    ``about`` says what the bytes are and where they belong; they only open again under the same words.
    """

    def admit(self, owner: str) -> None:
        """Make a key for an owner that begins; never for one that sealed something before."""
        ...

    def holds(self, owner: str) -> bool:
        """Whether the keys of an owner are here and can be used."""
        ...

    def owners(self) -> list[str]:
        """Return whoever has a key, the house included."""
        ...

    def seal(self, owner: str, content: bytes, about: str) -> Sealed:
        """Seal with the owner's current key, with the house's where the owner has none."""
        ...

    def open(self, sealed: Sealed, about: str) -> bytes:
        """Open what was sealed.

        Raises:
            KeyGoneError: the key is gone, or these are not the bytes that were sealed under these words.
        """
        ...

    def destroy(self, owner: str) -> bool:
        """Destroy every key of an owner; return whether there was one."""
        ...
