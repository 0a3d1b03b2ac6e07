"""A convention that is stuck can be removed whatever its workflow says; nothing of it stays, and the others live on."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from echeancier.adapters.stores.custody import Custodian
from echeancier.engine.gateway import RefusedError
from tests.domain import builders as b
from tests.support import broken_workflow
from tests.vault.stage import SECRETS, Installation, convention, found_in, installation
from tests.workflows.server import eventually
from workflows.ids import convention_id

pytestmark = pytest.mark.timeout(300)

Breaking = Callable[[Installation], Awaitable[None]]


async def failing(place: Installation) -> None:
    async with broken_workflow.worker(place.client):
        await place.client.get_workflow_handle(convention_id("TEST-1")).signal("replan", "x")
        await removed(place)  # while that robot works: one without the fault has the convention go on at once


async def ended(place: Installation) -> None:
    await place.client.get_workflow_handle(convention_id("TEST-1")).terminate()


async def keyless(place: Installation) -> None:
    (place.directory / "keys" / "TEST-1.json").unlink()


async def removed(place: Installation) -> None:
    await eventually(lambda: is_stuck(place))
    await place.door.remove("TEST-1", "coordinator", "no-visa")


async def is_stuck(place: Installation) -> bool:
    return "TEST-1" in {trouble.reference for trouble in await place.door.troubles() if trouble.removable}


@pytest.mark.parametrize("breaking", [failing, ended, keyless])
async def test_a_stuck_convention_is_removed_with_all_that_was_kept_of_it(tmp_path: Path, breaking: Breaking) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        async with place.working(cached=0):
            await place.neighbour()
            await place.lived()
        await breaking(place)
        async with place.working():
            if breaking is not failing:
                await removed(place)
            custody = Custodian(place.ring, directory)

            async def certified() -> bool:
                return any(r.finished_at is not None for r in custody.purges())

            async def well() -> bool:
                return await place.door.troubles() == ()

            await eventually(certified)
            await eventually(well)
            assert (await place.door.dossier("NEXT")).convention.reference == "NEXT"
            await place.door.record("NEXT", b.signed("2022-01-03")[0], "coordinator")
    assert found_in(directory, *SECRETS, but=("mails/",) if breaking is keyless else ()) == set()
    assert not (directory / "keys" / "TEST-1.json").exists()


async def test_a_convention_that_lives_is_not_removed(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place, place.working():
        await place.door.start(convention(), "coordinator")
        with pytest.raises(RefusedError, match="withdraw"):
            await place.door.remove("TEST-1", "coordinator", "no-visa")
        assert (await place.door.dossier("TEST-1")).withdrawn is None
