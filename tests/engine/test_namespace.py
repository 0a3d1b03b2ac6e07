"""Preparing a namespace with the real server, and using what was prepared."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

from echeancier.engine.client import connect
from echeancier.engine.embedded import EmbeddedEngine
from echeancier.engine.errors import NamespaceError
from echeancier.engine.namespace import RETENTION, prepare_namespace
from tests.support.engine_workflow import TASK_QUEUE, Waiting
from workflows.search_attributes import ALL, CONVENTION_STATUS, END_OF_TERM, HAS_ALERT


@pytest.fixture(scope="module")
def module_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("namespaces")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engine(module_directory: Path) -> AsyncIterator[EmbeddedEngine]:
    """One engine for the module: every test that changes something has a namespace of its own."""
    async with EmbeddedEngine(module_directory) as started:
        yield started


async def _retention(client: Client) -> timedelta:
    request = DescribeNamespaceRequest(namespace=client.namespace)
    answer = await client.workflow_service.describe_namespace(request)
    return answer.config.workflow_execution_retention_ttl.ToTimedelta()


async def _attributes(client: Client) -> set[str]:
    request = ListSearchAttributesRequest(namespace=client.namespace)
    return set((await client.operator_service.list_search_attributes(request)).custom_attributes)


async def test_a_started_engine_keeps_closed_workflows_for_years_and_knows_every_attribute(
    engine: EmbeddedEngine,
) -> None:
    client = await connect(engine.address)
    assert await _retention(client) == RETENTION
    assert await _attributes(client) == {key.name for key in ALL}


async def test_preparing_again_changes_nothing(engine: EmbeddedEngine) -> None:
    client = await connect(engine.address)
    assert await prepare_namespace(client) == []


async def test_a_missing_namespace_is_created_then_left_alone(engine: EmbeddedEngine) -> None:
    client = await connect(engine.address, namespace="elsewhere")
    assert len(await prepare_namespace(client, timedelta(days=400))) == 2
    assert await prepare_namespace(client, timedelta(days=400)) == []
    assert await _retention(client) == timedelta(days=400)
    assert await _attributes(client) == {key.name for key in ALL}


async def test_another_retention_replaces_the_first(engine: EmbeddedEngine) -> None:
    client = await connect(engine.address, namespace="temporal-system")
    before = await _retention(client)
    changes = await prepare_namespace(client, timedelta(days=30), [])
    assert changes == [f"Conservation portée de {before.days} à 30 jours."]
    assert await _retention(client) == timedelta(days=30)


async def test_an_attribute_of_another_type_is_refused_before_anything_changes(
    engine: EmbeddedEngine,
) -> None:
    client = await connect(engine.address)
    contradiction = SearchAttributeKey.for_keyword(END_OF_TERM.name)
    with pytest.raises(NamespaceError, match=r"EndOfTerm existe déjà .* autre type"):
        await prepare_namespace(client, timedelta(days=30), [contradiction])
    assert await _retention(client) == RETENTION


async def test_a_convention_can_carry_its_attributes_as_soon_as_the_engine_is_started(
    engine: EmbeddedEngine,
) -> None:
    client = await connect(engine.address)
    attributes = TypedSearchAttributes(
        [
            SearchAttributePair(CONVENTION_STATUS, "active"),
            SearchAttributePair(END_OF_TERM, datetime(2031, 8, 31, 22, tzinfo=UTC)),
            SearchAttributePair(HAS_ALERT, value=True),
        ]
    )
    await client.start_workflow(Waiting.run, id="marked", task_queue=TASK_QUEUE, search_attributes=attributes)
    assert (await client.get_workflow_handle("marked").describe()).typed_search_attributes == attributes


def test_an_sql_store_has_room_for_the_attributes() -> None:
    datetimes = [key for key in ALL if "datetime" in key.indexed_value_type.name.lower()]
    assert len(datetimes) <= 3
