"""Rehearsals asked on the desk: the command ``echeancier rehearse`` in a process of its own, one at a time, with limits.

It is the real rehearsal, on an engine of its own, so that its mails are those that would leave, word for word;
as a process, so that neither its engine nor its hunger for a processor is the desk's. No setting of ours reaches it: not the
relay, not the engine in service.

It is played in a folder that does not outlive it: `desk.command_in_folder` destroys it once it was read, or when the desk dies.
What is read afterwards is in the memory of the desk, for a while.
"""

import asyncio
import fcntl
import json
import os
import secrets
import sys
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Final, Literal

from echeancier.adapters.stores.erasing import erase_folder
from echeancier.adapters.stores.mail_drop import KeptMail, MailDrop
from echeancier.domain.errors import EcheancierError
from echeancier.engine.children import clean_environment

LONGEST: Final = 600
"""Seconds a rehearsal may take; the longest of the known conventions takes a tenth of that."""

KEPT: Final = 5
"""Rehearsals kept to be read again; the oldest goes first."""

KEPT_FOR: Final = 3600.0
"""Seconds after which a rehearsal is forgotten: it names people, and can be played again."""

_GRACE: Final = 20.0
"""Seconds that ending a rehearsal and destroying its folder may take."""

SCENARIOS: Final = ("all-goes-well", "nobody-answers")

State = Literal["running", "done", "failed", "stopped", "too-long"]


class BusyError(EcheancierError):
    """A rehearsal is under way; ``name`` is that one."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__("Une répétition est déjà en cours : attendre sa fin, ou l’arrêter.")


@dataclass(frozen=True)
class RehearsalShown:
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


@dataclass(frozen=True)
class _Played:
    """A rehearsal under way or over: what is known of it, and the bytes of its mails and of its report once it is over."""

    told: RehearsalShown
    mails: dict[str, bytes] = field(default_factory=dict)
    report: bytes | None = None


class Rehearsals:
    """The rehearsals of one desk; one runs at a time.

    Args:
        directory: each is played in a folder of its own there, destroyed at its end.
        command: how the program is called.
    """

    def __init__(self, directory: Path, command: tuple[str, ...] = (sys.executable, "-m", "echeancier.cli")) -> None:
        self._directory = directory
        self._command = command
        self._running: asyncio.Task[None] | None = None
        self._name = ""
        self._played: dict[str, _Played] = {}

    def clear(self) -> None:
        """Destroy what a desk that was cut with its machine has left."""
        for place in self._directory.glob("*"):
            held = os.open(place, os.O_RDONLY)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                erase_folder(place)
            except BlockingIOError:
                pass  # that of another desk, under way
            finally:
                os.close(held)

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
        self._name = name
        self._played[name] = _Played(RehearsalShown(name, title, scenario, draft, "running", 0.0, "", (), ""))
        for oldest in list(self._played)[:-KEPT]:
            del self._played[oldest]
        words = ["rehearse", "convention.toml", "--scenario", scenario, "--output", "out", "--assume-signed"]
        self._running = asyncio.create_task(self._play(name, [*words, *(["--facts", "facts.toml"] if facts else [])]))
        return name

    async def stop(self, name: str) -> None:
        """Stop a rehearsal under way."""
        if name == self._name and self._running is not None and not self._running.done():
            played = self._played.get(name)
            if played is not None and played.told.state == "running":  # else it is over, and its folder is going
                self._running.cancel()
            await asyncio.wait({self._running})

    async def close(self) -> None:
        """Stop whatever is under way: the desk closes."""
        await self.stop(self._name)

    def told(self, name: str) -> RehearsalShown | None:
        """Return what is known of a rehearsal, None when there is none of that name any more."""
        played = self._played.get(name)
        if played is None or played.told.state != "running":
            return None if played is None else played.told
        return self._seen(played.told)

    def mail(self, name: str, kept: KeptMail) -> Mail:
        """Return a mail of a rehearsal, its text as its reader sees it."""
        raw = self._played[name].mails.get(kept.file)
        if raw is None:
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
        played = self._played.get(name)
        return None if played is None else played.report

    def _seen(self, told: RehearsalShown) -> RehearsalShown:
        """Look into the folder of a rehearsal: how far it is, and what left so far."""
        out = self._directory / told.name / "out"
        lived = _read(out / "progress.json")
        mails = tuple(MailDrop(out / "mails").read())
        return replace(told, share=float(lived.get("share", 0)), day=str(lived.get("day", "")), mails=mails)

    async def _play(self, name: str, words: list[str]) -> None:
        place = self._directory / name
        state: State = "stopped"
        process: asyncio.subprocess.Process | None = None
        try:
            with (place / "log").open("wb") as log:
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "echeancier.desk.command_in_folder", *self._command, *words,
                    cwd=place, env=clean_environment(),
                    stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=log, start_new_session=True,
                )  # fmt: skip
            assert process.stdout is not None  # noqa: S101 - asked for
            async with asyncio.timeout(LONGEST):
                code = await process.stdout.readline()
            state = "done" if code == b"0\n" else "failed"
        except TimeoutError:
            state = "too-long"
        finally:
            try:
                self._keep(name, state)
            finally:
                await asyncio.shield(_let_go(process, place))

    def _keep(self, name: str, state: State) -> None:
        """Take into memory what is to be read, before the folder goes."""
        place = self._directory / name
        told = replace(self._seen(self._played[name].told), state=state)
        log = (place / "log").read_text("utf-8", "replace").strip() if (place / "log").exists() else ""
        told = replace(told, share=1.0 if state == "done" else told.share, trouble=log if state == "failed" else "")
        out = place / "out"
        mails = {kept.file: (out / "mails" / kept.file).read_bytes() for kept in told.mails}
        report = out / "report.html"
        self._played[name] = _Played(told, mails, report.read_bytes() if report.exists() else None)
        asyncio.get_running_loop().call_later(KEPT_FOR, self._played.pop, name, None)


async def _let_go(process: asyncio.subprocess.Process | None, place: Path) -> None:
    """Have the folder destroyed, and whatever still runs in it ended; wait for both."""
    if process is not None and process.stdin is not None:
        process.stdin.close()
        try:
            async with asyncio.timeout(_GRACE):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
    await asyncio.to_thread(erase_folder, place)  # in case it could not


def _read(path: Path) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found
