"""Another account ends, starts or deletes workflows with the engine's own tool: what follows is seen, said truly, and mended."""

import itertools
from pathlib import Path

import pytest
from temporalio import activity, workflow
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.purge import PurgeActivities
from activities.purge_steps import PurgeStep
from echeancier.adapters.stores.custody import Custodian
from echeancier.domain.afterwards.purge_record import PurgeRecord
from echeancier.domain.model import REFERENCE
from echeancier.engine.client import connect
from echeancier.engine.embedded import NAMESPACE
from tests.vault.stage import Installation, convention, installation
from tests.vault.test_purge import A_MONTH, closed
from tests.workflows.server import eventually
from workflows.ids import (
    HEARTBEAT,
    MORNING,
    REPLIES,
    TASK_QUEUE,
    TYPES,
    convention_id,
    mail_of,
    purge_id,
    reference_of,
    type_of,
)

pytestmark = pytest.mark.timeout(300)

OTHER_NAMES = [
    "stray",
    "convention-",
    "convention-../../x",
    "convention-_house",
    "convention-test-1",
    "convention-TEST-1\n",
    "convention-A\x1b[31m\u202eB",
    "convention-A' OR '1'='1",
    f"convention-{'A' * 61}",
    "purge-NEXT",
]

SCHEDULES = (MORNING, REPLIES, HEARTBEAT)

NAMESAKES = [
    ("Theirs", convention_id("NEXT")),
    ("Purge", convention_id("OTHER")),
    ("Theirs", purge_id("NEXT")),
    ("Morning", mail_of("2022-01-10")),
    ("DailyMail", f"{MORNING}-2022-01-10T07:00:00Z"),
    ("Theirs", f"{HEARTBEAT}-2022-01-10T07:00:00Z"),
]
"""Types, ours and others, under names that we give to another."""


@workflow.defn(name="Theirs")
class Theirs:
    """A workflow of somebody else."""

    @workflow.run
    async def run(self) -> None:
        """End at once."""


@activity.defn(name="destroy_key")
async def out_of_order(self: PurgeActivities, step: PurgeStep) -> PurgeRecord:  # noqa: ARG001 - in the place of a step
    raise ZeroDivisionError


async def causes(place: Installation) -> dict[str, str]:
    return {trouble.reference or trouble.detail: trouble.cause for trouble in await place.door.troubles()}


def test_a_reference_is_what_the_door_takes_in_capitals() -> None:
    assert reference_of(convention_id("M.2021_3-A")) == "M.2021_3-A"
    assert REFERENCE == "^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$"
    assert [reference_of(name) for name in OTHER_NAMES] == [None] * len(OTHER_NAMES)


def test_each_of_our_names_is_of_one_type_and_what_only_begins_so_is_of_none() -> None:
    instant = "2022-01-10T07:00:00Z"
    ours = [convention_id("A"), purge_id("A"), mail_of("2022-01-10"), *(f"{s}-{instant}" for s in SCHEDULES)]
    assert [type_of(name) for name in ours] == ["Convention", "Purge", "DailyMail", "Morning", "Replies", "Heartbeat"]
    assert all(name.startswith(tuple(TYPES)) for name in ours)
    theirs = ["purge-a", "mail-", f"{mail_of('2022-01-10')}-x", "morning-theirs", f"{HEARTBEAT}-{instant}-x"]
    assert [type_of(name) for name in theirs] == [None] * len(theirs)


async def waits_again(place: Installation) -> None:
    """Wait until nothing is said to be wrong any more; the purge waits for its day."""

    async def well() -> bool:
        return await causes(place) == {}

    await eventually(well)
    state = await place.purges.state("TEST-1")
    assert state is not None
    assert state.step == "waiting"


