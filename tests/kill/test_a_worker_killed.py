"""A worker killed outright around a sending: nothing is lost, and what may have gone twice is said so."""

import asyncio
import email
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from temporalio.client import Client

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.stores.custody import Custodian
from echeancier.domain.facts.act import ActAdopted, ActPublished
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.running.clock import CalendarShift
from echeancier.engine.client import connect
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import NAMESPACE, EmbeddedEngine
from echeancier.engine.gateway import Conventions, utc_now
from tests.smtpd import ScriptedServer
from tests.support.insisting import insisting
from tests.support.keys import ring_of
from tests.support.processes import python, until
from tests.support.running import EXAMPLES, command

# About twenty seconds, most of them the engine waiting for signs of life; a busy machine takes longer.
pytestmark = pytest.mark.timeout(240)

MORNING_AFTER_THE_VOTE = datetime(2021, 4, 13, 10, tzinfo=ZoneInfo("Europe/Paris"))
"""A Tuesday in office hours: what the vote of the day before asks for is written at once."""


@dataclass
class Stage:
    """An engine, a relay, and the door of a calendar set to that morning; workers come and go."""

    directory: Path
    relay: ScriptedServer
    client: Client
    door: Conventions
    shift: int

    @asynccontextmanager
    async def worker(
        self, *mark: str, module: str = "killable_worker", before: tuple[str, ...] = ()
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        words = (*before, str(self.directory), str(self.relay.port), str(self.shift), *mark)
        process = await python("-m", f"tests.support.{module}", *words)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.communicate()

    async def vote(self) -> None:
        convention = load_convention(EXAMPLES / "sqf-p.toml")
        voted = Recorded(
            id="f1", fact=ActAdopted(on=date(2021, 4, 12)), recorded_at=MORNING_AFTER_THE_VOTE,
            recorded_by="coordinator",
        )  # fmt: skip
        await self.door.start(convention, "coordinator", (voted,))

    async def dossier_once(self, condition: Callable[[Dossier], bool], reference: str = "SQF-P") -> Dossier:
        async with asyncio.timeout(90):
            while not condition(dossier := await insisting(partial(self.door.dossier, reference))):  # noqa: ASYNC110 - another process decides
                await asyncio.sleep(0.1)
        return dossier

    def message_ids(self) -> Counter[str]:
        return Counter(str(email.message_from_bytes(m.content)["Message-ID"]) for m in self.relay.received)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    shift = MORNING_AFTER_THE_VOTE - utc_now()
    calendar = CalendarShift(timedelta(seconds=int(shift.total_seconds())))
    directory = tmp_path / "var"
    async with EmbeddedEngine(directory, fast_timers=True) as engine, ScriptedServer() as relay:
        ring = ring_of(directory)
        client = await connect(engine.address, namespace=NAMESPACE, codec=codec_of(ring))
        custody = Custodian(ring, directory)
        door = Conventions(client, lambda: calendar.to_calendar(utc_now()), custody=custody)
        yield Stage(directory, relay, client, door, int(shift.total_seconds()))


def all_accepted(dossier: Dossier) -> bool:
    return bool(dossier.outbox) and all(m.status == "accepted" for m in dossier.outbox)


async def test_a_message_accepted_just_before_the_kill_goes_again_byte_for_byte_and_the_journal_says_so(
    stage: Stage, tmp_path: Path
) -> None:
    mark = tmp_path / "accepted"
    async with stage.worker(str(mark)) as worker:
        await stage.vote()
        await until(mark.exists, 90)
        worker.kill()
        await worker.wait()
    assert mark.read_text() == "accepted"
    before = list(stage.relay.received)
    assert before
    async with stage.worker():
        dossier = await stage.dossier_once(all_accepted)
        told = await command(stage.directory, "journal", "SQF-P")
    for mail in before:
        assert [m.content for m in stage.relay.received].count(mail.content) == 2
    sent_before = {str(email.message_from_bytes(m.content)["Message-ID"]) for m in before}
    assert stage.message_ids() == Counter({name: 2 if name in sent_before else 1 for name in stage.message_ids()})
    assert len(stage.message_ids()) == len(dossier.outbox)
    assert sum(m.maybe_twice for m in dossier.outbox) >= len(before)
    assert "peut-être reçu deux fois" in told.out.replace("\n                  ", " ")


@pytest.mark.parametrize("reached", ["written", "before"])
async def test_a_mail_cut_before_its_content_left_goes_once_and_nobody_is_told_that_it_went_twice(
    stage: Stage, tmp_path: Path, reached: str
) -> None:
    """Killed when the bytes were written and nobody spoken to, or when the content was about to leave."""
    mark = tmp_path / reached
    async with stage.worker(str(mark), reached) as worker:
        await stage.vote()
        await until(mark.exists, 90)
        worker.kill()
        await worker.wait()
    assert stage.relay.received == []
    async with stage.worker():
        dossier = await stage.dossier_once(all_accepted)
    assert set(stage.message_ids().values()) == {1}
    assert [(m.unknown, m.maybe_twice) for m in dossier.outbox if m.unknown or m.maybe_twice] == []


async def test_what_was_acknowledged_before_the_kill_never_goes_again(stage: Stage) -> None:
    async with stage.worker() as worker:
        await stage.vote()
        first = await stage.dossier_once(all_accepted)
        worker.kill()
        await worker.wait()
    async with stage.worker():
        # The convention turns once more under the new worker: what it would repeat, it repeats now.
        published = ActPublished(on=date(2021, 4, 13))
        await insisting(partial(stage.door.record, "SQF-P", published, "coordinator", "published"))
        dossier = await stage.dossier_once(lambda d: len(d.facts) == 2 and all_accepted(d))
    assert set(stage.message_ids().values()) == {1}
    assert not any(m.maybe_twice for m in dossier.outbox)
    assert [m.sha256 for m in dossier.outbox[: len(first.outbox)]] == [m.sha256 for m in first.outbox]
