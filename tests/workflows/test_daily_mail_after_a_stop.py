"""A machine off for five weeks, wherever the mail of the day had come to: one mail to each, of what is still true."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus

from echeancier.adapters.relay.held_or_redirected import HeldMail
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.act import ActPublished
from echeancier.domain.facts.dossier import Message
from tests.domain import builders as b
from tests.domain.test_planning_signature import ACT
from tests.workflows.server import Server, eventually, server
from tests.workflows.terms import terms
from tests.workflows.test_after_a_stop import FIVE_WEEKS, Stuck, dates
from tests.workflows.test_daily_mail import COORDINATOR, MERGED, STOPPED, VOTED
from workflows.ids import mail_of

TWO = ("TEST-1", "TEST-2")
BEFORE, AFTER = mail_of("2022-01-03"), mail_of("2022-02-07")


class Unheard:
    """An engine that is asked for the mail of the day, and never answers."""

    def __init__(self) -> None:
        self.asked = 0

    async def begin(self, day: str, gather: timedelta) -> bool:
        del day, gather
        self.asked += 1
        await asyncio.Event().wait()
        return False


async def outboxes(s: Server) -> list[list[Message]]:
    return [(await s.door.dossier(reference)).outbox for reference in TWO]


async def mails_that_run(s: Server) -> list[str]:
    """The mails of a day that are over, and none while one runs."""
    found = [run async for run in s.client.list_workflows("WorkflowType = 'DailyMail'")]
    return [] if any(run.status is WorkflowExecutionStatus.RUNNING for run in found) else [run.id for run in found]


async def ended(s: Server, *names: str) -> bool:
    return set(names) <= set(await mails_that_run(s))


async def asked_for(s: Server) -> None:
    """Register two conventions that were voted today."""
    for reference in TWO:
        await s.door.start(terms(reference=reference, act=ACT), "coordinator")
        await s.door.record(reference, VOTED, "coordinator")


async def published(s: Server) -> None:
    """One of them hears it before everything stops: the mail that waits says something that is not so any more."""
    await s.door.record("TEST-1", ActPublished(on=b.d("2022-01-03")), "coordinator")


def kept(s: Server) -> list[str]:
    return [n for n in DirectoryStore(s.directory / "documents").names("_mail") if n.endswith(".eml")]


async def _put_off(s: Server) -> None:
    """It waits for the relay, between two tries."""
    s.relay.script.replies["MAIL"] = "451 4.3.0 later"
    async with s.working(parts=s.parts(MERGED)):
        await asked_for(s)

        async def waits() -> bool:
            with suppress(Exception):
                history = await s.client.get_workflow_handle(BEFORE).fetch_history()
                return history.events[-1].HasField("timer_started_event_attributes")
            return False

        await eventually(waits)
        await published(s)


async def _in_flight(s: Server) -> None:
    """It is on its way to a relay that does not answer."""
    stuck = Stuck()
    async with s.working(parts=replace(s.parts(MERGED), transport=stuck)):
        await asked_for(s)

        async def flies() -> bool:
            return stuck.asked > 0

        await eventually(flies)
        await published(s)


async def _asked(s: Server) -> None:
    """It is asked for, and not begun."""
    unheard = Unheard()
    async with s.working(parts=replace(s.parts(MERGED), rounds=unheard)):
        await asked_for(s)

        async def asking() -> bool:
            return unheard.asked == len(TWO)

        await eventually(asking)
        await published(s)


async def _stopped(s: Server) -> None:
    """It waits for the relay, and the emergency stop is pulled."""
    await _put_off(s)
    async with s.working(parts=replace(s.parts(STOPPED), transport=HeldMail())):
        await s.wake_all(s.now())
        await eventually(partial(ended, s, BEFORE))


@pytest.mark.parametrize("stop", [_put_off, _in_flight, _asked, _stopped])
async def test_five_weeks_later_each_gets_one_mail_of_what_is_still_true(
    tmp_path: Path, stop: Callable[[Server], Awaitable[None]]
) -> None:
    async with server(tmp_path) as s:
        await stop(s)
        assert s.relay.received == []
        s.relay.script.replies.clear()
        await s.wake_all(s.now() + FIVE_WEEKS)
        async with s.working(parts=s.parts(MERGED, later=FIVE_WEEKS)):

            async def told() -> bool:
                return await ended(s, BEFORE, AFTER) and all(await outboxes(s))

            await eventually(told)
            one, other = await outboxes(s)
    assert set(Counter(r.recipients for r in s.relay.received).values()) == {1}
    assert min(dates(s.relay)) > s.now() + FIVE_WEEKS - timedelta(days=1)
    assert {(m.status, m.maybe_twice) for m in (*one, *other)} == {("accepted", False)}
    assert {m.mail for m in one if m.address == COORDINATOR} == {m.mail for m in other if m.address == COORDINATOR}
    assert "act/publication" not in {t.about for m in one for t in m.told}
    assert {t.about for m in other for t in m.told} >= {"act/publication", "act/transmission"}
    assert kept(s) == []
