"""The secret addresses of the feeds, in one file: only the mark of each secret is kept, never the secret.

Several processes may use it at once (the desk, a command): each change takes the lock beside the file, reads it again and
replaces it whole, so that a crash leaves the former file or the new one.
"""

import fcntl
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from domain.errors import EcheancierError
from domain.feeds.feed import Feed, Scope
from domain.mail import Language
from domain.model import Frozen

_BYTES = 32


class FeedStoreError(EcheancierError):
    """The file of the feeds cannot be used, or holds no such feed."""


class _Kept(Frozen):
    version: int = 1
    feeds: tuple[Feed, ...] = ()


class FeedStore:
    """Feeds by the secret behind them.

    Args:
        file: such as ``var/feeds.json``; made, readable by its owner only, with the first feed.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> tuple[Feed, ...]:
        """Return every feed, those revoked included, in the order in which they were made.

        Raises:
            FeedStoreError: the file cannot be read.
        """
        return self._read().feeds

    def create(self, scope: Scope, *, label: str, language: Language, on: date, by: str) -> tuple[Feed, str]:
        """Make a feed; return it with its secret, which nobody can be shown again.

        Raises:
            FeedStoreError: the file cannot be read.
        """
        secret = secrets.token_urlsafe(_BYTES)
        with self._changing() as feeds:
            made = Feed(
                id=f"a{max((int(feed.id[1:]) for feed in feeds), default=0) + 1}",
                label=label, scope=scope, language=language, digest=_digest(secret), created_on=on, created_by=by,
            )  # fmt: skip
            feeds.append(made)
        return made, secret

    def revoke(self, feed_id: str, on: date) -> Feed:
        """Close a feed for good; doing it again changes nothing.

        Raises:
            FeedStoreError: there is no such feed, or the file cannot be read.
        """
        with self._changing() as feeds:
            for n, feed in enumerate(feeds):
                if feed.id == feed_id:
                    feeds[n] = feed if feed.revoked_on else feed.model_copy(update={"revoked_on": on})
                    return feeds[n]
        known = ", ".join(feed.id for feed in self.all() if feed.is_open) or "aucun"
        raise FeedStoreError(f"Aucun abonnement « {feed_id} ». Abonnements ouverts\u00a0: {known}.")

    def open(self, secret: str, on: date) -> Feed | None:
        """Return the feed behind a secret and note the day it was used; None for what was never, or is no longer, one.

        Raises:
            FeedStoreError: the file cannot be read.
        """
        digest = _digest(secret)
        feed = next((one for one in self.all() if one.digest == digest and one.is_open), None)
        if feed is not None and feed.last_used_on != on:
            with self._changing() as feeds:
                feeds[:] = [
                    one.model_copy(update={"last_used_on": on}) if one.digest == digest else one
                    for one in feeds
                ]
        return feed

    def _read(self) -> _Kept:
        try:
            return _Kept.model_validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return _Kept()
        except (ValidationError, OSError) as error:
            raise FeedStoreError(
                f"Le fichier des abonnements, {self._file}, ne se lit pas\u00a0: le remettre depuis une sauvegarde, ou "
                "l’écarter (tous les abonnements seront alors à refaire)."
            ) from error

    @contextmanager
    def _changing(self) -> Iterator[list[Feed]]:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._file.with_suffix(".lock").open("a", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            before = self._read()
            feeds = list(before.feeds)
            yield feeds
            after = before.model_copy(update={"feeds": tuple(feeds)})
            if after != before:
                self._write(after)

    def _write(self, kept: _Kept) -> None:
        handle, beside = tempfile.mkstemp(dir=self._file.parent)  # readable by its owner only
        with os.fdopen(handle, "wb") as file:
            file.write(kept.model_dump_json(indent=1).encode())
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(self._file)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
