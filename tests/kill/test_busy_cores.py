"""Two cores kept busy by other programs: what is registered meanwhile is written to once, and nobody doubts it."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.convention import Convention
from echeancier.engine.gateway import NoAnswerError
from tests.kill.test_a_worker_killed import MORNING_AFTER_THE_VOTE, Stage, all_accepted, stage
from tests.support.long import how_many
from tests.support.valmont import valmont

__all__ = ["stage"]

pytestmark = pytest.mark.timeout(1500)

HOW_MANY = how_many(200)
BUSY = "while True: pass"
_AT_ONCE = 8


@asynccontextmanager
async def busy(cores: int = 2) -> AsyncIterator[None]:
    """Keep cores busy."""
    hogs = [await asyncio.create_subprocess_exec(sys.executable, "-c", BUSY) for _ in range(cores)]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            await hog.wait()


def told(directory: Path, number: int) -> tuple[Convention, tuple[Recorded, ...]]:
    """Return a convention in force since two months, with what is known of it."""
    effect = MORNING_AFTER_THE_VOTE.date() - timedelta(days=60)
    terms, facts = (Path(name) for name in valmont(directory, f"V-{number}", effect))
    convention = load_convention(terms)
    return convention, as_records(load_facts(facts), convention.place.time_zone)


async def test_no_mail_goes_twice_while_two_cores_are_busy(stage: Stage, tmp_path: Path) -> None:
    conventions = [told(tmp_path / "terms", number) for number in range(HOW_MANY)]
    room = asyncio.Semaphore(_AT_ONCE)

    async def register(convention: Convention, facts: tuple[Recorded, ...]) -> None:
        async with room:
            await stage.door.start(convention, "agenda", facts)

    async def written(convention: Convention) -> Dossier:
        async with room:
            while True:
                with suppress(NoAnswerError):  # a busy machine
                    if all_accepted(dossier := await stage.door.dossier(convention.reference)):
                        return dossier
                await asyncio.sleep(1)

    async with busy(), stage.worker():
        await asyncio.gather(*(register(convention, facts) for convention, facts in conventions))
        dossiers = await asyncio.gather(*(written(convention) for convention, _ in conventions))
    arrived = stage.message_ids()
    print(f"{HOW_MANY} conventions, {arrived.total()} mails")  # noqa: T201 - a long run says what it tried
    assert {name: count for name, count in arrived.items() if count > 1} == {}
    assert [m.id for d in dossiers for m in d.outbox if m.maybe_twice] == []
