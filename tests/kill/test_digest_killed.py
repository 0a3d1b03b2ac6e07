"""A worker killed outright around the weekly digest: it leaves all the same, and what was acknowledged never twice."""

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import Client, ScheduleOverlapPolicy
from temporalio.service import RPCError

from domain.calendar_shift import CalendarShift
from engine.client import connect
from engine.embedded import NAMESPACE, EmbeddedEngine
from engine.gateway import Conventions, utc_now
from tests.kill.test_a_worker_killed import MORNING_AFTER_THE_VOTE, Stage, all_accepted
from tests.smtpd import ScriptedServer
from tests.support.processes import until
from workflows.ids import DIGEST

pytestmark = pytest.mark.timeout(240)

ENDED = "WorkflowType = 'DigestWeek' AND ExecutionStatus = 'Completed'"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[tuple[Stage, Client]]:
    shift = MORNING_AFTER_THE_VOTE - utc_now()
    calendar = CalendarShift(timedelta(seconds=int(shift.total_seconds())))
    directory = tmp_path / "var"
    async with EmbeddedEngine(directory, fast_timers=True) as engine, ScriptedServer() as relay:
        client = await connect(engine.address, namespace=NAMESPACE)
        door = Conventions(client, lambda: calendar.to_calendar(utc_now()))
        yield Stage(directory, relay, door, int(shift.total_seconds())), client


def weekly(stage: Stage) -> Counter[str]:
    found = [email.message_from_bytes(m.content, policy=email.policy.default) for m in stage.relay.received]
    return Counter(str(m["Message-ID"]) for m in found if str(m["Subject"]).startswith("Semaine du"))


async def begin(client: Client) -> None:
    """Trigger the schedule as soon as a worker has made it."""
    async with asyncio.timeout(90):
        while True:
            try:
                await client.get_schedule_handle(DIGEST).trigger(overlap=ScheduleOverlapPolicy.ALLOW_ALL)
            except RPCError:
                await asyncio.sleep(0.1)
            else:
                return


async def ended(client: Client, weeks: int = 1, query: str = ENDED) -> None:
    async with asyncio.timeout(90):
        while (await client.count_workflows(query)).count < weeks:  # noqa: ASYNC110 - another process decides
            await asyncio.sleep(0.1)


async def test_accepted_and_killed_before_it_is_known_it_goes_again_byte_for_byte(
    house: tuple[Stage, Client], tmp_path: Path
) -> None:
    stage, client = house
    async with stage.worker() as worker:
        await stage.vote()
        await stage.dossier_once(all_accepted)
        worker.kill()
        await worker.wait()
    mark = tmp_path / "accepted"
    async with stage.worker(str(mark)) as worker:
        await begin(client)
        await until(mark.exists, 90)
        worker.kill()
        await worker.wait()
    before = [m.content for m in stage.relay.received][-len(weekly(stage)) :]
    async with stage.worker():
        await ended(client)
    assert len(weekly(stage)) == 2
    assert max(weekly(stage).values()) == 2
    for content in before:
        assert [m.content for m in stage.relay.received].count(content) == 2


async def test_what_was_acknowledged_before_the_kill_never_goes_again(house: tuple[Stage, Client]) -> None:
    stage, client = house
    async with stage.worker() as worker:
        await stage.vote()
        await stage.dossier_once(all_accepted)
        await begin(client)
        await ended(client)
        worker.kill()
        await worker.wait()
    async with stage.worker():
        await begin(client)
        await ended(client, 2, "WorkflowType = 'Digest' AND ExecutionStatus = 'Completed'")
    assert len(weekly(stage)) == 2
    assert set(weekly(stage).values()) == {1}


async def test_triggered_while_no_worker_lives_it_leaves_when_one_does(house: tuple[Stage, Client]) -> None:
    stage, client = house
    async with stage.worker() as worker:
        await stage.vote()
        await stage.dossier_once(all_accepted)
        worker.kill()
        await worker.wait()
    await begin(client)
    async with stage.worker():
        await ended(client)
    assert set(weekly(stage).values()) == {1}
