"""What computes for long does so beside the loop: the hearts of the mails under way go on beating."""

import asyncio
import time
from datetime import UTC, datetime

import pytest
from temporalio.testing import ActivityEnvironment

import activities.plan
from activities.plan import PlanActivities, PlanRequest
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.plan import Plan, make_plan
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from tests.domain import builders as b
from tests.workflows.terms import terms

LONG = 1.0
"""Seconds that a plan takes on a machine whose cores are taken."""


async def test_the_loop_goes_on_while_plans_are_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(dossier: Dossier, now: datetime, policy: Policy) -> Plan:
        until = time.perf_counter() + LONG
        while time.perf_counter() < until:  # computes: sleeping would let the loop go on by itself
            pass
        return make_plan(dossier, now, policy)

    monkeypatch.setattr(activities.plan, "make_plan", slow)
    longest, last = 0.0, time.perf_counter()

    async def beat() -> None:
        nonlocal longest, last
        while True:
            await asyncio.sleep(0.02)
            longest, last = max(longest, time.perf_counter() - last), time.perf_counter()

    heart = asyncio.create_task(beat())
    await asyncio.sleep(0)
    dossier = Dossier(convention=terms(), registered_at=b.at("2022-01-03"), registered_by="coordinator")
    planning = PlanActivities(DEFAULT_POLICY, CalendarShift(), "rules")
    request = PlanRequest.of(dossier, datetime(2022, 1, 3, 10, tzinfo=UTC))
    plans = [asyncio.ensure_future(ActivityEnvironment().run(planning.plan, request)) for _ in range(4)]
    await asyncio.gather(*plans)
    heart.cancel()
    assert longest < LONG, f"the loop stood still for {longest:.1f} s"
