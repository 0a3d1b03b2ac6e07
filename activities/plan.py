"""The plan activity: the only place where a running convention meets the domain's rules."""

import asyncio
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import AwareDatetime, ConfigDict
from temporalio import activity

from activities.daily_mail import Day
from activities.signs_of_life import signs_of_life
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.plan import Plan, make_plan
from echeancier.domain.model import Frozen
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.policy import Policy

_THREADS = ThreadPoolExecutor(2, thread_name_prefix="plan")
"""Few: plans take turns at the interpreter anyway, and each thread more that computes makes the loop wait longer for it."""


class PlanRequest(Frozen):
    """A dossier, and the engine's instant at which it is looked at.

    Attributes:
        packed: the dossier as compressed JSON. Each plan leaves its request in the history, and a dossier repeats itself
            so much that it shrinks to a tenth.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    packed: bytes
    now: datetime

    @classmethod
    def of(cls, dossier: Dossier, now: datetime) -> "PlanRequest":
        """Pack a dossier."""
        return cls(packed=zlib.compress(dossier.model_dump_json(by_alias=True).encode()), now=now)

    @property
    def dossier(self) -> Dossier:
        """The dossier, unpacked."""
        return Dossier.model_validate_json(zlib.decompress(self.packed))


class Planned(Plan):
    """A plan as the workflow obeys it: ``wake_at`` is an engine instant, ``posts`` are left for the mail of the day to ask again.

    Attributes:
        mail: the mail of the day that is to say them; None without any.
        at: the calendar's instant for which it was made.
        purges: a file that closes is purged at its own date; not in a rehearsal, nor where nothing is encrypted.
    """

    mail: Day | None = None
    at: AwareDatetime
    purges: bool = False


@dataclass
class PlanActivities:
    """Plans conventions under the rules of this worker.

    Attributes:
        policy: our lead times.
        shift: between the engine's clock and the calendar's.
        rules: the mark of the rules this worker plans by.
        purges: files that close are purged at their own date.
        hours: whose local day the mail of the day is of.
    """

    policy: Policy
    shift: CalendarShift
    rules: str
    purges: bool = False
    hours: DigestHours = field(default_factory=DigestHours)

    @activity.defn(name="plan")
    async def plan(self, request: PlanRequest) -> Planned:
        """Return what the convention must do now; ``wake_at`` is an engine instant.

        Computed in a thread: the loop goes on beating the hearts of the mails under way.
        """
        async with signs_of_life():
            return await asyncio.get_running_loop().run_in_executor(_THREADS, self._planned, request)

    def _planned(self, request: PlanRequest) -> Planned:
        now = self.shift.to_calendar(request.now)
        plan = make_plan(request.dossier, now, self.policy)
        wake_at = None if plan.wake_at is None else self.shift.to_engine(plan.wake_at)
        fields = {name: getattr(plan, name) for name in Plan.model_fields} | {"posts": (), "post_entries": ()}
        return Planned.model_validate(
            {
                **fields,
                "mail": self._mail(plan, now),
                "wake_at": wake_at,
                "rules": self.rules,
                "at": now,
                "purges": self.purges,
            }
        )

    def _mail(self, plan: Plan, now: datetime) -> Day | None:
        if not plan.posts or self.policy.sending_stopped:
            return None
        day = self.hours.today(now).isoformat()
        return Day(day=day, gather=timedelta(minutes=self.policy.gather_minutes))
