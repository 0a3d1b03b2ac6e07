"""The plan activity: the only place where a running convention meets the domain's rules."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import AwareDatetime
from temporalio import activity

from domain.calendar_shift import CalendarShift
from domain.dossier import Dossier
from domain.model import Frozen
from domain.planning.plan import Plan, make_plan
from domain.policy import Policy


class PlanRequest(Frozen):
    """A dossier, and the engine's instant at which it is looked at."""

    dossier: Dossier
    now: datetime


class Planned(Plan):
    """A plan as the workflow obeys it: ``wake_at`` is an engine instant.

    Attributes:
        at: the calendar's instant for which it was made.
    """

    at: AwareDatetime


@dataclass
class PlanActivities:
    """Plans conventions under the rules of this worker.

    Attributes:
        policy: our lead times.
        shift: between the engine's clock and the calendar's.
        rules: the mark of the rules this worker plans by.
    """

    policy: Policy
    shift: CalendarShift
    rules: str

    @activity.defn(name="plan")
    async def plan(self, request: PlanRequest) -> Planned:
        """Return what the convention must do now; ``wake_at`` is an engine instant."""
        now = self.shift.to_calendar(request.now)
        plan = make_plan(request.dossier, now, self.policy)
        wake_at = None if plan.wake_at is None else self.shift.to_engine(plan.wake_at)
        fields = {name: getattr(plan, name) for name in Plan.model_fields}
        return Planned.model_validate({**fields, "wake_at": wake_at, "rules": self.rules, "at": now})
