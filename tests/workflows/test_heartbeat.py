"""The robot's rounds: the monitor hears of a healthy one only; the schedules of the real engine."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from temporalio.client import Client, ScheduleOverlapPolicy
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.heartbeat import HeartbeatActivities, RoundRequest
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.settings import Settings
from echeancier.adapters.web.monitor import HeartbeatSettings, HttpMonitor
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.send_request import SendResult
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.running.health import MailboxHealth, Round
from echeancier.domain.running.trouble import Trouble
from echeancier.engine.gateway import utc_now
from echeancier.engine.pulse import Pulse
from echeancier.engine.rounds import EngineReadings, last_round
from echeancier.engine.schedules import schedule_mornings, schedule_rounds
from tests.domain import builders as b
from tests.smtpd import ScriptedServer
from tests.support.web import Web, web_server
from tests.workflows.server import Server, eventually, server
from tests.workflows.terms import terms
from worker import Parts, build_worker, ensure_schedules
from workflows.ids import HEARTBEAT, MORNING, TASK_QUEUE
from workflows.messages import MorningStart
from workflows.morning import MorningWorkflow

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=5)


@dataclass
class Engine:
    """The engine as a round sees it."""

    fails: bool = False
    forgotten: list[tuple[str, datetime]] = field(default_factory=list)

    async def all(self) -> tuple[tuple[Dossier, ...], tuple[str, ...]]:
        return (), ()

    async def count(self) -> int:
        if self.fails:
            raise ConnectionError("no lists, about someone@ville.example")
        return 3

    async def troubles(self) -> tuple[Trouble, ...]:
        return ()

    async def keyless(self) -> tuple[str, ...]:
        return ()

    async def state(self, now: datetime) -> MailboxHealth:
        return MailboxHealth(state="read", read_at=now)

    async def forget(self, kind: str, before: datetime, most: int) -> int:
        del most
        self.forgotten.append((kind, before))
        return 0


@pytest.fixture
def web() -> Iterator[Web]:
    with web_server() as one:
        yield one


async def made(
    engine: Engine, port: int, web: Web | None, before: Round | None = None, *, pulse: Pulse | None = None
) -> Round:
    transport = SmtpTransport(SmtpSettings(host="127.0.0.1", port=port, security="none", timeout=2))
    monitor = None if web is None else HttpMonitor(SecretStr(web.url))
    activities = HeartbeatActivities(engine, transport, pulse or Pulse(lambda: NOW), engine, engine, monitor)
    return await ActivityEnvironment().run(activities.round, RoundRequest(engine=NOW, before=before))


async def test_a_healthy_round_is_told(web: Web) -> None:
    async with ScriptedServer() as relay:
        found = await made(Engine(), relay.port, web)
    assert found.is_healthy
    assert (found.conventions, found.pinged, found.detail) == (3, True, "")
    assert len(web.calls) == 1
    assert not relay.received


async def test_a_round_under_way_does_not_hold_up_a_robot_that_stops(web: Web) -> None:
    class Unanswered(Engine):
        async def troubles(self) -> tuple[Trouble, ...]:
            stopping.worker_shutdown()
            await asyncio.Event().wait()  # asks a convention, which nobody turns any more
            return ()

    stopping, engine = ActivityEnvironment(), Unanswered()
    transport = SmtpTransport(SmtpSettings(host="127.0.0.1", port=1, security="none", timeout=2))
    activities = HeartbeatActivities(
        engine, transport, Pulse(lambda: NOW), engine, engine, HttpMonitor(SecretStr(web.url))
    )
    async with asyncio.timeout(10):
        with pytest.raises(ApplicationError) as stopped:
            await stopping.run(activities.round, RoundRequest(engine=NOW))
    assert not stopped.value.non_retryable
    assert web.calls == []


async def test_without_a_relay_the_monitor_hears_nothing(web: Web) -> None:
    async with ScriptedServer() as relay:
        port = relay.port
    found = await made(Engine(), port, web)
    assert (found.engine, found.relay, found.pinged) == (True, False, None)
    assert "serveur de courriel" in found.detail
    assert web.calls == []


async def test_a_relay_that_refuses_us_is_no_relay(web: Web) -> None:
    async with ScriptedServer() as relay:
        relay.script.replies["GREETING"] = "554 5.7.1 not you"
        found = await made(Engine(), relay.port, web)
    assert not found.relay
    assert web.calls == []


async def test_a_relay_that_answers_and_refused_the_last_mail_for_our_settings_is_not_well(web: Web) -> None:
    pulse = Pulse(lambda: NOW)
    pulse.sent(SendResult(id="1", status="deferred", at=NOW, fault="settings"), "a@one.example")
    async with ScriptedServer() as relay:
        found = await made(Engine(), relay.port, web, pulse=pulse)
        pulse.sent(SendResult(id="2", status="refused", at=NOW, fault="address"), "b@one.example")
        still = await made(Engine(), relay.port, web, pulse=pulse)
        pulse.sent(SendResult(id="3", status="accepted", at=NOW), "a@one.example")
        well = await made(Engine(), relay.port, web, pulse=pulse)
    assert (found.relay, still.relay, well.relay) == (False, False, True)
    assert "réglages de l’envoi" in found.detail
    assert len(web.calls) == 1


@pytest.mark.parametrize(
    ("people", "later", "then", "well"),
    [
        (3, timedelta(minutes=61), "", False),
        (3, timedelta(minutes=59), "", True),  # it greets strangers so
        (2, timedelta(days=4), "", True),  # one or two servers that are away are not our relay
        (3, timedelta(minutes=61), "accepted", True),
        (3, timedelta(minutes=61), "stored", True),  # the emergency stop is a choice
    ],
)
async def test_a_relay_that_puts_everybody_off_for_hours_is_no_relay(
    web: Web, people: int, later: timedelta, then: str, well: bool
) -> None:
    clock = [NOW]
    pulse = Pulse(lambda: clock[0])
    for n in range(people):
        pulse.sent(SendResult(id=f"{n}", status="deferred", at=NOW, stored=then == "stored"), f"{n}@one.example")
    if then == "accepted":
        pulse.sent(SendResult(id="9", status="accepted", at=NOW), "0@one.example")
    clock[0] += later
    async with ScriptedServer() as relay:
        found = await made(Engine(), relay.port, web, pulse=pulse)
    assert found.relay is well
    assert bool(found.detail) is not well


async def test_a_round_finds_for_itself_that_the_relay_is_well_again(web: Web) -> None:
    class Former(Engine):
        async def troubles(self) -> tuple[Trouble, ...]:
            return (Trouble(cause="relay", detail="found by the round before"),)

    async with ScriptedServer() as relay:
        found = await made(Former(), relay.port, web)
    assert found.is_healthy
    assert len(web.calls) == 1


async def test_conventions_that_do_not_agree_are_said_and_the_monitor_hears_nothing(web: Web) -> None:
    @dataclass
    class Acts:
        stuck: list[str] = field(default_factory=list)

        async def settle(self, stuck: Iterable[str]) -> tuple[Trouble, ...]:
            self.stuck += stuck
            return (Trouble(cause="act", reference="B-1", detail="2021-118"),)

    class Former(Engine):
        async def troubles(self) -> tuple[Trouble, ...]:
            return (
                Trouble(cause="plan", reference="C-1"),
                Trouble(cause="act", reference="A-1", detail="settled since"),
            )

    acts = Acts()
    async with ScriptedServer() as relay:
        transport = SmtpTransport(SmtpSettings(host="127.0.0.1", port=relay.port, security="none", timeout=2))
        monitor = HttpMonitor(SecretStr(web.url))
        activities = HeartbeatActivities(Former(), transport, Pulse(lambda: NOW), Engine(), Engine(), monitor, acts)
        found = await ActivityEnvironment().run(activities.round, RoundRequest(engine=NOW))
    assert [(one.cause, one.reference) for one in found.stuck] == [("plan", "C-1"), ("act", "B-1")]
    assert [one.reference for one in found.acts] == ["B-1"]
    assert acts.stuck == ["C-1"], "one that does not do its work carries nothing"
    assert not found.is_healthy
    assert web.calls == []


async def test_without_the_engine_the_monitor_hears_nothing(web: Web, caplog: pytest.LogCaptureFixture) -> None:
    async with ScriptedServer() as relay:
        found = await made(Engine(fails=True), relay.port, web)
    assert (found.engine, found.pinged) == (False, None)
    assert web.calls == []
    assert "@" not in found.detail
    assert "do not answer" not in found.detail
    assert "lists do not answer" in caplog.text


async def test_a_monitor_that_does_not_answer_is_noted_and_stops_nothing(web: Web) -> None:
    web.status = 500
    async with ScriptedServer() as relay:
        found = await made(Engine(), relay.port, web)
    assert found.is_healthy
    assert (found.pinged, found.detail) == (False, "le surveillant a répondu 500")
    assert "tres-secret" not in found.model_dump_json()


async def test_a_worker_started_again_still_knows_the_last_mail_of_the_former() -> None:
    before = Round(at=EARLIER, since=EARLIER, last_mail=EARLIER, last_plan=EARLIER)
    async with ScriptedServer() as relay:
        found = await made(Engine(), relay.port, None, before)
    assert (found.last_mail, found.last_plan, found.since) == (EARLIER, EARLIER, NOW)


# -- on the real engine ------------------------------------------------------------------------------------------


@asynccontextmanager
async def working(s: Server, web: Web) -> AsyncIterator[None]:
    beat = HeartbeatSettings(url=SecretStr(web.url), minutes=60)
    given = Settings.model_construct(data=s.directory, heartbeat=beat)
    plain = s.parts()
    at_once = plain.policy.model_copy(update={"gather_minutes": 0})
    parts = Parts(given, plain.transport, at_once, plain.shift)
    async with build_worker(s.client, parts):
        await ensure_schedules(s.client, given)
        yield


async def test_a_worker_that_starts_makes_a_round_at_once_and_the_desk_can_read_it(tmp_path: Path, web: Web) -> None:
    async with server(tmp_path) as s, working(s, web):
        await s.door.start(terms(), "coordinator")
        await s.door.record("TEST-1", b.signed("2021-12-15")[0], "coordinator")

        async def told() -> bool:
            return bool(web.calls) and await last_round(s.client) is not None

        await eventually(told)
        found = await s.door.last_round()
        assert found is not None
        assert found.is_healthy
        assert found.mailbox.state == "none"
        assert found.pinged
        assert await EngineReadings(s.client, wanted=True).state(utc_now()) == MailboxHealth(state="unread")

        async def planned() -> bool:
            await s.client.get_schedule_handle(HEARTBEAT).trigger()  # one that finds the last still going is dropped
            again = await last_round(s.client)
            return again is not None and again.last_plan is not None and again.conventions == 1

        await eventually(planned)


def written_to(s: Server) -> Counter[str]:
    """Return how many mails each address got, invitations apart."""
    found = [email.message_from_bytes(mail.content, policy=email.policy.default) for mail in s.relay.received]
    return Counter(
        str(mail["To"]) for mail in found if "calendar" not in {part.get_content_subtype() for part in mail.walk()}
    )


async def test_by_its_schedule_and_by_hand_at_once_and_again_the_mail_of_the_day_reaches_each_once(
    tmp_path: Path, web: Web
) -> None:
    async with server(tmp_path) as s, working(s, web):  # a Monday of January, ten o'clock
        await s.door.start(terms(), "coordinator")
        schedule = s.client.get_schedule_handle(MORNING)

        async def ended() -> int:
            query = "WorkflowType = 'Morning' AND ExecutionStatus = 'Completed'"
            return (await s.client.count_workflows(query)).count

        async def triggered() -> bool:
            await schedule.trigger(overlap=ScheduleOverlapPolicy.ALLOW_ALL)
            return await ended() > 4

        for n in range(3):
            await s.client.start_workflow(
                MorningWorkflow.run, MorningStart(), id=f"morning-by-hand-{n}", task_queue=TASK_QUEUE
            )
        await eventually(triggered)

        async def over() -> bool:  # a run that found the day begun does not wait for its end
            query = "WorkflowType = 'DailyMail' AND ExecutionStatus = 'Running'"
            return not (await s.client.count_workflows(query)).count

        await eventually(over)
        assert len(written_to(s)) >= 2
        assert set(written_to(s).values()) == {1}


async def test_the_schedules_follow_the_settings_and_keep_a_pause(tmp_path: Path) -> None:
    async with server(tmp_path) as s:
        handle = s.client.get_schedule_handle(MORNING)

        async def paused() -> bool:  # a schedule is a workflow: it hears of it, and is asked about it, in its own time
            return (await handle.describe()).schedule.state.paused

        async def calendars(count: int) -> bool:
            return len((await handle.describe()).schedule.spec.calendars) == count

        await schedule_mornings(s.client, DigestHours())
        await schedule_mornings(s.client, DigestHours(day="wednesday", at=time(14)))
        await eventually(lambda: calendars(2))
        await handle.pause()
        await eventually(paused)
        await schedule_mornings(s.client, DigestHours(day="friday"))
        await eventually(lambda: calendars(1))
        known = (await handle.describe()).schedule
        (when,) = known.spec.calendars
        assert (when.day_of_week[0].start, when.day_of_week[0].end) == (1, 5)
        assert (when.hour[0].start, when.minute[0].start) == (8, 30)
        assert known.spec.time_zone_name == "Europe/Paris"
        assert known.policy.overlap is ScheduleOverlapPolicy.ALLOW_ALL
        assert known.state.paused
        await schedule_rounds(s.client, timedelta(minutes=5))
        for _ in range(2):
            await schedule_rounds(s.client, None)
        assert await _schedules(s.client) == [MORNING]


async def _schedules(client: Client) -> list[str]:
    return [one.id async for one in await client.list_schedules()]


async def test_the_mail_of_the_day_falls_on_its_hour_in_winter_and_in_summer(tmp_path: Path) -> None:
    async with server(tmp_path) as s:
        await schedule_mornings(s.client, DigestHours())
        coming = (await s.client.get_schedule_handle(MORNING).describe()).info.next_action_times
        local = [at.astimezone(b.PARIS) for at in coming]
        assert local
        assert {(at.hour, at.minute) for at in local} == {(8, 30)}
        assert all(at.isoweekday() <= 5 for at in local)
