"""File locks that the operating system releases when their holder dies, however it dies.

`flock` belongs to the open file, not to the process: a child that inherits the descriptor keeps the lock
after its parent closed its own copy. That is how the server process itself says that its database is in use.
Local disks only; not on Windows.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class FileLock:
    """An exclusive lock on a file, held from `take` to `release`, with the holder's pid as its content."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> FileLock | None:
        """The lock, its content emptied, or None when somebody else holds it."""
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Emptied at once: whoever finds the lock held then reads its holder's pid, or nothing yet.
            os.ftruncate(descriptor, 0)
        except BlockingIOError:
            os.close(descriptor)
            return None
        return cls(descriptor)

    def sign(self) -> None:
        """Write our pid as the holder's."""
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def fileno(self) -> int:
        """The descriptor, to be inherited by the process that will hold the lock."""
        return self._descriptor

    def release(self) -> None:
        """Close our copy of the descriptor; the lock goes with the last copy."""
        os.close(self._descriptor)


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock. Looking takes a shared lock for an instant, so takers retry."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def holder(path: Path) -> int | None:
    """The pid written by the holder, or None while it has not signed yet. Only means something while held."""
    try:
        text = path.read_text("ascii")
    except FileNotFoundError:
        return None
    return int(text) if text.endswith("\n") else None
