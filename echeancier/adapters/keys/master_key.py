"""The master key: a file that wraps every other key, kept apart from what it protects."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from echeancier.adapters.stores.erasing import sync
from echeancier.adapters.stores.private import NotPrivateError, check_private
from echeancier.domain.running.keys import MasterKeyError

SIZE = 32
"""Bytes: AES-256."""


def default_place() -> Path:
    """Return where the master key of this user is when no setting names another place: never beside the data."""
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "echeancier" / "master.key"


def read_master_key(path: Path) -> bytes:
    """Return the key.

    Raises:
        MasterKeyError: there is none, somebody else can read it, or it is not a key.
    """
    try:
        check_private(path, "La clé maîtresse")
        text = path.read_text("ascii")
    except NotPrivateError as error:
        raise MasterKeyError(str(error)) from None
    except FileNotFoundError:
        raise MasterKeyError(
            f"La clé maîtresse {path} manque : sans elle, rien de ce qui est conservé ne se lit. Remettre la copie qui en "
            "a été gardée, ou dire où elle est (ECHEANCIER_MASTER_KEY_FILE)."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise MasterKeyError(f"La clé maîtresse {path} ne se lit pas ({type(error).__name__}).") from error
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != SIZE:
        raise MasterKeyError(
            f"{path} n’est pas une clé maîtresse : on attend {SIZE} octets en base64 (openssl rand -base64 {SIZE})."
        )
    return key


def make_master_key(path: Path) -> bytes:
    """Make a master key, readable by its owner only, and return it; the one that is there already wins.

    Raises:
        MasterKeyError: it cannot be written there, or what is there is not a key.
    """
    key = secrets.token_bytes(SIZE)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read_master_key(path)
    except OSError as error:
        raise MasterKeyError(
            f"La clé maîtresse ne peut être écrite dans {path} : {error.strerror}. Choisir un autre endroit, hors du dossier "
            "des données : ECHEANCIER_MASTER_KEY_FILE."
        ) from error
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(key) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    sync(path.parent)
    return key