async def test_what_a_stranger_starts_under_another_name_is_no_convention_and_holds_nothing_up(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        async with place.working():
            await place.neighbour()
            await place.door.start(convention(), "coordinator")
            stranger = await connect(place.engine.address, namespace=NAMESPACE)
            for name, queue in zip(OTHER_NAMES, itertools.cycle((TASK_QUEUE, "another"))):
                await stranger.start_workflow("Convention", {"dossier": {}}, id=name, task_queue=queue)

            async def seen() -> bool:
                found = await causes(place)
                return len(found) == len(OTHER_NAMES) and set(found.values()) == {"stranger"}

            await eventually(seen)
            assert [row.reference for row in await place.door.rows(closed=True)] == ["NEXT", "TEST-1"]
            assert await place.door.keyless() == ()
            assert all(trouble.said.fr.isprintable() for trouble in await place.door.troubles())
            await place.client.get_workflow_handle(convention_id("TEST-1")).terminate()

            async def ended() -> bool:
                return (await causes(place)).get("TEST-1") == "ended"

            await eventually(ended)
            await place.door.remove("TEST-1", "coordinator", "no-visa")
            await place.purge_once(lambda state: state.step == "purged")
        async with place.serving():

            async def well() -> bool:
                return await causes(place) == {}

            await eventually(well)
            assert [row.reference for row in await place.door.rows()] == ["NEXT"]


async def test_what_a_stranger_starts_under_one_of_our_names_is_named_and_makes_way_at_the_next_start(
    tmp_path: Path,
) -> None:
    async with installation(tmp_path / "var") as place:
        await closed(place)
        await place.client.get_workflow_handle(purge_id("TEST-1")).terminate()
        stranger = await connect(place.engine.address, namespace=NAMESPACE)
        for kind, name in NAMESAKES:  # a type of ours without its argument is not for our worker to try
            queue = TASK_QUEUE if kind == "Theirs" else "another"
            await stranger.start_workflow(kind, id=name, task_queue=queue)
        async with Worker(
            stranger, task_queue="another", workflows=[Theirs], workflow_runner=UnsandboxedWorkflowRunner()
        ):
            for name in (purge_id("TEST-1"), "purge-theirs"):  # one that has ended well is in the way too
                await stranger.execute_workflow("Theirs", id=name, task_queue="another")
        names = {purge_id("TEST-1"), *(name for _, name in NAMESAKES)}
        async with place.working():

            async def seen() -> bool:
                return {name for name, cause in (await causes(place)).items() if cause == "stranger"} == names

            await eventually(seen)
        async with place.serving():
            await waits_again(place)
            await place.door.start(convention("NEXT"), "coordinator")
            query = "WorkflowId = 'purge-theirs' OR WorkflowType = 'Theirs' OR WorkflowId = 'mail-2022-01-10'"
            left = [run.id async for run in place.client.list_workflows(query)]
            assert left == ["purge-theirs"]


async def test_what_the_engine_ended_is_not_said_closed_and_nobody_is_asked_to_have_it_destroyed(
    tmp_path: Path,
) -> None:
    async with installation(tmp_path / "var") as place:
        async with place.working():
            await place.neighbour()
            await place.door.start(convention(), "coordinator")
        await place.client.get_workflow_handle(convention_id("TEST-1")).terminate()
        async with place.serving():

            async def ended() -> bool:
                return await causes(place) == {"TEST-1": "ended"}

            await eventually(ended)
            assert await place.purges.state("TEST-1") is None
            (row,) = [row for row in await place.door.rows(closed=True) if row.reference == "TEST-1"]
            assert (row.is_open, row.ended) == (False, True)
    assert not [mail for mail in place.captured() if "Purge du dossier" in mail]


async def test_a_purge_that_waits_is_named_once_somebody_ended_it_and_waits_again(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        await closed(place)
        await place.client.get_workflow_handle(purge_id("TEST-1")).terminate()
        async with place.working():

            async def seen() -> bool:
                return await causes(place) == {"TEST-1": "purge"}

            await eventually(seen)
        async with place.serving():
            await waits_again(place)


async def test_a_purge_under_way_that_fails_or_was_ended_is_named_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        async with place.working():
            await place.lived()
        await place.client.get_workflow_handle(convention_id("TEST-1")).terminate()
        with monkeypatch.context() as broken:
            # What the engine knew is destroyed, the key is not: nothing but the purge's own record still speaks of it.
            broken.setattr(PurgeActivities, "key", out_of_order)
            async with place.working():

                async def stuck() -> bool:
                    return (await causes(place)).get("TEST-1") == "ended"

                await eventually(stuck)
                await place.door.remove("TEST-1", "coordinator", "no-visa")

                async def failing() -> bool:
                    return any(
                        t.cause == "purge" and t.detail == "ZeroDivisionError" for t in await place.door.troubles()
                    )

                await eventually(failing)
        assert [row for row in await place.door.rows(closed=True) if row.status != "purged"] == []
        await place.client.get_workflow_handle(purge_id("TEST-1")).terminate()

        async def seen() -> bool:
            return [t.detail for t in await place.door.troubles() if t.cause == "purge"] == ["interruption"]

        await eventually(seen)
        async with place.serving():
            await place.purge_once(lambda state: state.step == "purged")

            async def well() -> bool:
                return await causes(place) == {}

            await eventually(well)
        assert not (directory / "keys" / "TEST-1.json").exists()
        (record,) = Custodian(place.ring, directory).purges()
        assert record.finished_at is not None


async def test_a_purge_whose_first_step_fails_for_ever_is_said_though_nothing_else_is_wrong(tmp_path: Path) -> None:
    directory = tmp_path / "var"
    async with installation(directory) as place:
        await closed(place)
        place.later(A_MONTH)
        in_the_way = directory / "archive" / "TEST-1" / "journal.json"
        in_the_way.mkdir(parents=True)
        async with place.working():
            assert await causes(place) == {}
            await place.purges.decide("TEST-1", "confirm", "coordinator", "visa")

            async def said() -> bool:
                return await causes(place) == {"TEST-1": "purge"}

            await eventually(said)
            (trouble,) = await place.door.troubles()
            assert "IsADirectoryError" in trouble.said.fr
            in_the_way.rmdir()
            await place.purge_once(lambda state: state.step == "purged")

            async def well() -> bool:
                return await causes(place) == {}

            await eventually(well)


async def test_a_purge_that_a_stranger_starts_for_an_open_convention_destroys_nothing_and_is_no_trouble_of_it(
    tmp_path: Path,
) -> None:
    async with installation(tmp_path / "var") as place, place.working():
        await place.neighbour()
        stranger = await connect(place.engine.address, namespace=NAMESPACE)
        said = {
            "reference": "NEXT",
            "removed": {"at": "2022-01-04T10:00:00Z", "by": "coordinator", "basis": "visa"},
        }
        await stranger.start_workflow("Purge", said, id=purge_id("NEXT"), task_queue=TASK_QUEUE)

        async def failed() -> bool:
            query = "WorkflowType = 'Purge' AND ExecutionStatus = 'Failed'"
            return (await place.client.count_workflows(query)).count == 1

        await eventually(failed)
        assert await causes(place) == {}
        assert (await place.door.dossier("NEXT")).closed_at is None
