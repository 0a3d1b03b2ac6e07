"""The key ring that the settings name: opened by every command, made by the one that makes everything else."""

from collections.abc import Callable
from pathlib import Path

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.master_key import default_place, make_master_key, read_master_key
from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.feeds import FeedStore
from echeancier.adapters.stores.purge_ledger import NAME
from echeancier.domain.running.keys import MasterKeyError


def keys_directory(settings: Settings) -> Path:
    """Return where the wrapped keys are."""
    return settings.data / "keys"


def master_key_file(settings: Settings) -> Path:
    """Return where the master key is."""
    return settings.master_key_file or default_place()


def purge_ledger_file(settings: Settings) -> Path:
    """Return where the purges are written down apart from the data: beside the master key."""
    return master_key_file(settings).with_name(NAME)


def open_ring(settings: Settings) -> KeyRing | None:
    """Return the key ring, None where the settings turn encryption off.

    Raises:
        MasterKeyError: the master key is missing or cannot be used.
    """
    if not settings.encrypt:
        return None
    return KeyRing(keys_directory(settings), read_master_key(master_key_file(settings)))


def open_feeds(settings: Settings) -> FeedStore:
    """Return the feeds, with the keys that open them where there are any.

    Raises:
        MasterKeyError: the master key is missing or cannot be used, and there are feeds.
    """
    return FeedStore(settings.feeds, open_ring(settings) if settings.feeds.exists() else None)


def make_ring(settings: Settings, tell: Callable[[str], None]) -> KeyRing | None:
    """Return the key ring; the first time, make the master key and say where it is.

    A ring that holds keys already never gets a new master key: it would open none of them.

    Raises:
        MasterKeyError: the master key is missing and keys wrapped by it are there, or it cannot be written.
    """
    file = master_key_file(settings)
    if settings.encrypt and not file.exists() and not any(keys_directory(settings).glob("*.json")):
        if file.resolve().is_relative_to(settings.data.resolve()):
            raise MasterKeyError(
                f"La clé maîtresse {file} serait dans le dossier des données {settings.data} : qui l’emporterait aurait "
                "tout. Choisir un autre endroit (ECHEANCIER_MASTER_KEY_FILE)."
            )
        make_master_key(file)
        tell(
            f"Clé maîtresse créée : {file}. Gardez-en une copie à part : sans elle, rien de ce qui est conservé dans "
            f"{settings.data} ne se lit."
        )
    return open_ring(settings)
