"""What was on its way when everything stopped: weeks later it does not leave as it was, and what is still true is said once."""

import asyncio
import email
import email.policy
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from temporalio import activity
from temporalio.client import Client, ScheduleOverlapPolicy
from temporalio.testing import ActivityEnvironment

from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.dossier import Message
from echeancier.domain.messages.age import AGE
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.messages.send_request import SendRequest, SendResult
from echeancier.domain.messages.tried_again import MOST_UNKNOWN
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.ports import Leaving, MailTransport, unheard
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.schedules import schedule_mornings
from tests.domain import builders as b
from tests.smtpd import ScriptedServer
from tests.workflows.scene import parts_of, worker_of
from tests.workflows.server import Server, eventually, server
from tests.workflows.terms import terms
from worker import activities_of
from workflows.ids import MORNING

FIVE_WEEKS = timedelta(days=35)


class Stuck:
    """A relay that never answers, not even to be greeted."""

    def __init__(self) -> None:
        self.asked = 0

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        del raw, envelope_from, recipient, leaving
        self.asked += 1
        await asyncio.Event().wait()
        raise AssertionError("never")

    async def trouble(self) -> str:
        return ""


class GivenUp:
    """The relay, behind an engine that gives up the first try of each mail just before the mail is handed over."""

    def __init__(self, client: Client, relay: MailTransport) -> None:
        self._client, self._relay = client, relay
        self.given_up = 0

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        info = activity.info()
        if info.attempt == 1 and info.workflow_id is not None:
            self.given_up += 1
            await self._client.get_async_activity_handle(
                workflow_id=info.workflow_id, run_id=info.workflow_run_id, activity_id=info.activity_id
            ).fail(RuntimeError("given up"))
        return await self._relay.deliver(raw, envelope_from, recipient, leaving)

    async def trouble(self) -> str:
        return ""


async def outbox(s: Server) -> list[Message]:
    return (await s.door.dossier("TEST-1")).outbox


def dates(relay: ScriptedServer) -> list[datetime]:
    found = [email.message_from_bytes(m.content, policy=email.policy.default) for m in relay.received]
    return [parsedate_to_datetime(str(m["Date"])) for m in found]


async def test_what_was_in_flight_five_weeks_ago_is_dropped_and_what_is_still_true_said_once(
    tmp_path: Path,
) -> None:
    async with server(tmp_path) as s:
        stuck = Stuck()
        async with worker_of(s.client, activities_of(replace(s.parts(), transport=stuck))):
            await s.door.start(terms(), "coordinator")
            for fact in b.signed("2022-01-03"):
                await s.door.record("TEST-1", fact, "coordinator")

            async def in_flight() -> bool:
                return stuck.asked > 0 and len(await outbox(s)) >= 4

            await eventually(in_flight)
            before = await outbox(s)
        assert s.relay.received == []
        later = s.parts(later=FIVE_WEEKS)
        async with worker_of(s.client, activities_of(later)):

            async def settled() -> bool:
                found = await outbox(s)
                return len(found) > len(before) and not any(m.status in ("to-send", "deferred") for m in found)

            await eventually(settled)
            after = await outbox(s)
    assert {m.status for m in after[: len(before)]} == {"superseded"}
    assert {m.role for m in after if m.status == "accepted"} >= {m.role for m in before}
    assert not any(m.maybe_twice or m.status == "refused" for m in after)
    assert min(dates(s.relay)) > s.now() + FIVE_WEEKS - timedelta(days=1)
    assert set(Counter(m.recipients for m in s.relay.received).values()) == {1}  # one mail to catch up


async def test_a_try_that_the_engine_has_given_up_sends_nothing_beside_the_one_that_took_its_place(
    tmp_path: Path,
) -> None:
    async with server(tmp_path) as s:
        parts = s.parts()
        relay = GivenUp(s.client, parts.transport)
        async with worker_of(s.client, activities_of(replace(parts, transport=relay))):
            await s.door.start(terms(), "coordinator")
            for fact in b.signed("2022-01-03"):
                await s.door.record("TEST-1", fact, "coordinator")

            async def settled() -> bool:
                found = await outbox(s)
                return len(found) >= 4 and all(m.status == "accepted" for m in found)

            await eventually(settled)
            found = await outbox(s)
    assert relay.given_up == len(found) == len(s.relay.received)
    assert set(Counter(m.content for m in s.relay.received).values()) == {1}
    assert not any(m.maybe_twice for m in found)


async def handed(
    directory: Path, relay: ScriptedServer, request: SendRequest, attempt: int = 1, told: int = 0
) -> SendResult:
    """Hand over a message whose bytes are kept, at the instant of the activity."""
    parts = parts_of(directory, relay, DEFAULT_POLICY, CalendarShift(timedelta(0)))
    DirectoryStore(directory / "documents").put_once(
        f"{request.reference}/mail/{request.id}.eml", b"Subject: x\r\n\r\nx\r\n"
    )
    send = next(one for one in activities_of(parts) if getattr(one, "__name__", "") == "send")
    environment = ActivityEnvironment()
    environment.info = replace(
        environment.info,
        attempt=attempt,
        heartbeat_details=[told] if told else [],
        started_time=b.at("2022-10-13"),
    )
    return await environment.run(send, request)


@pytest.mark.parametrize("age", [AGE + timedelta(seconds=1), FIVE_WEEKS])
async def test_what_is_too_old_when_it_is_handed_over_does_not_leave(tmp_path: Path, age: timedelta) -> None:
    written = b.at("2022-10-13") - age
    request = SendRequest(
        id="a" * 32, reference="TEST-1", address="x@ville.example", at=written, until=written + AGE, tries=1
    )
    async with ScriptedServer() as relay:
        found = await handed(tmp_path, relay, request)
    assert (found.status, relay.received) == ("superseded", [])


async def test_after_two_copies_whose_fate_nobody_knows_nothing_leaves_any_more(tmp_path: Path) -> None:
    now = b.at("2022-10-13")
    request = SendRequest(id="a" * 32, reference="TEST-1", address="x@ville.example", at=now)
    async with ScriptedServer() as relay:
        found = await handed(tmp_path, relay, request, attempt=3, told=MOST_UNKNOWN)
    assert (found.status, found.maybe_twice, relay.received) == ("refused", True, [])
    assert "peut-être reçu deux fois" in found.detail


async def test_a_morning_that_hangs_does_not_keep_the_next_from_beginning(tmp_path: Path) -> None:
    async with server(tmp_path) as s:  # nobody works: whatever begins hangs
        await schedule_mornings(s.client, DigestHours())
        handle = s.client.get_schedule_handle(MORNING)

        async def begun(count: int) -> bool:
            await handle.trigger()  # under the policy of the schedule itself
            return (await s.client.count_workflows("WorkflowType = 'Morning'")).count >= count

        await eventually(lambda: begun(1))
        await eventually(lambda: begun(2))
        assert (await handle.describe()).schedule.policy.overlap is ScheduleOverlapPolicy.ALLOW_ALL
