"""An old copy of the data is put back: what was purged since it was made does not come back with it."""

import shutil
from pathlib import Path

import pytest

from echeancier.adapters.stores.archive import ArchiveDamagedError, DirectoryArchive
from echeancier.adapters.stores.purge_ledger import NAME, PurgeLedger
from echeancier.domain.afterwards.purge_record import PurgedError
from tests.support.keys import ring_of
from tests.support.running import command, run
from tests.vault.stage import convention, installation
from tests.vault.test_purge import closed, purged
from tests.workflows.server import eventually

pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("archive_too", [False, True], ids=["its archive kept", "its archive replaced too"])
async def test_a_purged_convention_does_not_come_back_with_an_old_copy(tmp_path: Path, archive_too: bool) -> None:
    directory, copy = tmp_path / "var", tmp_path / "copy"
    async with installation(directory) as place:
        await place.neighbour()
        async with place.working():
            await place.lived()
    shutil.copytree(directory, copy)  # the convention runs, nothing was said of a purge
    async with installation(directory) as place:
        async with place.working():
            await place.withdraw()
            await place.purge_once(lambda state: len(state.asked) == 1)
        await purged(place)
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0
    kept = tmp_path / "archive"
    shutil.copytree(directory / "archive", kept)
    shutil.rmtree(directory)
    shutil.copytree(copy, directory)
    if not archive_too:
        shutil.copytree(kept, directory / "archive", dirs_exist_ok=True)
    assert (directory / "keys" / "TEST-1.json").exists()
    async with run(directory, ECHEANCIER_DESK_PORT="0") as running:  # nothing answers before all this is done
        shown = await command(directory, "show", "TEST-1")
        listed = (await command(directory, "list", "--all", "--json")).json()
        other = await command(directory, "show", "NEXT")
        said = running.said()
        assert said.index("TEST-1 avait été purgée") < said.index("est lancé")
    assert shown.code == 2
    assert "a été purgé le" in shown.err
    assert other.code == 0
    assert {row["reference"]: row["status"] for row in listed}["TEST-1"] == "purged"
    assert not (directory / "keys" / "TEST-1.json").exists()
    assert not (directory / "documents" / "TEST-1").exists()
    assert not [m for m in (directory / "mails").glob("*.eml") if b"TEST-1" in m.read_bytes()]
    assert (directory / "archive" / "TEST-1" / "certificat.pdf").exists()


async def test_a_purge_record_that_cannot_be_read_stops_nobody_and_is_made_anew_at_the_next_start(
    tmp_path: Path,
) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        await place.neighbour()
        await closed(place)
        await purged(place)
        record = directory / "archive" / "TEST-1" / "purge.json"
        written = record.read_bytes()
        async with place.working():
            for damaged in (b"", b"\0" * 900, written[:90]):
                record.write_bytes(damaged)
                found = await place.door.troubles()
                assert {trouble.reference: trouble.cause for trouble in found} == {"TEST-1": "archive"}
            assert [row.reference for row in await place.door.rows(closed=True)] == ["NEXT"]
            assert (await place.door.dossier("NEXT")).convention.reference == "NEXT"
            with pytest.raises(ArchiveDamagedError, match=r"archive/TEST-1/purge\.json"):
                await place.door.start(convention(), "coordinator")
        async with place.serving():

            async def well() -> bool:
                return await place.door.troubles() == ()

            await eventually(well)
            with pytest.raises(PurgedError):
                await place.door.dossier("TEST-1")
        assert record.read_bytes() == written


async def test_the_ledger_of_another_installation_purges_nothing_here(tmp_path: Path) -> None:
    here, other = tmp_path / "here", tmp_path / "other"
    async with installation(other) as place:
        await closed(place)
        await purged(place)
        with pytest.raises(PurgedError):
            await place.door.dossier("TEST-1")
    record = DirectoryArchive(other / "archive").find("TEST-1")
    assert record is not None
    assert PurgeLedger(tmp_path / NAME, ring_of(other)).all() == [record]
    ring = ring_of(here)
    ring.admit("TEST-1")
    assert PurgeLedger(tmp_path / NAME, ring).all() == []
