"""The skeleton rule: a rule may change under conventions that live; what was planned stands in their histories.

A control workflow, which asks the planner itself, breaks under each of the same changes: so this test can fail.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from temporalio.client import WorkflowHistory
from temporalio.workflow import NondeterminismError

import echeancier.domain.messages.context
from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.item_kinds import Leads
from echeancier.domain.terms.policy import Policy
from echeancier.engine.patient_worker import PatientWorker
from tests.domain import builders as b
from tests.support.replaying import replay
from tests.workflows.inline_planner import InlineConvention, InlineStart
from tests.workflows.scene import Scene, scene
from tests.workflows.terms import terms
from worker import WORKFLOWS, activities_of
from workflows.ids import convention_id

A_REMINDER_DAY = date(2022, 1, 11)


def other_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    leads = Leads(notice=1, reminder=1, last_call=0)
    monkeypatch.setattr(Policy, "leads_for", lambda _self, _kind: leads)


def one_more_holiday(monkeypatch: pytest.MonkeyPatch) -> None:
    known = WorkingDays.is_workable
    monkeypatch.setattr(WorkingDays, "is_workable", lambda self, day: day != A_REMINDER_DAY and known(self, day))


def one_more_item(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_another(s: Situation) -> Agenda:
        found = agenda_of(s)
        report = next(i for i in found.items if i.kind == "report")
        new = {"key": "new-rule/2022", "safe_day": A_REMINDER_DAY, "legal_last_day": A_REMINDER_DAY}
        return found.model_copy(update={"items": (report.model_copy(update=new), *found.items)})

    monkeypatch.setattr(echeancier.domain.messages.context, "agenda_of", with_another)


Change = Callable[[pytest.MonkeyPatch], None]

CHANGES: list[Change] = [other_leads, one_more_holiday, one_more_item]

ALL = [*WORKFLOWS, InlineConvention]


async def lived(s: Scene) -> WorkflowHistory:
    """Return the history of a convention that has sent its first reminders."""
    await s.register(terms(), *b.signed("2022-01-03"))
    await s.until("2022-02-01")
    return await s.env.client.get_workflow_handle(convention_id(s.reference)).fetch_history()


async def lived_inline(s: Scene) -> WorkflowHistory:
    """Return the same life, under the control workflow."""
    facts = [
        Recorded(id=f"f{n}", fact=fact, recorded_at=s.now, recorded_by="coordinator")
        for n, fact in enumerate(b.signed("2022-01-03"))
    ]
    dossier = Dossier(convention=terms(), registered_at=s.now, registered_by="coordinator", facts=facts)
    async with PatientWorker(
        s.env.client, task_queue="inline", workflows=[InlineConvention], activities=activities_of(s.parts)
    ):
        start = InlineStart(dossier=dossier, shift=s.shift.by)
        handle = await s.env.client.start_workflow(InlineConvention.run, start, id="inline", task_queue="inline")
        await s.until("2022-02-01")
        return await handle.fetch_history()


@pytest.mark.parametrize("change", CHANGES)
async def test_a_convention_that_lives_replays_after_a_rule_changed(
    change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with scene(tmp_path) as s:
        history = await lived(s)
        assert [m for m in await s.sent("reminders") if m.at.astimezone(b.PARIS).date() == A_REMINDER_DAY]
    await replay(history, ALL)
    change(monkeypatch)
    await replay(history, ALL)


@pytest.mark.parametrize("change", CHANGES)
async def test_a_workflow_that_asked_the_planner_itself_would_break(
    change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with scene(tmp_path) as s:
        history = await lived_inline(s)
    await replay(history, ALL)
    change(monkeypatch)
    with pytest.raises(NondeterminismError):
        await replay(history, ALL)
