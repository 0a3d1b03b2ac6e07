"""Files written whole, and files destroyed: overwritten before they are unlinked."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` in the place of a file, for its owner's eyes only: a reader sees the old one or the new one.

    What the former file held is overwritten once nobody can find it any more.

    Raises:
        OSError: the directory cannot be written; the former file is untouched.
    """
    former = _opened(path)
    handle, beside = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)  # noqa: PTH108 - the name is a string from mkstemp
        raise
    finally:
        if former is not None and (not path.exists() or os.fstat(former).st_ino != path.stat().st_ino):
            _blank(former)
        if former is not None:
            os.close(former)
    sync(path.parent)


def erase(path: Path) -> bool:
    """Overwrite a file, unlink it, and have the disk know; return whether there was one.

    A file system that copies on write, or a disk that moves its blocks, may keep the former bytes: this alone is not a
    proof of destruction. What it destroys here was encrypted, or is itself a wrapped key.
    """
    if not _blank_now(path):
        return False
    path.unlink(missing_ok=True)
    sync(path.parent)
    return True


def erase_folder(folder: Path) -> None:
    """Destroy a folder and every file in it; what is gone already is no trouble."""
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        with suppress(OSError):
            _blank_now(path)
    shutil.rmtree(folder, ignore_errors=True)


def sync(directory: Path) -> None:
    """Have the disk know the names of a directory."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _blank_now(path: Path) -> bool:
    handle = _opened(path)
    if handle is None:
        return False
    try:
        _blank(handle)
    finally:
        os.close(handle)
    return True


def _opened(path: Path) -> int | None:
    try:
        return os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return None


def _blank(handle: int) -> None:
    size = os.fstat(handle).st_size
    os.lseek(handle, 0, os.SEEK_SET)
    written = 0
    while written < size:
        written += os.write(handle, bytes(min(size - written, 1 << 20)))
    os.fsync(handle)
