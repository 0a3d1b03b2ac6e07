"""Writing a file where a person asked for it."""

from pathlib import Path

from echeancier.domain.errors import EcheancierError


def write_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, replacing what was there.

    Raises:
        EcheancierError: the folder is not there, or may not be written.
    """
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise EcheancierError(f"« {path} » ne peut pas être écrit : {problem.strerror}.") from problem
