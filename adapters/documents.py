"""A document store that is a directory: one file per document, written whole or not at all."""

import os
import tempfile
from pathlib import Path


class DirectoryStore:
    """Keeps bytes under a name such as ``SQF-P/mail/<id>.eml``.

    Args:
        directory: where the files go; created if missing.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def get(self, name: str) -> bytes | None:
        """Return the bytes kept under ``name``, None if there are none."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None

    def put_once(self, name: str, content: bytes) -> bytes:
        """Keep ``content`` unless something is there already; return what is kept.

        Written beside, flushed to disk, then linked into place: a crash leaves the whole document or none, and of two
        writers the first wins.
        """
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(beside, path)
            except FileExistsError:
                return path.read_bytes()
        finally:
            os.unlink(beside)  # noqa: PTH108 - the name is a string from mkstemp
        return content

    def _path(self, name: str) -> Path:
        path = (self._directory / name).resolve()
        if not path.is_relative_to(self._directory.resolve()):
            raise ValueError(f"« {name} » sort du dossier des documents")
        return path
