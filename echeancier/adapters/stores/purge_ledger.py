"""The ledger of purges, beside the master key: what was purged stays known where an old copy of the data is put back."""

import base64
import binascii
import logging
import os
from pathlib import Path
from typing import Final

from echeancier.adapters.stores.erasing import sync
from echeancier.domain.afterwards.purge_record import PurgeRecord
from echeancier.domain.running.keys import HOUSE, KeyGoneError, Sealed, Vault

NAME: Final = "purges.ledger"
_ABOUT: Final = "purge-ledger"
_log = logging.getLogger(__name__)


class PurgeLedger:
    """One line per purge that is finished, each sealed by the house's key.

    Several installations of one account share a master key, hence this file: a line that our house's key does not open is
    of another one, and ends nothing here.

    Args:
        file: never under the data directory, which a restoration replaces.
        vault: the keys.
    """

    def __init__(self, file: Path, vault: Vault) -> None:
        self._file = file
        self._vault = vault

    def all(self) -> list[PurgeRecord]:
        """Return the purges of this installation."""
        try:
            lines = self._file.read_text("ascii", "replace").splitlines()
        except OSError:
            return []
        return [record for record in map(self._opened, lines) if record is not None]

    def add(self, record: PurgeRecord) -> None:
        """Write a purge down; where nothing can be written there (a secret of a container), say so and go on."""
        sealed = self._vault.seal(HOUSE, record.model_dump_json().encode(), _ABOUT)
        line = f"{sealed.key} {base64.b64encode(sealed.content).decode()}\n".encode()
        try:
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(handle, line)
                os.fsync(handle)
            finally:
                os.close(handle)
            sync(self._file.parent)
        except OSError as error:
            _log.warning(
                "La purge de %s ne s’inscrit pas dans %s (%s) : après une restauration, seul le dossier archive s’en "
                "souviendra.", record.reference, self._file, error.strerror,
            )  # fmt: skip

    def _opened(self, line: str) -> PurgeRecord | None:
        key, _, content = line.partition(" ")
        try:
            sealed = Sealed(key, base64.b64decode(content, validate=True))
            return PurgeRecord.model_validate_json(self._vault.open(sealed, _ABOUT))
        except (
            KeyGoneError,
            binascii.Error,
            ValueError,
        ):  # of another installation, or cut short by a power failure
            return None
