"""What the engine shows of a convention to whoever looks after it: where it stands, and nobody's name or address."""

from pathlib import Path

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest

from echeancier.domain.facts.letters import LetterPosted
from tests.domain import builders as b
from tests.support.runs import runs_of
from tests.workflows.scene import Scene, scene
from tests.workflows.terms import SECOND, arranged, terms
from workflows.ids import convention_id

PERSONAL = ("@", *(f"Fonction {name}" for name in b.ADDRESSES), *b.ADDRESSES)


async def lived(s: Scene) -> None:
    await s.register(terms(), *b.signed("2022-01-03"))
    await s.record(arranged(SECOND, "2022-09-15"))
    await s.until("2022-02-01")
    await s.record(LetterPosted(rule="leave", by="agency", on=b.d("2022-02-01")))
    await s.until("2022-02-10")


async def summaries(s: Scene) -> list[str]:
    """Return the summary of every timer and activity of every run."""
    events = [e for run in await runs_of(s.env.client, convention_id(s.reference)) for e in run.events]
    metadata = [event.user_metadata for event in events if event.HasField("user_metadata")]
    return [(said.summary.data + said.details.data).decode() for said in metadata]


async def attributes(s: Scene) -> list[str]:
    """Return every set of search attributes ever published."""
    found = []
    for run in await runs_of(s.env.client, convention_id(s.reference)):
        for event in run.events:
            if event.HasField("upsert_workflow_search_attributes_event_attributes"):
                fields = event.upsert_workflow_search_attributes_event_attributes.search_attributes.indexed_fields
                found.append(" ".join(f"{name} {value.data.decode()}" for name, value in fields.items()))
    return found


async def page(s: Scene) -> list[str]:
    """Return the current details, the static summary and whatever the engine describes."""
    metadata = await s.handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    described = await s.env.client.workflow_service.describe_workflow_execution(
        DescribeWorkflowExecutionRequest(
            namespace=s.env.client.namespace, execution=WorkflowExecution(workflow_id=s.handle.id)
        )
    )
    about = described.execution_config.user_metadata
    return [
        metadata.current_details,
        (about.summary.data + about.details.data).decode(),
        metadata.definition.type,
    ]


@pytest.mark.parametrize("shown", [summaries, attributes, page])
async def test_nothing_that_is_never_encrypted_names_a_person(shown: object, tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await lived(s)
        texts = await shown(s)  # type: ignore[operator]
    assert any(texts)
    assert [text for text in texts if any(word in text for word in PERSONAL)] == []


async def test_the_page_says_where_the_convention_stands_and_what_comes_next(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        details = (await page(s))[0]
    assert "in-force" in details
    assert "report/2022" in details


async def test_each_message_is_named_by_its_kind(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await lived(s)
        seen = await summaries(s)
    assert {"opening", "reminders", "invitation", "meeting-cancelled"} <= {text.strip('"') for text in seen}
