"""Each activity fails in turn: the convention lives on, hears facts, and does its work once the fault is gone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio import activity

from activities.plan import Planned, PlanRequest
from echeancier.domain.facts.signing import ContractPublicised
from echeancier.domain.messages.send_request import SendRequest, SendResult
from echeancier.domain.messages.tried_again import PATIENCE
from tests.domain import builders as b
from tests.workflows.scene import scene
from tests.workflows.terms import FIRST, arranged, terms
from worker import Parts, activities_of


@dataclass
class Faulty:
    """The activities of the program, each of which fails for as many calls as it is told.

    Attributes:
        plans: how many plans fail from now on.
        sends: how many sends fail from now on.
    """

    plans: int = 0
    sends: int = 0
    tried: list[str] = field(default_factory=list)

    def wired(self, parts: Parts) -> Sequence[Callable[..., Any]]:
        self._plan, self._send = activities_of(parts)
        return [self.plan, self.send]

    @activity.defn(name="plan")
    async def plan(self, request: PlanRequest) -> Planned:
        self.tried.append("plan")
        if self.plans > 0:
            self.plans -= 1
            raise ZeroDivisionError("a fault of ours, about someone@ville.example")
        planned: Planned = await self._plan(request)
        return planned

    @activity.defn(name="send")
    async def send(self, request: SendRequest) -> SendResult:
        self.tried.append("send")
        if self.sends > 0:
            self.sends -= 1
            raise ZeroDivisionError("a fault of ours, about someone@ville.example")
        result: SendResult = await self._send(request)
        return result


async def test_a_plan_that_fails_twice_is_made_at_the_third_attempt(tmp_path: Path) -> None:
    faulty = Faulty(plans=2)
    async with scene(tmp_path, wired=faulty.wired) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        assert await s.sent("opening")
    assert faulty.tried[:3] == ["plan", "plan", "plan"]


async def test_a_plan_that_keeps_failing_leaves_the_convention_alive_and_listening(tmp_path: Path) -> None:
    faulty = Faulty(plans=1_000)
    async with scene(tmp_path, wired=faulty.wired) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        kept = await s.record(arranged(FIRST, "2022-03-10"))
        await s.until(s.now + timedelta(days=1))
        assert kept.fact_id in {r.id for r in (await s.dossier()).facts}
        assert not await s.ended()
        faulty.plans = 0
        await s.until(s.now + timedelta(hours=2))
        assert await s.sent("invitation", "partner")


async def test_a_plan_that_keeps_failing_spends_few_events(tmp_path: Path) -> None:
    faulty = Faulty(plans=1_000_000)
    async with scene(tmp_path, wired=faulty.wired) as s:
        await s.register(terms())
        await s.until(s.now + timedelta(hours=12))
        handle = s.env.client.get_workflow_handle(f"convention-{s.reference}")
        events = [event async for event in handle.fetch_history_events()]
        assert not await s.ended()
    rounds = 6 + 12  # the first hour, doubling, then one an hour: each a timer, two tasks and the plan's three events
    assert 24 < len(events) < rounds * 12


async def test_a_send_that_fails_for_a_while_succeeds_later(tmp_path: Path) -> None:
    faulty = Faulty(sends=1_000)
    async with scene(tmp_path, wired=faulty.wired) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        cut = (await s.dossier()).outbox
        faulty.sends = 0
        await s.until(s.now + timedelta(hours=1))
        again = (await s.dossier()).outbox
    assert {m.status for m in cut} == {"to-send"}
    assert {m.status for m in again} == {"accepted"}


async def test_what_went_wrong_is_kept_without_quoting_the_error(tmp_path: Path) -> None:
    faulty = Faulty(sends=1_000)
    async with scene(tmp_path, wired=faulty.wired) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        details = {m.detail for m in (await s.dossier()).outbox}
    assert details == {"envoi interrompu (ZeroDivisionError)"}


async def test_a_send_that_always_fails_is_given_up_and_marked_refused(tmp_path: Path) -> None:
    faulty = Faulty(sends=1_000_000)
    async with scene(tmp_path, wired=faulty.wired) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + PATIENCE + timedelta(days=1))
        dossier = await s.dossier()
        await s.record(ContractPublicised(on=b.d("2022-01-06")))
    assert {m.status for m in dossier.outbox if m.kind == "opening"} == {"refused"}
