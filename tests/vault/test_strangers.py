"""Another account of the machine speaks to the engine: no convention believes it, and none stops for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.command.v1 import Command, CompleteWorkflowExecutionCommandAttributes
from temporalio.api.common.v1 import Payload, Payloads, WorkflowExecution
from temporalio.api.enums.v1 import CommandType
from temporalio.api.failure.v1 import ApplicationFailureInfo, Failure
from temporalio.api.query.v1 import WorkflowQuery
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    PollActivityTaskQueueRequest,
    PollWorkflowTaskQueueRequest,
    QueryWorkflowRequest,
    RespondActivityTaskCompletedRequest,
    RespondActivityTaskFailedRequest,
    RespondWorkflowTaskCompletedRequest,
)
from temporalio.client import Client, ScheduleHandle, WorkflowExecutionStatus, WorkflowFailureError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from echeancier.domain.afterwards.purge import PurgeState
from echeancier.domain.facts.signing import ContractPublicised
from echeancier.engine.client import connect
from echeancier.engine.embedded import NAMESPACE
from echeancier.engine.patient_worker import PatientWorker
from echeancier.engine.refused import NOT_SEALED, RefusingAnswers
from echeancier.engine.schedules import schedule_rounds
from tests.domain import builders as b
from tests.vault.stage import Installation, convention, installation
from tests.vault.strangers import (
    DECISIONS,
    ONE,
    REFERENCE,
    SEALED_BY_NOBODY,
    SIGNALS,
    UPDATES,
    believed,
    kept,
    plain,
    registered,
    said,
)
from worker import WORKFLOWS
from workflows.ids import HEARTBEAT, TASK_QUEUE, convention_id, purge_id
from workflows.messages import (
    ConfirmPurge,
    ConventionStart,
)

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Installation]:
    async with installation(tmp_path) as here:
        yield here


@pytest.fixture
async def stranger(here: Installation) -> Client:
    """A client that speaks to the same engine, without our keys."""
    return await connect(here.engine.address, namespace=NAMESPACE)


async def test_what_is_not_sealed_is_neither_believed_nor_in_the_way(here: Installation, stranger: Client) -> None:
    async with here.working():
        before = await registered(here)
        taken = []
        for name, what in plain(before).items():
            for words in (
                (),
                (what,),
                (what, what),
                (None,),
                (RawValue(Payload()),),
                (RawValue(SEALED_BY_NOBODY),),
            ):
                taken += [name] if await said(stranger, ONE, name, *words) else []
        assert set(taken) <= set(SIGNALS)  # a signal is taken by the engine, then dropped
        assert believed(await here.door.dossier(REFERENCE)) == believed(before)
        publicised = ContractPublicised(on=b.d("2022-01-04"))
        again = await here.door.record(REFERENCE, publicised, "coordinator")
        assert again.version == 1
    async with here.working(cached=0):  # replayed from its first event, with all that strangers sent
        assert len((await here.door.dossier(REFERENCE)).facts) == len(before.facts) + 1


async def test_a_stranger_s_convention_ends_before_it_begins(here: Installation, stranger: Client) -> None:
    async with here.working():
        before = await registered(here)
        made = before.model_copy(update={"convention": convention("EVIL")})
        handle = await stranger.start_workflow(
            "Convention", ConventionStart(dossier=made), id=convention_id("EVIL"), task_queue=TASK_QUEUE
        )
        with pytest.raises(WorkflowFailureError) as failed:
            await asyncio.wait_for(here.client.get_workflow_handle(handle.id).result(), 30)
        assert isinstance(failed.value.cause, ApplicationError)
        assert failed.value.cause.type == NOT_SEALED
        assert [row.reference for row in await here.door.rows()] == [REFERENCE]


# On a busy machine the engine's library interrupts a workflow wherever it stands, and what it met there says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_nothing_copied_from_a_history_says_anything_again(here: Installation, stranger: Client) -> None:
    async with here.working():
        await here.door.start(convention("NEXT"), "coordinator")
        before = await registered(here)
        neighbour = believed(await here.door.dossier("NEXT"))
        copies = await kept(stranger, ONE)
        assert len(copies) > 20
        for name in (*UPDATES, *SIGNALS):
            await asyncio.gather(*(said(stranger, ONE, name, RawValue(copy)) for copy in copies))
            await said(stranger, ONE, name, *(RawValue(copy) for copy in copies[:2]))
            await asyncio.gather(*(said(stranger, convention_id("NEXT"), name, RawValue(copy)) for copy in copies[:20]))
        assert believed(await here.door.dossier(REFERENCE)) == believed(before)
        assert believed(await here.door.dossier("NEXT")) == neighbour
        for n, copy in enumerate(copies):
            with suppress(RPCError):
                await stranger.start_workflow(
                    "Convention", RawValue(copy), id=convention_id(f"COPY-{n}"), task_queue=TASK_QUEUE
                )
        ended = [await _end(stranger, convention_id(f"COPY-{n}")) for n in range(len(copies))]
        assert set(ended) == {WorkflowExecutionStatus.FAILED}


async def _end(client: Client, workflow_id: str) -> WorkflowExecutionStatus | None:
    handle = client.get_workflow_handle(workflow_id)
    with suppress(WorkflowFailureError):
        await asyncio.wait_for(handle.result(), 30)
    return (await handle.describe()).status


async def test_a_stranger_reads_only_what_is_sealed(here: Installation, stranger: Client) -> None:
    async with here.working():
        await registered(here)
        answer = await stranger.workflow_service.query_workflow(
            QueryWorkflowRequest(
                namespace=NAMESPACE,
                execution=WorkflowExecution(workflow_id=ONE),
                query=WorkflowQuery(query_type="dossier"),
            )
        )
        assert [one.metadata["encoding"] for one in answer.query_result.payloads] == [b"binary/encrypted"]


async def test_a_decision_about_a_purge_counts_once(here: Installation, stranger: Client) -> None:
    async with here.working():
        await here.lived()
        await here.withdraw()
        await here.purge_once(bool)
        for deed in ("hold", "release", "hold", "release"):
            await here.purges.decide(REFERENCE, deed, "coordinator")
        state = await here.purges.state(REFERENCE)
        assert state is not None
        assert state.held_since is None
        for copy in await kept(stranger, purge_id(REFERENCE)):
            for name in DECISIONS:
                await said(stranger, purge_id(REFERENCE), name, RawValue(copy))
        confirm = ConfirmPurge(request="r", recorded_at=here.door.clock(), by="coordinator", basis="no-visa")
        assert not await said(stranger, purge_id(REFERENCE), "confirm", confirm)
        after: PurgeState | None = await here.purges.state(REFERENCE)
        assert after is not None
        assert (after.held_since, after.confirmed, after.heard) == (None, None, state.heard)


async def test_an_answer_that_is_no_activity_s_counts_as_none(here: Installation, stranger: Client) -> None:
    workflows_only = PatientWorker(
        here.client, task_queue=TASK_QUEUE, workflows=WORKFLOWS, interceptors=[RefusingAnswers()]
    )
    async with workflows_only:
        await here.door.start(convention(), "coordinator")
        token = await stolen(stranger)
        await stranger.workflow_service.respond_activity_task_completed(
            RespondActivityTaskCompletedRequest(
                namespace=NAMESPACE, task_token=token,
                result=Payloads(payloads=[Payload(metadata={"encoding": b"json/plain"}, data=b'{"close": true}')]),
            )
        )  # fmt: skip
        await here.door.record(REFERENCE, b.signed("2022-01-03")[0], "coordinator")  # it lives, and plans again
        token = await stolen(stranger)
        final = Failure(
            message="perdu",
            application_failure_info=ApplicationFailureInfo(type="BytesLost", non_retryable=True),
        )
        await stranger.workflow_service.respond_activity_task_failed(
            RespondActivityTaskFailedRequest(namespace=NAMESPACE, task_token=token, failure=final)
        )
    async with here.working():
        for fact in b.signed("2022-01-03")[1:]:
            await here.door.record(REFERENCE, fact, "coordinator")
        dossier = await here.until(lambda dossier: any(m.status == "accepted" for m in dossier.outbox))
        assert not [m for m in dossier.outbox if m.status == "refused"]


async def stolen(client: Client) -> bytes:
    """Take the next activity from the queue, as a worker would."""
    while True:
        found = await client.workflow_service.poll_activity_task_queue(
            PollActivityTaskQueueRequest(
                namespace=NAMESPACE, task_queue=TaskQueue(name=TASK_QUEUE), identity="stranger"
            )
        )
        if found.task_token:
            return found.task_token


async def test_a_stranger_s_result_of_a_reading_does_not_stop_the_next_ones(
    here: Installation, stranger: Client
) -> None:
    rounds = await _round_begun(here)
    task = await stranger.workflow_service.poll_workflow_task_queue(
        PollWorkflowTaskQueueRequest(namespace=NAMESPACE, task_queue=TaskQueue(name=TASK_QUEUE), identity="stranger")
    )
    forged = CompleteWorkflowExecutionCommandAttributes(
        result=Payloads(payloads=[Payload(metadata={"encoding": b"json/plain"}, data=b'{"healthy": true}')])
    )
    await stranger.workflow_service.respond_workflow_task_completed(
        RespondWorkflowTaskCompletedRequest(
            namespace=NAMESPACE, task_token=task.task_token, identity="stranger",
            commands=[
                Command(
                    command_type=CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
                    complete_workflow_execution_command_attributes=forged,
                )
            ],
        )
    )  # fmt: skip
    async with here.working():
        await rounds.trigger()
        async with asyncio.timeout(90):
            while await here.door.last_round() is None:  # noqa: ASYNC110 - the engine decides
                await asyncio.sleep(0.1)


async def _round_begun(here: Installation) -> ScheduleHandle:
    """The schedule of the rounds, its first round waiting for a worker."""
    await schedule_rounds(here.client, timedelta(hours=1))
    handle = here.client.get_schedule_handle(HEARTBEAT)
    async with asyncio.timeout(60):
        while (await here.client.count_workflows("WorkflowType = 'Heartbeat'")).count == 0:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return handle
