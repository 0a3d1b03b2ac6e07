"""The secret addresses of the feeds, in one file: only the mark of each secret is kept, never the secret.

Several processes may use it at once (the desk, a command): each change takes the lock beside the file, reads it again and
replaces it whole, so that a crash leaves the former file or the new one.
"""

import fcntl
import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from echeancier.adapters.stores.erasing import write_whole
from echeancier.adapters.stores.sealed_file import opened, sealed
from echeancier.domain.afterwards.purged_file import PurgedFile
from echeancier.domain.errors import EcheancierError
from echeancier.domain.messages.mail import Language
from echeancier.domain.model import Frozen
from echeancier.domain.overview.feed import Feed, Scope
from echeancier.domain.running.keys import HOUSE, KeyGoneError, Vault

TERM: Final = timedelta(days=90)
"""How long a revoked feed stays in the list: the time to see what was closed, then nobody needs to know of whom it was."""

_BYTES = 32
_ABOUT = "feeds"


class FeedStoreError(EcheancierError):
    """The file of the feeds cannot be used, or holds no such feed."""


class _Kept(Frozen):
    version: int = 1
    feeds: tuple[Feed, ...] = ()


class FeedStore:
    """Feeds by the secret behind them.

    Args:
        file: such as ``var/feeds.json``; made, readable by its owner only, with the first feed.
        vault: the keys: a feed may be about a person, so the house's key seals the file; None where nothing is encrypted.
    """

    def __init__(self, file: Path, vault: Vault | None = None) -> None:
        self._file = file
        self._vault = vault

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
            number = max((int(feed.id[1:]) for feed in feeds), default=0) + 1
            feeds[:] = [feed for feed in feeds if feed.revoked_on is None or on - feed.revoked_on <= TERM]
            made = Feed(
                id=f"a{number}",
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
                    if one.revoked_on is None or on - one.revoked_on <= TERM
                ]
        return feed

    def count(self, leaving: PurgedFile) -> int:
        """Return how many feeds, revoked ones included, are of a file that is purged, or of its people."""
        return sum(_is_of(feed, leaving) for feed in self.all())

    def forget(self, leaving: PurgedFile) -> int:
        """Close and forget the feeds of a file, and of the people who stand in no other; return how many."""
        with self._changing() as feeds:
            before = len(feeds)
            feeds[:] = [feed for feed in feeds if not _is_of(feed, leaving)]
            return before - len(feeds)

    def _read(self) -> _Kept:
        try:
            return _Kept.model_validate_json(opened(self._vault, self._file.read_bytes(), _ABOUT))
        except FileNotFoundError:
            return _Kept()
        except (ValidationError, OSError, KeyGoneError) as error:
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
        write_whole(self._file, sealed(self._vault, HOUSE, kept.model_dump_json(indent=1).encode(), _ABOUT))


def _is_of(feed: Feed, leaving: PurgedFile) -> bool:
    if feed.scope.kind == "convention":
        return feed.scope.name == leaving.reference
    return leaving.is_named_in(f"{feed.scope.name} {feed.label} {feed.created_by}")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
