"""The mailbox read by the schedule of the real engine: a convention invites, the answers come back to its file."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from echeancier.adapters.keys.link_keys import LinkKeys
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.settings import Settings
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.running.clock import CalendarShift
from echeancier.engine.client import connect
from echeancier.engine.embedded import EmbeddedEngine
from echeancier.engine.gateway import Conventions, utc_now
from echeancier.engine.reading_schedule import schedule_reading
from echeancier.engine.register import ConventionRegister
from tests.adapters.replies import UID, failure, reply, return_address
from tests.domain import builders as b
from tests.smtpd import ScriptedServer
from tests.workflows.mailbox import FakeMailbox
from tests.workflows.terms import FIRST, arranged, terms
from worker import Parts, build_worker
from workflows.ids import REPLIES
from workflows.messages import RepliesEnd

TUESDAY = b.at("2022-02-01")
PARTNER = b.ADDRESSES["partner"]


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Return as soon as the condition holds; fail when it does not within a minute."""
    async with asyncio.timeout(60):
        while not await condition():  # noqa: ASYNC110 - another process raises no event here
            await asyncio.sleep(0.05)


@dataclass
class House:
    """An engine, a worker, a convention that has invited, and a mailbox."""

    client: Client
    door: Conventions
    mailbox: FakeMailbox
    parts: Parts

    async def dossier(self) -> Dossier:
        return await self.door.dossier("TEST-1")

    async def invitation(self) -> Message | None:
        found = [m for m in (await self.dossier()).outbox if m.kind == "invitation" and m.role == "partner"]
        return next((m for m in found if m.status == "accepted"), None)

    async def read(self, *mails: bytes) -> None:
        """Put mails in the mailbox, have the schedule read it now, and wait until that reading has ended.

        A reading asked for while another runs is skipped: hence the end, and not only the mailbox.
        """
        before = len(await self.ends())
        self.mailbox.put(*mails)
        await self.client.get_schedule_handle(REPLIES).trigger()

        async def over() -> bool:
            return len(await self.ends()) > before

        await until(over)
        assert not self.mailbox.inbox

    async def ends(self) -> list[RepliesEnd]:
        """Return the results of the readings that ended, in their order."""
        done = [run async for run in self.client.list_workflows("WorkflowType = 'Replies'")]
        done = sorted((r for r in done if r.status is WorkflowExecutionStatus.COMPLETED), key=lambda r: r.start_time)
        handles = [self.client.get_workflow_handle(r.id, run_id=r.run_id, result_type=RepliesEnd) for r in done]
        return [await handle.result() for handle in handles]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A calendar that begins on a Tuesday morning of 2022, at the pace of this machine's clock."""
    shift = CalendarShift(TUESDAY - utc_now())
    async with EmbeddedEngine(tmp_path / "engine", fast_timers=True) as engine, ScriptedServer() as relay:
        client = await connect(engine.address)
        transport = SmtpTransport(SmtpSettings(host=relay.host, port=relay.port, security="none"))
        parts = Parts(Settings.model_construct(data=tmp_path), transport, shift=shift, mailbox=FakeMailbox())
        door = Conventions(client, lambda: shift.to_calendar(utc_now()))
        async with build_worker(client, parts):
            assert isinstance(parts.mailbox, FakeMailbox)
            made = House(client, door, parts.mailbox, parts)
            await door.start(terms(), "coordinator")
            for fact in (*b.signed("2021-12-15"), arranged(FIRST, "2022-03-15")):
                await door.record("TEST-1", fact, "coordinator")
            await until(lambda: _is_there(made.invitation()))
            await schedule_reading(client, wanted=True, every=timedelta(days=1))
            yield made


async def _is_there(found: Awaitable[object]) -> bool:
    return await found is not None


async def answer_of(house: House, message_id: str = "a") -> bytes:
    invitation = await house.invitation()
    assert invitation is not None
    assert invitation.meeting is not None
    raw = reply("SEQUENCE:0", without="SEQUENCE").replace(UID.encode(), invitation.meeting.uid.encode())
    raw = raw.replace(b"20261122T105935Z", b"20220201T091500Z")
    return raw.replace(b"<reponse-1@", f"<{message_id}@".encode())


async def test_an_answer_comes_back_to_the_file_of_its_convention_once_and_the_next_reading_goes_on(
    house: House,
) -> None:
    await house.read(await answer_of(house))
    await house.read(await answer_of(house))
    dossier = await house.dossier()
    answers = [r for r in dossier.facts if isinstance(r.fact, InvitationAnswered)]
    assert [(r.recorded_by, r.fact.answer) for r in answers if isinstance(r.fact, InvitationAnswered)] == [
        ("boîte des réponses", "accepted")
    ]
    first, second = await house.ends()
    assert (first.recorded, first.cursor.uid) == (1, 1)
    assert (second.recorded, second.cursor.uid) == (0, 2)
    assert house.mailbox.asked[1] == first.cursor


async def test_a_message_that_comes_back_raises_the_alarm(house: House) -> None:
    invitation = await house.invitation()
    assert invitation is not None
    to = return_address(invitation.id, LinkKeys(house.parts.settings.data).current())
    await house.read(failure("Action: failed\r\nStatus: 5.1.1", to=to))

    async def alarmed() -> bool:
        return any(m.kind == "undelivered" for m in (await house.dossier()).outbox)

    await until(alarmed)


async def test_old_readings_are_deleted_and_recent_ones_are_kept(house: House) -> None:
    await house.read(await answer_of(house))
    (known,) = [run async for run in house.client.list_workflows("WorkflowType = 'Replies'")]
    run = house.client.get_workflow_handle(known.id, run_id=known.run_id)
    register = ConventionRegister(house.client)
    assert await register.forget_runs(utc_now() - timedelta(days=7), 10) == 0
    assert await register.forget_runs(datetime(2100, 1, 1, tzinfo=UTC), 10) == 1

    async def gone() -> bool:
        try:
            await run.describe()
        except RPCError as error:
            return error.status is RPCStatusCode.NOT_FOUND
        return False

    await until(gone)


async def test_the_schedule_is_brought_up_to_date_and_taken_away(house: House) -> None:
    handle = house.client.get_schedule_handle(REPLIES)
    await handle.pause()
    await schedule_reading(house.client, wanted=True)
    known = (await handle.describe()).schedule
    assert known.spec.intervals[0].every == timedelta(minutes=5)
    assert known.state.paused
    for _ in range(2):
        await schedule_reading(house.client, wanted=False)
    assert [one.id async for one in await house.client.list_schedules()] == []
