"""A whole installation in a directory: engine on its file, worker, relay, keys; the calendar stands where the test wants."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from temporalio.client import Client

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.keys.opening import purge_ledger_file
from echeancier.adapters.relay.capture import CaptureServer
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.stores.custody import Custodian
from echeancier.adapters.stores.drafts import Drafts
from echeancier.adapters.stores.purge_ledger import PurgeLedger
from echeancier.domain.afterwards.purge import PurgeState
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.signing import ContractPublicised
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from echeancier.engine.client import connect
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import NAMESPACE, EmbeddedEngine
from echeancier.engine.gateway import Conventions, utc_now
from echeancier.engine.purges import Purges
from tests.domain import builders as b
from tests.support.insisting import insisting
from tests.support.keys import ring_of, settings_of
from worker import Parts, build_worker, prepare, serve

NAME, ADDRESS, SPOKEN = "Ondine Test-Person", "ondine.test@agence.example", "rappeler Ondine avant midi"
"""A person of the convention: the name as its function gives it, the address, what somebody typed about her."""

SECRETS = (NAME, ADDRESS, SPOKEN, "Ondine", "ondine")

A_MORNING = datetime(2022, 1, 4, 10, tzinfo=ZoneInfo("Europe/Paris"))
"""A Tuesday in office hours."""


def convention(reference: str = "TEST-1", **changes: object) -> Convention:
    """A convention in which one role is held by the person."""
    made = b.convention(reference=reference, duty=[b.duty()], end_duty=[b.end_duty()], **changes)
    roles = dict(made.roles)
    roles["partner"] = roles["partner"].model_copy(update={"function": NAME, "address": ADDRESS})
    return made.model_copy(update={"roles": roles})


@dataclass
class Installation:
    """What the test looks at and speaks to.

    Attributes:
        shift: of the calendar; a worker started later may have another.
        policy: of the workers.
    """

    directory: Path
    engine: EmbeddedEngine
    client: Client
    ring: KeyRing | None
    relay: CaptureServer
    shift: CalendarShift
    policy: Policy = DEFAULT_POLICY

    @property
    def door(self) -> Conventions:
        return Conventions(
            self.client,
            lambda: self.shift.to_calendar(utc_now()),
            custody=Custodian(self.ring, self.directory),
        )

    @property
    def purges(self) -> Purges:
        return Purges(self.client, lambda: self.shift.to_calendar(utc_now()))

    async def purge_once(
        self, condition: Callable[[PurgeState], bool], reference: str = "TEST-1", *, nudge: bool = False
    ) -> PurgeState:
        """Wait for what the purge does; `nudge` has it look again, as its timer would on a day that has come."""
        async with asyncio.timeout(120):
            if nudge:
                await self.purges.decide(reference, "hold", "coordinator")
                await self.purges.decide(reference, "release", "coordinator")
            look = partial(self.purges.state, reference)
            while (state := await insisting(look)) is None or not condition(state):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return state

    def captured(self) -> list[str]:
        """Every captured mail, as its reader sees the text."""
        mails = sorted((self.directory / "mails").glob("*.eml"))
        return [_text(email.message_from_bytes(m.read_bytes(), policy=email.policy.default)) for m in mails]

    async def neighbour(self) -> None:
        """Register another convention, of the same people, that goes on."""
        made = convention("NEXT").model_copy(update={"roles": b.convention().roles})
        await self.door.start(made, "coordinator")

    def later(self, by: timedelta) -> None:
        """Let the calendar of the next worker and of the door stand later."""
        self.shift = CalendarShift(self.shift.by + by)

    def parts(self) -> Parts:
        transport = SmtpTransport(SmtpSettings(host=self.relay.host, port=self.relay.port, security="none"))
        settings = settings_of(self.directory)
        ledger = None if self.ring is None else PurgeLedger(purge_ledger_file(settings), self.ring)
        return Parts(settings, transport, self.policy, shift=self.shift, vault=self.ring, ledger=ledger)

    @asynccontextmanager
    async def working(self, cached: int = 100) -> AsyncIterator[None]:
        async with build_worker(self.client, self.parts(), max_cached_workflows=cached):
            yield

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """As `working`, with what the program does as it starts."""
        stop, parts = asyncio.Event(), self.parts()
        await prepare(self.client, parts)
        async with asyncio.TaskGroup() as group:
            group.create_task(serve(self.client, parts, stop))
            try:
                yield
            finally:
                stop.set()

    async def lived(self, reference: str = "TEST-1") -> None:
        """Register the convention, say things about it, have mail sent, and withdraw it: its file closes."""
        await self.door.start(convention(reference), "coordinator")
        sheet = {"reference": reference, "title": "Essai", "roles": [{"address": ADDRESS}]}
        Drafts(self.directory / "drafts", self.ring).keep(sheet, "coordinator", self.shift.to_calendar(utc_now()))
        for fact in b.signed("2022-01-03"):
            await self.door.record(reference, fact, "coordinator")
        kept = await self.door.record(reference, _publicised(), "coordinator")
        await self.door.correct(reference, kept.fact_id, {"note": f"{SPOKEN}, encore"}, "coordinator")

    async def until(self, condition: Callable[[Dossier], bool], reference: str = "TEST-1") -> Dossier:
        """Wait for what a worker does."""
        async with asyncio.timeout(90):
            while not condition(dossier := await self.door.dossier(reference)):  # noqa: ASYNC110 - the engine decides
                await asyncio.sleep(0.05)
        return dossier

    async def withdraw(self, reference: str = "TEST-1") -> None:
        await self.door.withdraw(reference, "coordinator", SPOKEN)


def _text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return f"{mail['Subject']}\n{body.get_content() if body is not None else ''}"


def _publicised() -> ContractPublicised:
    return ContractPublicised(on=b.d("2022-01-04"), note=SPOKEN)


@asynccontextmanager
async def installation(directory: Path, *, sealed: bool = True, ui: bool = False) -> AsyncIterator[Installation]:
    """Open an installation; without seals it is the control that shows that the search finds what is there."""
    ring = ring_of(directory) if sealed else None
    async with (
        EmbeddedEngine(directory, fast_timers=True, ui=ui) as engine,
        CaptureServer(directory / "mails") as relay,
    ):
        client = await connect(engine.address, namespace=NAMESPACE, codec=codec_of(ring))
        shift = CalendarShift(A_MORNING - utc_now())
        yield Installation(directory, engine, client, ring, relay, shift)


def found_in(directory: Path, *words: str, but: tuple[str, ...] = ()) -> set[str]:
    """Return the files, by their name under a directory, in which one of the words stands, in any of our encodings."""
    marks = [mark for word in words for mark in _written(word)]
    found = set()
    for path in directory.rglob("*"):
        name = str(path.relative_to(directory))
        if path.is_file() and not name.startswith(but) and any(mark in path.read_bytes() for mark in marks):
            found.add(name)
    return found


def _written(word: str) -> Iterator[bytes]:
    yield word.encode()
    yield word.encode("utf-16-le")
