"""Who is signed in, kept on the server: the browser holds a name signed by us and nothing else.

No name, no address: a session knows which line of the roles file it came from, by its digest.
"""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from echeancier.adapters.sign_in.oidc import Attempt

ATTEMPT_LIFE: Final = timedelta(minutes=10)
"""How long a way in stays open: the time to find a telephone and type a code."""

_SEEN_EVERY: Final = timedelta(minutes=1)
_MOST_ATTEMPTS: Final = 5_000
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS session (
    mark TEXT PRIMARY KEY, holder TEXT NOT NULL, id_token TEXT NOT NULL, started REAL NOT NULL, seen REAL NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS attempt (
    state TEXT PRIMARY KEY, browser TEXT NOT NULL, nonce TEXT NOT NULL, verifier TEXT NOT NULL, path TEXT NOT NULL,
    made REAL NOT NULL
) STRICT;
"""


@dataclass(frozen=True)
class Session:
    """A session that is alive.

    Attributes:
        mark: digest of its secret; ties the forms to it.
        holder: `desk.sign_in.roles_file.Entry.key` of whoever signed in.
        id_token: signing out at the provider's asks for it.
    """

    mark: str
    holder: str
    id_token: str


@dataclass(frozen=True)
class OpenedSession:
    """A way in, and the local page asked for first."""

    attempt: Attempt
    path: str


class Sessions:
    """Sessions and ways in, in one small SQLite file that several processes may share.

    Args:
        path: the file; made readable by its owner only.
        clock: the present instant.
        idle: a session unused for so long ends.
        life: and every session after that.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime], idle: timedelta, life: timedelta) -> None:
        self._clock, self._idle, self._life = clock, idle, life
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        self._base = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5)
        self._base.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def begin(self, holder: str, id_token: str) -> str:
        """Begin a session; return its secret, for the browser alone."""
        secret, now = secrets.token_urlsafe(32), self._now()
        self._base.execute("DELETE FROM session WHERE seen < ? OR started < ?", self._limits(now))
        self._base.execute("INSERT INTO session VALUES (?, ?, ?, ?, ?)", (mark_of(secret), holder, id_token, now, now))
        return secret

    def find(self, secret: str) -> Session | None:
        """Return the session of a secret if it is alive, and note that it was used."""
        mark, now = mark_of(secret), self._now()
        idle, life = self._limits(now)
        row = self._base.execute(
            "SELECT holder, id_token, seen FROM session WHERE mark = ? AND seen >= ? AND started >= ?",
            (mark, idle, life),
        ).fetchone()
        if row is None:
            return None
        if now - row[2] > _SEEN_EVERY.total_seconds():
            self._base.execute("UPDATE session SET seen = ? WHERE mark = ?", (now, mark))
        return Session(mark, row[0], row[1])

    def end(self, secret: str) -> None:
        """End a session."""
        self._base.execute("DELETE FROM session WHERE mark = ?", (mark_of(secret),))

    def end_all(self) -> int:
        """End every session and close every way in; return how many sessions there were."""
        self._base.execute("DELETE FROM attempt")
        return self._base.execute("DELETE FROM session").rowcount

    def open(self, browser: str, path: str) -> Attempt:
        """Open a way in for a browser, which leads to a local page."""
        attempt = Attempt(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
        now = self._now()
        self._base.execute("DELETE FROM attempt WHERE made < ?", (now - ATTEMPT_LIFE.total_seconds(),))
        self._base.execute(
            "DELETE FROM attempt WHERE state IN (SELECT state FROM attempt ORDER BY made DESC LIMIT -1 OFFSET ?)",
            (_MOST_ATTEMPTS,),
        )
        self._base.execute(
            "INSERT INTO attempt VALUES (?, ?, ?, ?, ?, ?)",
            (mark_of(attempt.state), mark_of(browser), attempt.nonce, attempt.verifier, path, now),
        )
        return attempt

    def take(self, state: str, browser: str) -> OpenedSession | None:
        """Return the way in that a state names, once: None when it served, is too old, or is another browser's."""
        row = self._base.execute(
            "DELETE FROM attempt WHERE state = ? AND browser = ? AND made >= ? RETURNING nonce, verifier, path",
            (mark_of(state), mark_of(browser), self._now() - ATTEMPT_LIFE.total_seconds()),
        ).fetchone()
        return None if row is None else OpenedSession(Attempt(state, row[0], row[1]), row[2])

    def _limits(self, now: float) -> tuple[float, float]:
        return now - self._idle.total_seconds(), now - self._life.total_seconds()

    def _now(self) -> float:
        return self._clock().astimezone(UTC).timestamp()


def mark_of(secret: str) -> str:
    """Return what the server keeps of a secret: whoever reads the file cannot sign in with it."""
    return hashlib.sha256(secret.encode()).hexdigest()
