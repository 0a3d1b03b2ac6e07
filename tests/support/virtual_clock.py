"""The engine with a virtual clock of its own, for the tests of workflows: quick, and of no use to anybody else.

It listens on every interface and can be told nothing else, and its payloads are in clear: what users run is the real
server (`engine.rehearsal_engine`), and this one is installed for development only.
"""

import sys
from pathlib import Path

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

from echeancier.engine.converter import data_converter
from workflows.search_attributes import ALL


async def virtual_clock() -> WorkflowEnvironment:
    """Start one that knows no search attribute."""
    program = Path(sys.executable).parent / "temporal-test-server"
    return await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(program), data_converter=data_converter()
    )


async def add_search_attributes(env: WorkflowEnvironment) -> None:
    """Have it know ours."""
    types = {key.name: IndexedValueType.ValueType(int(key.indexed_value_type)) for key in ALL}
    await env.client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(namespace=env.client.namespace, search_attributes=types)
    )
