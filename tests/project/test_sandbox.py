"""Every workflow loads inside the engine's sandbox without dragging in a module it did not mean to share."""

import importlib
from collections.abc import AsyncIterator

import pytest
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import SandboxImportNotificationPolicy

from tests.support import careless_workflow
from tests.support.project_files import ROOT

STRICT = SandboxRestrictions.default.with_import_notification_policy(
    SandboxImportNotificationPolicy.RAISE_ON_UNINTENTIONAL_PASSTHROUGH
)


async def no_history() -> AsyncIterator[WorkflowHistory]:
    """Nothing to replay: the replayer still loads and checks each workflow."""
    nothing: list[WorkflowHistory] = []
    for history in nothing:
        yield history


async def load_in_sandbox(workflows: list[type]) -> None:
    replayer = Replayer(
        workflows=workflows,
        workflow_runner=SandboxedWorkflowRunner(restrictions=STRICT),
        data_converter=pydantic_data_converter,
    )
    await replayer.replay_workflows(no_history())


@pytest.mark.skipif(not (ROOT / "worker.py").exists(), reason="the worker is not written yet")
async def test_every_registered_workflow_shares_only_what_it_says_it_shares() -> None:
    workflows: list[type] = list(importlib.import_module("worker").WORKFLOWS)
    assert workflows
    await load_in_sandbox(workflows)


async def test_a_forgotten_pass_through_is_refused_by_name() -> None:
    with pytest.raises(RuntimeError) as refused:
        await load_in_sandbox([careless_workflow.CarelessWorkflow])
    assert "icalendar" in f"{refused.value} {refused.value.__cause__}"
