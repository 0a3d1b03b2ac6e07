"""The door of a busy machine: what it computes is never computed in the workflow's thread, and nobody's fact is lost."""

import asyncio
import time
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from temporalio.client import WorkflowUpdateFailedError

import echeancier.domain.recording.check_context
import echeancier.domain.recording.checks
import echeancier.domain.recording.registration
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.facts.signing import Signed
from echeancier.domain.standing.situation import Situation
from echeancier.engine.answering import RefusedError
from echeancier.engine.gateway import Conventions
from tests.domain import builders as b
from tests.support.insisting import insisting
from tests.support.project_files import ROOT
from tests.workflows.scene import scene
from tests.workflows.server import server
from tests.workflows.terms import FIRST, arranged, terms
from workflows.convention import ConventionWorkflow
from workflows.ids import convention_id
from workflows.messages import Record

TOO_LONG = 2.5
"""Seconds; the engine gives a workflow's thread two."""


def _slow_agenda(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every agenda of the door as slow as on a machine whose cores are taken."""
    quick = echeancier.domain.recording.check_context.agenda_or_refusal

    def slow(s: Situation) -> Agenda:
        time.sleep(TOO_LONG)
        return quick(s)

    for module in (
        echeancier.domain.recording.check_context,
        echeancier.domain.recording.checks,
        echeancier.domain.recording.registration,
    ):
        monkeypatch.setattr(module, "agenda_or_refusal", slow)


async def test_a_door_slower_than_a_workflow_may_think_fails_no_workflow_task(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with server(tmp_path) as s, s.working():
        await s.door.start(terms(), "coordinator")
        _slow_agenda(monkeypatch)
        kept = await s.door.record("TEST-1", Signed(on=b.d("2022-01-03"), party="town"), "coordinator")
        await s.door.correct("TEST-1", kept.fact_id, {"party": "agency"}, "coordinator")
        await s.door.correct_terms(terms(term={"months": 18, "clauses": ["A1"]}), "coordinator", "durée")
        await s.door.withdraw("TEST-1", "coordinator", "saisie deux fois")
        history = await s.client.get_workflow_handle(convention_id("TEST-1")).fetch_history()
    failed = [e for e in history.events if e.HasField("workflow_task_failed_event_attributes")]
    assert not failed, failed[0].workflow_task_failed_event_attributes.failure.message


def test_no_workflow_names_the_door_or_the_agenda() -> None:
    for path in (ROOT / "workflows").glob("*.py"):
        said = path.read_text("utf-8").replace("from echeancier.domain.recording import Refusal\n", "")
        assert "echeancier.domain.recording" not in said, path
        assert "echeancier.domain.agenda.agenda" not in said, path


async def test_a_fact_checked_against_a_dossier_that_changed_meanwhile_is_checked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people at once: the second to be kept is judged on what the first one left."""
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        other = Conventions(s.env.client, lambda: s.now)
        read, seen = Conventions.dossier, 0

        async def overtaken(door: Conventions, reference: str) -> Dossier:
            nonlocal seen
            found = await read(door, reference)
            if door is not other and (seen := seen + 1) == 1:
                await other.withdraw(reference, "manager", "saisie deux fois")
            return found

        monkeypatch.setattr(Conventions, "dossier", overtaken)
        with pytest.raises(RefusedError, match="retirée"):
            await s.record(arranged(FIRST, "2022-03-10"))
        assert not [r for r in (await s.dossier()).facts if isinstance(r.fact, MeetingArranged)]


async def test_what_was_checked_against_another_state_of_the_dossier_is_refused_by_the_workflow(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        for seen in (-1, 0, (await s.dossier()).revision + 1):
            asked = Record(
                request=f"r{seen}", fact=arranged(FIRST, "2022-03-10"), recorded_at=s.now, by="coordinator", seen=seen
            )  # fmt: skip
            with pytest.raises(WorkflowUpdateFailedError):
                await s.handle.execute_update(ConventionWorkflow.record, asked)


async def test_forty_people_recording_in_one_convention_at_once_are_all_kept_once(tmp_path: Path) -> None:
    """Each through a door of its own, as forty commands would."""
    async with server(tmp_path) as s, s.working():
        await s.door.start(terms(), "coordinator")
        for fact in b.signed("2022-01-03"):
            await s.door.record("TEST-1", fact, "coordinator")

        async def record(n: int) -> None:
            door = Conventions(s.client, s.now)
            fact = RoleChanged(role="partner", address=f"role{n}@agency.example", on=b.d("2022-01-03"))
            await insisting(partial(door.record, "TEST-1", fact, "coordinator", f"r{n}"))

        await asyncio.gather(*(record(n) for n in range(40)))
        kept = Counter(r.request for r in (await s.door.dossier("TEST-1")).facts if r.request.startswith("r"))
    assert kept == Counter({f"r{n}": 1 for n in range(40)})
