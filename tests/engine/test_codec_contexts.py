"""Which payloads the SDK hands to the codec, and with whose key they are sealed: looked at in the server's own file."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowFailureError, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.converter import (
    ActivitySerializationContext,
    SerializationContext,
    WorkflowSerializationContext,
)
from temporalio.worker import Worker

from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.domain.running.keys import HOUSE, KeyGoneError
from echeancier.engine.client import connect
from echeancier.engine.codec import ConventionCodec
from echeancier.engine.embedded import NAMESPACE, EmbeddedEngine
from tests.support.probe_workflow import SECRET, Child, Listener, Probe, echo, fail
from tests.support.runs import runs_of
from tests.support.sealed import sealed_by
from tests.vault.stage import found_in

ONE, OTHER, CHILD = "convention-ONE", "convention-OTHER", "convention-OTHER-CHILD"
QUEUE = "probe"
MARKER = ".marker_recorded_event_attributes.details.payloads"


@dataclass
class Lived:
    directory: Path
    client: Client
    answers: tuple[str, ...]


@pytest.fixture
async def lived(tmp_path: Path) -> AsyncIterator[Lived]:
    """A workflow lived that says its secret everywhere it can, another heard it and failed with it."""
    ring = KeyRing(tmp_path / "keys", b"m" * 32)
    for owner in ("ONE", "OTHER", "OTHER-CHILD"):
        ring.admit(owner)
    async with EmbeddedEngine(tmp_path / "var", fast_timers=True) as engine:
        client = await connect(engine.address, namespace=NAMESPACE, codec=ConventionCodec(ring))
        worker = Worker(
            client, task_queue=QUEUE, workflows=[Probe, Child, Listener], activities=[echo, fail],
            max_cached_workflows=0,
        )  # fmt: skip
        async with worker:
            answers = await _live(client)
        yield Lived(tmp_path / "var", client, answers)


async def _live(client: Client) -> tuple[str, ...]:
    other = await client.start_workflow(Listener.run, id=OTHER, task_queue=QUEUE)
    one: WorkflowHandle[Probe, str] = await client.start_workflow(
        Probe.run, args=[SECRET, OTHER], id=ONE, task_queue=QUEUE,
        memo={"start": SECRET}, static_summary=SECRET, static_details=SECRET,
    )  # fmt: skip
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await one.execute_update(Probe.ask, f"{SECRET}!")
    asked = await one.execute_update(Probe.ask, SECRET)
    said = await one.query(Probe.said, SECRET)
    await one.signal(Probe.tell, SECRET)
    result = await one.result()
    with pytest.raises(WorkflowFailureError) as failed:
        await other.result()
    memo = await (await one.describe()).memo()
    return (
        asked, said, result, str(refused.value.cause), str(failed.value.cause), str(memo["start"]),
    )  # fmt: skip


async def test_whoever_has_the_keys_reads_everything(lived: Lived) -> None:
    assert all(SECRET in answer for answer in lived.answers), lived.answers


async def test_the_server_s_file_holds_the_secret_nowhere(lived: Lived) -> None:
    assert found_in(lived.directory, SECRET, "Ondine") == set()
    assert found_in(lived.directory, ONE) != set()  # the id of a workflow is not sealed: the search is not blind


async def test_each_payload_is_sealed_with_the_key_of_the_workflow_it_belongs_to(lived: Lived) -> None:
    found = sealed_by(await runs_of(lived.client, ONE))
    signals = {where: owners for where, owners in found.items() if "signal_external" in where}
    children = {where: owners for where, owners in found.items() if "child_workflow" in where}
    rest = {w: owners for w, owners in found.items() if w not in {*signals, *children, MARKER}}
    assert set().union(*signals.values()) == {"OTHER"}
    assert set().union(*children.values()) <= {"ONE", "OTHER-CHILD"}
    assert set().union(*rest.values()) == {"ONE"}, rest


async def test_a_local_activity_leaves_its_bookkeeping_plain_and_its_result_sealed(lived: Lived) -> None:
    assert sealed_by(await runs_of(lived.client, ONE))[MARKER] == {"ONE", "plain"}


async def test_a_child_is_sealed_with_its_own_key_but_for_the_summary_that_its_parent_gives_it(
    lived: Lived,
) -> None:
    found = sealed_by(await runs_of(lived.client, CHILD))
    given = {where: found.pop(where) for where in (".user_metadata.summary", ".user_metadata.details")}
    assert set().union(*found.values()) == {"OTHER-CHILD"}
    assert set().union(*given.values()) == {"ONE"}


async def test_every_place_of_the_table_was_seen(lived: Lived) -> None:
    seen = " ".join(sealed_by(await runs_of(lived.client, ONE)))
    for place in (
        "workflow_execution_started_event_attributes.input",
        "workflow_execution_started_event_attributes.memo",
        "workflow_execution_continued_as_new_event_attributes.input",
        "workflow_execution_completed_event_attributes.result",
        "workflow_execution_signaled_event_attributes.input",
        "workflow_execution_update_accepted_event_attributes.accepted_request.input.args",
        "workflow_execution_update_completed_event_attributes.outcome.success",
        "activity_task_scheduled_event_attributes.input",
        "activity_task_completed_event_attributes.result",
        "activity_task_failed_event_attributes.failure.encoded_attributes",
        "marker_recorded_event_attributes.details",
        "workflow_properties_modified_event_attributes.upserted_memo",
        "start_child_workflow_execution_initiated_event_attributes.input",
        "signal_external_workflow_execution_initiated_event_attributes.input",
        "user_metadata.summary",
        "user_metadata.details",
    ):
        assert place in seen, f"{place} not in {seen}"


PAYLOAD = Payload(metadata={"encoding": b"json/plain"}, data=b'"x"')


def at(workflow_id: str, activity: str | None = None) -> SerializationContext:
    """The context of a workflow, or of one of its activities."""
    if activity is None:
        return WorkflowSerializationContext(namespace=NAMESPACE, workflow_id=workflow_id)
    return ActivitySerializationContext(
        namespace=NAMESPACE, workflow_id=workflow_id, workflow_type="Convention", activity_id="1",
        activity_type=activity, activity_task_queue=QUEUE, is_local=False,
    )  # fmt: skip


@pytest.fixture
def codec(tmp_path: Path) -> ConventionCodec:
    ring = KeyRing(tmp_path / "keys", b"m" * 32)
    for owner in ("ONE", "OTHER"):
        ring.admit(owner)
    return ConventionCodec(ring)


async def test_what_has_no_context_or_belongs_to_no_convention_is_the_house_s(codec: ConventionCodec) -> None:
    (sealed,) = await codec.encode([PAYLOAD])
    assert sealed.metadata["encryption-key-id"] == f"{HOUSE}/1".encode()
    assert await codec.decode([sealed]) == [PAYLOAD]
    (sealed,) = await codec.with_context(at("purge-ONE")).encode([PAYLOAD])
    assert sealed.metadata["encryption-key-id"] == f"{HOUSE}/1".encode()


PLACES = [
    at("convention-ONE"),
    at("convention-OTHER"),
    at("convention-ONE", "plan"),
    at("convention-ONE", "send"),
    at("convention-OTHER", "plan"),
    at("purge-ONE"),
    at("purge-OTHER"),
    at("digest"),
    at("mail-2026-09-07"),
    at("replies"),
]


@pytest.mark.parametrize("origin", PLACES, ids=str)
async def test_a_payload_opens_at_its_own_place_only(codec: ConventionCodec, origin: SerializationContext) -> None:
    (sealed,) = await codec.with_context(origin).encode([PAYLOAD])
    for place in PLACES:
        (found,) = await codec.with_context(place).decode([sealed])
        assert (found == PAYLOAD) is (place == origin), place


@pytest.mark.parametrize("name", ["sealed-for", "encryption-key-id"])
async def test_a_payload_does_not_lie_about_its_place(codec: ConventionCodec, name: str) -> None:
    there = codec.with_context(at("convention-OTHER"))
    (forged,) = await codec.with_context(at("convention-ONE")).encode([PAYLOAD])
    (own,) = await there.encode([PAYLOAD])
    forged.metadata[name] = own.metadata[name]
    assert refused(*await there.decode([forged]))


async def test_what_a_schedule_starts_is_sealed_for_the_schedule(codec: ConventionCodec) -> None:
    (sealed,) = await codec.with_context(at("replies")).encode([PAYLOAD])
    found = await codec.with_context(at("replies-2026-09-07T08:00:00Z")).decode([sealed])
    assert found == [PAYLOAD]


async def test_what_is_not_sealed_is_let_through_only_where_it_is_said_to_be(codec: ConventionCodec) -> None:
    assert refused(*await codec.with_context(at("convention-ONE")).decode([PAYLOAD]))
    assert refused(*await codec.decode([PAYLOAD]))
    old = ConventionCodec(codec._vault, plain=True)
    assert await old.with_context(at("convention-ONE")).decode([PAYLOAD]) == [PAYLOAD]


async def test_a_key_that_is_lost_is_waited_for_and_a_stranger_s_is_not(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "keys", b"m" * 32)
    ring.admit("ONE")
    here = ConventionCodec(ring).with_context(at("convention-ONE"))
    (sealed,) = await here.encode([PAYLOAD])
    forged = Payload(metadata={**sealed.metadata, "encryption-key-id": b"ONE/99"}, data=sealed.data)
    assert refused(*await here.decode([forged]))
    ring.destroy("ONE")
    with pytest.raises(KeyGoneError):
        await here.decode([sealed])


def refused(payload: Payload) -> bool:
    return payload.metadata["encoding"] == b"binary/refused"


async def test_what_repeats_itself_is_small_once_sealed(codec: ConventionCodec) -> None:
    long = Payload(metadata={"encoding": b"json/plain"}, data=b'{"address":"agence@operateur.example"}' * 80_000)
    (sealed,) = await codec.encode([long])
    assert len(long.data) > 2_000_000
    assert len(sealed.data) < 100_000
    assert await codec.decode([sealed]) == [long]
