"""Whether the disk of the data still has room."""

import shutil
from pathlib import Path
from typing import Final

from echeancier.domain.running.trouble import Trouble

LEAST_FREE: Final = 300_000_000
"""Bytes: the engine writes some megabytes a day; below that nobody should wait for the week-end to pass."""


def disk_trouble(data: Path) -> Trouble | None:
    """Return that the disk of a directory is nearly full, None when it is not or cannot be looked at."""
    try:
        free = shutil.disk_usage(data).free
    except OSError:
        return None
    if free >= LEAST_FREE:
        return None
    return Trouble(cause="disk", detail=f"{free // 1_000_000}\u00a0Mo libres")
