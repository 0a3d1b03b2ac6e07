"""What is stuck is found, named by its cause with what to do; nothing that works is blamed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import temporalio.client
import temporalio.exceptions
from temporalio.exceptions import TemporalError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker

import activities.plan
from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.act import ActAdopted
from echeancier.domain.messages.plan import make_plan
from echeancier.domain.running.clock import CalendarShift
from echeancier.domain.running.trouble import Trouble
from echeancier.engine import troubles
from echeancier.engine.answering import answering
from echeancier.engine.client import connect
from echeancier.engine.embedded import EmbeddedEngine
from echeancier.engine.errors import EngineError, NoAnswerError
from echeancier.engine.gateway import utc_now
from echeancier.engine.schedules import schedule_rounds
from echeancier.engine.troubles import Doctor
from tests.domain import builders as b
from tests.smtpd import ScriptedServer
from tests.support import broken_workflow
from tests.workflows.server import Server, eventually
from tests.workflows.terms import terms
from tests.workflows.test_shared_acts import ACT, Deaf, citing, told
from worker import build_worker
from workflows.ids import HEARTBEAT, convention_id


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Server]:
    """The engine as `echeancier run` starts it, a relay, and a calendar in office hours."""
    async with EmbeddedEngine(tmp_path / "var", fast_timers=True) as engine, ScriptedServer() as relay:
        client = await connect(engine.address)
        yield Server(client, relay, tmp_path, CalendarShift(b.at("2022-01-03") - utc_now()))


def working(place: Server) -> Worker:
    return build_worker(place.client, place.parts())


async def found(place: Server) -> dict[str, str]:
    return {trouble.reference: trouble.cause for trouble in await place.door.troubles()}


async def test_nothing_is_stuck_where_all_is_well(place: Server) -> None:
    async with working(place):
        await place.door.start(terms(), "coordinator")

        async def well() -> bool:
            return await place.door.troubles() == ()

        await eventually(well)


async def test_a_convention_whose_task_fails_is_named_with_its_error_and_the_others_live_on(
    place: Server,
) -> None:
    async with broken_workflow.worker(place.client):
        await place.door.start(terms(), "coordinator")

        async def failing() -> bool:
            return await found(place) == {"TEST-1": "failing"}

        await eventually(failing)
        (trouble,) = await place.door.troubles()
        assert trouble.detail == "ZeroDivisionError"
        with pytest.raises(NoAnswerError, match="ZeroDivisionError") as told:
            await place.door.dossier("TEST-1")
    assert "echeancier run" not in str(told.value)


async def test_a_robot_with_a_fault_is_seen_before_any_task_has_failed(place: Server) -> None:
    async with build_worker(place.client, place.parts(), max_cached_workflows=0):
        await place.door.start(terms(), "coordinator")

        async def waits_for_a_day() -> bool:
            known = (await place.client.get_workflow_handle(convention_id("TEST-1")).describe()).raw_description
            return bool(await place.door.upcoming(date.max)) and not (
                known.pending_activities or known.HasField("pending_workflow_task")
            )

        await eventually(waits_for_a_day)
    async with broken_workflow.worker(place.client):
        assert await found(place) == {"TEST-1": "failing"}


async def test_a_convention_that_the_engine_ended_is_named_until_it_is_gone(place: Server) -> None:
    async with working(place):
        await place.door.start(terms(), "coordinator")
        await place.client.get_workflow_handle(convention_id("TEST-1")).terminate()

        async def ended() -> bool:
            return await found(place) == {"TEST-1": "ended"}

        await eventually(ended)
        with pytest.raises(NoAnswerError, match="moteur y a mis fin"):
            await place.door.record("TEST-1", b.signed("2022-01-03")[0], "coordinator")


async def test_a_plan_that_fails_is_named_and_no_longer_once_it_is_made(
    place: Server, monkeypatch: pytest.MonkeyPatch
) -> None:

    def broken(*_: object) -> object:
        raise ZeroDivisionError("about someone@ville.example")

    monkeypatch.setattr(activities.plan, "make_plan", broken)
    async with working(place):
        await place.door.start(terms(), "coordinator")

        async def failing() -> bool:
            return await found(place) == {"TEST-1": "plan"}

        async def well() -> bool:
            return await found(place) == {}

        await eventually(failing)
        monkeypatch.setattr(activities.plan, "make_plan", make_plan)
        await place.door.record("TEST-1", b.signed("2022-01-03")[0], "coordinator")
        await eventually(well)


async def round_now(place: Server) -> None:
    """Have the robot make its round: dropped where the last is still going, and it may not see all yet: ask again."""
    await place.client.get_schedule_handle(HEARTBEAT).trigger()


async def test_without_a_robot_the_installation_is_named_and_no_convention(place: Server) -> None:
    await place.door.start(terms(), "coordinator")
    assert await found(place) == {"": "no-worker"}


async def test_a_relay_that_takes_nothing_is_named_until_a_round_finds_it_well(
    place: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.relay.script.replies["GREETING"] = "421 4.3.2 closed for now, says someone@ville.example"
    async with working(place):
        await schedule_rounds(place.client, timedelta(minutes=60))

        async def named() -> bool:
            await round_now(place)
            return await found(place) == {"": "relay"}

        async def well() -> bool:
            await round_now(place)
            return await found(place) == {}

        await eventually(named)
        (trouble,) = await place.door.troubles()
        assert "421 4.3.2" in trouble.said.fr
        assert "421 4.3.2" in trouble.said.en
        assert "@" not in trouble.said.fr
        with monkeypatch.context() as hours_later:
            hours_later.setattr(troubles, "STILL_TRUE", timedelta(0))
            assert await found(place) == {}
        place.relay.script.replies.clear()
        await eventually(well)


async def test_conventions_that_do_not_agree_on_a_shared_act_are_named_until_somebody_puts_one_right(
    place: Server,
) -> None:
    async with working(place):
        earlier = Deaf(place.client, lambda: place.now() - timedelta(minutes=10))
        for name, day in (("A-1", "2021-12-06"), ("B-1", "2021-12-03")):
            await earlier.start(citing(name), "coordinator")
            await earlier.record(name, ActAdopted(on=b.d(day), act=ACT), "coordinator")
        await schedule_rounds(place.client, timedelta(minutes=60))

        async def agreed() -> bool:
            await round_now(place)
            return await found(place) == {}

        async def named() -> bool:
            await round_now(place)
            return await found(place) == {"A-1": "act", "B-1": "act"}

        await eventually(named)
        (trouble, _) = await place.door.troubles()
        assert ACT in trouble.said.fr
        assert ACT in trouble.said.en
        assert not trouble.removable
        await earlier.cancel("B-1", "f1", "coordinator")
        await eventually(agreed)
        assert await told(place, "B-1") == [("act-adopted", "2021-12-06")]


async def test_a_clock_set_back_is_named_with_how_far_and_nothing_else_is_blamed(place: Server) -> None:
    async with working(place):
        await place.door.start(terms(), "coordinator")

        def back() -> Any:
            return utc_now() - timedelta(hours=2)

        async def behind() -> bool:
            return await Doctor(place.client, back).clock_behind() is not None

        await eventually(behind)
        (trouble,) = await Doctor(place.client, back).all()
        assert trouble.cause == "clock"
        assert trouble.detail.startswith(("2\u00a0h 00", "1\u00a0h 59"))
        assert (await Doctor(place.client, back).why("TEST-1")).cause == "clock"
        assert await Doctor(place.client, utc_now).clock_behind() is None


def _errors() -> list[TemporalError]:
    statuses = [RPCError("about someone@ville.example", status, b"") for status in RPCStatusCode]
    kinds = [
        kind
        for module in (temporalio.client, temporalio.exceptions)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, TemporalError) and kind is not RPCError
    ]
    made = [kind.__new__(kind) for kind in kinds if kind is not temporalio.exceptions.WorkflowAlreadyStartedError]
    for error in made:
        error.__cause__ = ValueError()
    return [*statuses, *made]


@pytest.mark.parametrize("error", _errors(), ids=lambda e: f"{type(e).__name__}-{getattr(e, '_status', '')}")
async def test_whatever_the_engine_raises_is_told_in_words(error: TemporalError) -> None:
    async def why(reference: str) -> Trouble:
        return Trouble(cause="silent", reference=reference)

    with pytest.raises((EcheancierError, EngineError)):
        async with answering("TEST-1", why):
            raise error


async def test_a_robot_that_is_only_starting_is_not_said_to_be_missing(place: Server) -> None:
    looking = asyncio.ensure_future(Doctor(place.client, utc_now).all())
    done, _ = await asyncio.wait([looking], timeout=2)
    assert not done
    async with working(place):
        assert await looking == ()
