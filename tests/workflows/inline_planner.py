"""The control: a workflow that asks the planner itself, as ours must never do. A change of rule breaks its replay."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from echeancier.domain.facts.dossier import Dossier
    from echeancier.domain.messages.plan import make_plan
    from echeancier.domain.model import Frozen
    from echeancier.domain.terms.policy import DEFAULT_POLICY
    from workflows.alarm_clock import AlarmClock
    from workflows.outbox import Outbox


class InlineStart(Frozen):
    """A dossier, and how far the calendar stands from the engine's clock."""

    dossier: Dossier
    shift: timedelta


@workflow.defn(name="InlineConvention")
class InlineConvention:
    @workflow.run
    async def run(self, start: InlineStart) -> None:
        outbox, clock = Outbox(start.dossier, {}), AlarmClock()
        while True:
            plan = make_plan(start.dossier, workflow.now() + start.shift, DEFAULT_POLICY)
            await outbox.send(plan)
            await clock.wait(plan.wake_at - start.shift if plan.wake_at is not None else None, lambda: False)
