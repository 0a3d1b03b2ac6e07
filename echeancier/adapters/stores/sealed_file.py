"""Files sealed as a whole: a first line names the key, the rest is what only that key opens."""

from typing import Final

from echeancier.domain.running.keys import KeyGoneError, Sealed, Vault

_SEALED: Final = b"echeancier-sealed/1 "
"""First words of a sealed file; the key's id and a line end follow. No mail, and nothing of ours, begins like that."""


def sealed(vault: Vault | None, owner: str, content: bytes, about: str) -> bytes:
    """Return what is written to the disk: sealed for its owner, or as it is where nothing is encrypted."""
    if vault is None:
        return content
    made = vault.seal(owner, content, about)
    return _SEALED + made.key.encode() + b"\n" + made.content


def opened(vault: Vault | None, kept: bytes, about: str) -> bytes:
    """Return what a file holds; one written before there were keys is read as it is.

    Raises:
        KeyGoneError: it is sealed, and its key is gone or not given here.
    """
    if not kept.startswith(_SEALED):
        return kept
    if vault is None:
        raise KeyGoneError(f"« {about} » est chiffré, et aucune clé n’est donnée ici.")
    head, _, content = kept.partition(b"\n")
    return vault.open(Sealed(head.removeprefix(_SEALED).decode(), content), about)
