"""Whatever a workflow asks for is there."""

import ast
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from temporalio import activity
from temporalio.client import Client

import worker
from activities.daily_mail import DailyMailActivities
from activities.heartbeat import HeartbeatActivities
from activities.mail import MailActivities
from activities.plan import PlanActivities
from activities.purge import PurgeActivities
from activities.replies import ReplyActivities
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.model import Frozen
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.pulse import Pulse
from tests.smtpd import ScriptedServer
from tests.support.keys import ring_of
from tests.support.project_files import ROOT
from tests.workflows.scene import parts_of

HOLDERS = {
    "PlanActivities": PlanActivities,
    "MailActivities": MailActivities,
    "ReplyActivities": ReplyActivities,
    "PurgeActivities": PurgeActivities,
    "DailyMailActivities": DailyMailActivities,
    "HeartbeatActivities": HeartbeatActivities,
}
CALLS = ("execute_activity_method", "execute_local_activity_method")


def asked_for() -> set[str | None]:
    """Return the names of the activities that the code of the workflows executes."""
    found = set()
    for path in (ROOT / "workflows").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr.startswith(("execute_", "start_")) and "activity" in node.func.attr:
                assert node.func.attr in CALLS, f"{path.name}: an activity that is not named by its method"
                called = node.args[0]
                assert isinstance(called, ast.Attribute)
                assert isinstance(called.value, ast.Name)
                method = getattr(HOLDERS[called.value.id], called.attr)
                found.add(activity._Definition.must_from_callable(method).name)
    return found


async def test_every_activity_a_workflow_names_is_registered_by_the_worker(tmp_path: Path) -> None:
    async with ScriptedServer() as relay:
        plain = parts_of(tmp_path, relay, DEFAULT_POLICY, CalendarShift())
        parts = replace(plain, vault=ring_of(tmp_path / "var"))
        no_client = cast("Client", None)  # only kept, until an activity runs
        wired = [
            *worker.activities_of(parts),
            *worker.reply_activities_of(no_client, parts),
            *worker.purge_activities_of(no_client, parts),
            *worker.watch_activities_of(no_client, parts, Pulse()),
        ]
        registered = {activity._Definition.must_from_callable(a).name for a in wired}
    assert asked_for() == registered
    assert {"plan", "send", "read_replies"} <= registered


def test_every_workflow_of_the_project_is_registered_by_the_worker() -> None:
    defined = {
        node.name
        for path in (ROOT / "workflows").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and any("workflow.defn" in ast.unparse(d) for d in node.decorator_list)
    }
    assert defined == {one.__name__ for one in worker.WORKFLOWS}


async def test_a_worker_builds_its_models_before_it_serves(tmp_path: Path) -> None:
    """One that is built at its first use would hold up a task in the middle of a workflow."""

    class NeverUsed(Frozen):
        day: int

    assert not NeverUsed.__pydantic_complete__
    async with ScriptedServer() as relay:
        parts = parts_of(tmp_path, relay, DEFAULT_POLICY, CalendarShift())
        with pytest.raises(AttributeError):  # no worker without a client, but all that comes before
            worker.build_worker(cast("Client", None), parts)
    assert NeverUsed.__pydantic_complete__
    assert Dossier.__pydantic_complete__
