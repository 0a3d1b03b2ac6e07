"""A rule that needs an earlier date does not wait for the next wake-up: a new worker has conventions plan again."""

from datetime import timedelta
from pathlib import Path

from echeancier.adapters.rules_mark import rules_mark
from echeancier.domain.terms.item_kinds import Leads
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.workflows.server import Server, eventually, served, server
from tests.workflows.terms import terms

EARLIER = DEFAULT_POLICY.model_copy(update={"leads": {"default": Leads(notice=120, reminder=10, last_call=2)}})
A_DAY = timedelta(days=1)


async def opened(s: Server) -> bool:
    """Whether everybody was written to, and the list knows by which rules."""
    outbox = (await s.door.dossier("TEST-1")).outbox
    known = [
        e
        async for e in s.client.list_workflows(
            f"ExecutionStatus = 'Running' AND RulesMark = '{rules_mark(DEFAULT_POLICY)}'"
        )
    ]
    return bool(outbox) and all(m.status == "accepted" for m in outbox) and len(known) == 1


async def registered(s: Server) -> None:
    """Register a convention in its ninth month, under the rules of every day."""
    async with served(s, s.parts()):
        await s.door.start(terms(), "coordinator")
        for fact in b.signed("2022-10-03"):
            await s.door.record("TEST-1", fact, "coordinator")
        await eventually(lambda: opened(s))


async def test_a_worker_with_an_earlier_rule_makes_a_sleeping_convention_write_now(tmp_path: Path) -> None:
    async with server(tmp_path, "2022-10-03") as s:
        await registered(s)

        async def noticed() -> bool:
            outbox = (await s.door.dossier("TEST-1")).outbox
            return any(t.stage == "notice" and t.about == "report/2022" for m in outbox for t in m.told)

        async with served(s, s.parts(EARLIER, later=A_DAY)):
            await eventually(noticed)


async def test_a_worker_with_the_same_rules_wakes_nobody(tmp_path: Path) -> None:
    async with server(tmp_path, "2022-10-03") as s:
        await registered(s)
        assert await s.door.replan_all(rules_mark(DEFAULT_POLICY)) == 0


async def test_once_planned_again_a_convention_is_not_asked_again(tmp_path: Path) -> None:
    """Even when the new rules change nothing that managers search by."""
    other = DEFAULT_POLICY.model_copy(update={"recourse_margin_days": 11})
    async with server(tmp_path, "2022-10-03") as s:
        await registered(s)

        async def known() -> bool:
            query = f"ExecutionStatus = 'Running' AND RulesMark = '{rules_mark(other)}'"
            return (await s.client.count_workflows(query)).count == 1

        async with served(s, s.parts(other)):
            await eventually(known)
        assert await s.door.replan_all(rules_mark(other)) == 0
