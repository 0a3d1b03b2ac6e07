"""Rehearsals asked on the desk: the command ``echeancier rehearse`` in a process of its own, one at a time, with limits.

It is the real rehearsal, on an engine of its own, so that its mails are those that would leave, word for word;
as a process, so that neither its engine nor its hunger for a processor is the desk's. No setting of ours reaches it: not the
relay, not the engine in service.
"""

import asyncio
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, Literal, get_args

from adapters.mail_drop import KeptMail, MailDrop
from domain.errors import EcheancierError
from engine.children import clean_environment

LONGEST: Final = 600
"""Seconds a rehearsal may take; the longest of the known conventions takes a tenth of that."""

KEPT: Final = 5
"""Rehearsals kept to be read again; the oldest goes first."""

TERM: Final = timedelta(days=1)
"""And none longer than that: what was read is read, and it is played again in a minute."""

SCENARIOS: Final = ("all-goes-well", "nobody-answers")
_NAME = re.compile(r"[0-9a-f]{16}")

State = Literal["running", "done", "failed", "stopped", "too-long"]


class BusyError(EcheancierError):
    """A rehearsal is under way; ``name`` is that one."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("Une répétition est déjà en cours : attendre sa fin, ou l’arrêter.")


@dataclass(frozen=True)
class Told:
    """One rehearsal.

    Attributes:
        share: of the life already lived, from 0 to 1; ``day`` is the rehearsed one.
        mails: those that left so far.
        trouble: why it failed, in the words of the command.
    """

    name: str
    title: str
    scenario: str
    draft: str
    state: State
    share: float
    day: str
    mails: tuple[KeptMail, ...]
    trouble: str


@dataclass(frozen=True)
class Mail:
    """One mail of a rehearsal, to be read."""

    at: datetime | None
    to: str
    subject: str
    text: str


class Rehearsals:
    """The rehearsals of one directory; one runs at a time.

    Args:
        directory: each has a folder of its own there.
        command: how the program is called.
    """

    def __init__(self, directory: Path, command: tuple[str, ...] = (sys.executable, "-m", "cli")) -> None:
        self._directory = directory
        self._command = command
        self._running: asyncio.Task[None] | None = None
        self._name = ""

    async def start(self, convention: str, facts: str, scenario: str, title: str, draft: str) -> str:
        """Begin a rehearsal and return its name.

        Args:
            convention: the text of its file.
            facts: what already happened, as a facts file; may be empty.
            scenario: one of `SCENARIOS`.
            title: shown beside it.
            draft: where to go back to.

        Raises:
            BusyError: one is under way.
        """
        if self._running is not None and not self._running.done():
            raise BusyError(self._name)
        name = secrets.token_hex(8)
        place = self._directory / name
        place.mkdir(parents=True, mode=0o700)
        (place / "convention.toml").write_text(convention, "utf-8")
        (place / "facts.toml").write_text(facts, "utf-8")
        _write(place, {"title": title, "scenario": scenario, "draft": draft, "state": "running"})
        self._name = name
        self.forget_old()
        words = ["rehearse", "convention.toml", "--scenario", scenario, "--output", "out", "--assume-signed"]
        self._running = asyncio.create_task(
            self._play(place, [*words, *(["--facts", "facts.toml"] if facts else [])])
        )
        return name

    async def stop(self, name: str) -> None:
        """Stop a rehearsal under way."""
        if name == self._name and self._running is not None and not self._running.done():
            self._running.cancel()
            await asyncio.wait({self._running})

    async def close(self) -> None:
        """Stop whatever is under way: the desk closes."""
        await self.stop(self._name)

    def told(self, name: str) -> Told | None:
        """Return what is known of a rehearsal, None when there is none of that name."""
        self.forget_old()
        place = self._directory / name
        if not _NAME.fullmatch(name) or not place.is_dir():
            return None
        known = _read(place / "told.json")
        kept = known.get("state", "")
        state: State = next((one for one in get_args(State) if one == kept), "failed")
        if state == "running" and not (name == self._name and self._running and not self._running.done()):
            state = "stopped"  # the desk was stopped meanwhile
        lived = _read(place / "out" / "progress.json")
        log = (place / "log").read_text("utf-8", "replace") if (place / "log").exists() else ""
        return Told(
            name, known.get("title", ""), known.get("scenario", ""), known.get("draft", ""), state,
            1.0 if state == "done" else float(lived.get("share", 0)), str(lived.get("day", "")),
            tuple(MailDrop(place / "out" / "mails").read()), log.strip() if state == "failed" else "",
        )  # fmt: skip

    def mail(self, name: str, kept: KeptMail) -> Mail:
        """Return a mail of a rehearsal, its text as its reader sees it."""
        raw = (self._directory / name / "out" / "mails" / kept.file).read_bytes()
        read = message_from_bytes(raw, policy=policy.default)
        assert isinstance(read, EmailMessage)  # noqa: S101 - what that policy makes
        body = read.get_body(("plain",))
        sent = read["Date"]
        return Mail(
            parsedate_to_datetime(str(sent)) if sent else None,
            ", ".join(kept.recipients), str(read["Subject"] or ""), body.get_content().strip() if body else "",
        )  # fmt: skip

    def report(self, name: str) -> bytes | None:
        """Return the report of a rehearsal that is over, as one HTML file."""
        path = self._directory / name / "out" / "report.html"
        return path.read_bytes() if _NAME.fullmatch(name) and path.exists() else None

    async def _play(self, place: Path, words: list[str]) -> None:
        state: State = "failed"
        with (place / "log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *self._command, *words, cwd=place, env=clean_environment(), stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL, stderr=log, start_new_session=True,
            )  # fmt: skip
            try:
                code = await asyncio.wait_for(process.wait(), LONGEST)
                state = "done" if code == 0 else "failed"
            except TimeoutError:
                state = "too-long"
            except asyncio.CancelledError:
                state = "stopped"
            finally:
                await _end(process)
                _write(place, {**_read(place / "told.json"), "state": state})

    def forget_old(self) -> None:
        """Erase the rehearsals that are too many or too old: they hold a whole life in clear."""
        if not self._directory.is_dir():
            return
        places = sorted((p for p in self._directory.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime)
        oldest = datetime.now(UTC).timestamp() - TERM.total_seconds()
        for n, place in enumerate(reversed(places)):
            if n >= KEPT or place.stat().st_mtime < oldest:
                shutil.rmtree(place, ignore_errors=True)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the process and the engine it started: they are a session of their own."""
    for sign, patience in ((signal.SIGINT, 5), (signal.SIGKILL, 5)):
        if process.returncode is not None:
            break
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), patience)
    with contextlib.suppress(ProcessLookupError):  # an engine left behind
        os.killpg(process.pid, signal.SIGKILL)


def _write(place: Path, known: dict[str, str]) -> None:
    new = place / "told.tmp"
    new.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
    new.replace(place / "told.json")


def _read(path: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found
