"""The file closes by itself once the last duty is done and our retention is over, and can still be read."""

from pathlib import Path

import pytest

from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.personal_data import CertificateReceived
from echeancier.domain.facts.signing import ContractPublicised
from echeancier.engine.gateway import RefusedError
from tests.domain import builders as b
from tests.workflows.scene import Scene, scene
from tests.workflows.terms import terms

SHORT = terms(term={"months": 2, "clauses": ["A1"]}, duty=[], end_duty=[b.end_duty(owed_by="agency")])


async def lived(s: Scene) -> None:
    """Live the short convention up to the last duty, done and certified."""
    await s.register(SHORT, *b.signed("2022-01-03"))
    await s.until("2022-03-07")
    await s.record(DutyDone(item="destruction", on=b.d("2022-03-07")))
    await s.record(CertificateReceived(item="destruction", on=b.d("2022-03-07")))
    await s.settle()


async def test_the_file_stays_open_as_long_as_it_is_kept(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await lived(s)
        await s.until("2022-04-06")
        assert not await s.ended()


async def test_the_file_closes_once_it_was_kept_long_enough(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await lived(s)
        await s.until("2022-04-08")
        assert await s.ended()


async def test_a_closed_file_is_read_like_an_open_one(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await lived(s)
        before = await s.dossier()
        await s.until("2022-04-08")
        after = await s.dossier()
    assert after.facts == before.facts
    assert after.closed_at is not None


async def test_the_closing_is_dated_in_the_calendar_not_by_the_engine(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await lived(s)
        await s.until("2022-04-08")
        closed_at = (await s.dossier()).closed_at
    assert closed_at is not None
    assert closed_at.date() == b.d("2022-04-07")


async def test_a_closed_file_takes_no_more_facts(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await lived(s)
        await s.until("2022-04-08")
        with pytest.raises(EcheancierError, match="clos"):
            await s.record(ContractPublicised(on=b.d("2022-04-08")))


async def test_a_reference_serves_once_even_after_its_file_is_closed(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await lived(s)
        await s.until("2022-04-08")
        with pytest.raises(RefusedError, match="ne sert qu’une fois"):
            await s.door.start(SHORT, "coordinator")
