"""A worker killed outright around the weekly digest: it leaves all the same, and what was acknowledged never twice."""

import asyncio
import email
import email.policy
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from temporalio.client import Client, ScheduleOverlapPolicy
from temporalio.service import RPCError

from echeancier.engine.client import connect
from echeancier.engine.embedded import NAMESPACE
from echeancier.engine.state import running_engine
from tests.kill import test_a_worker_killed as former
from tests.kill.test_a_worker_killed import Stage, all_accepted
from tests.support.processes import until
from workflows.ids import DIGEST

pytestmark = pytest.mark.timeout(240)

ENDED = "WorkflowType = 'DigestWeek' AND ExecutionStatus = 'Completed'"


stage = former.stage


@pytest.fixture
async def client(stage: Stage) -> Client:
    engine = running_engine(stage.directory)
    assert engine is not None
    return await connect(engine.address, namespace=NAMESPACE)


def weekly(stage: Stage) -> Counter[str]:
    found = [email.message_from_bytes(m.content, policy=email.policy.default) for m in stage.relay.received]
    return Counter(str(m["Message-ID"]) for m in found if str(m["Subject"]).startswith("Votre semaine"))


async def begin(client: Client) -> None:
    """Trigger the schedule, as soon as a worker has made it, until it has begun one digest more.

    The engine names a run after the second of its trigger: one that falls in the same second as a former one is dropped
    while that one still runs.
    """
    before = await digests(client)
    async with asyncio.timeout(90):
        while await digests(client) <= before:
            with suppress(RPCError):
                await client.get_schedule_handle(DIGEST).trigger(overlap=ScheduleOverlapPolicy.ALLOW_ALL)
            await asyncio.sleep(0.3)


async def digests(client: Client) -> int:
    """How many digests were begun, whatever became of them."""
    return (await client.count_workflows("WorkflowType = 'Digest'")).count


async def ended(client: Client, weeks: int = 1, query: str = ENDED) -> None:
    async with asyncio.timeout(90):
        while (await client.count_workflows(query)).count < weeks:  # noqa: ASYNC110 - another process decides
            await asyncio.sleep(0.1)


async def test_accepted_and_killed_before_it_is_known_it_goes_again_byte_for_byte(
    stage: Stage, client: Client, tmp_path: Path
) -> None:
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


async def test_what_was_acknowledged_before_the_kill_never_goes_again(stage: Stage, client: Client) -> None:
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


async def test_triggered_while_no_worker_lives_it_leaves_when_one_does(stage: Stage, client: Client) -> None:
    async with stage.worker() as worker:
        await stage.vote()
        await stage.dossier_once(all_accepted)
        worker.kill()
        await worker.wait()
    await begin(client)
    async with stage.worker():
        await ended(client)
    assert set(weekly(stage).values()) == {1}
