"""A machine that swaps, is starved or looks for garbage for seconds makes a convention slow, and loses none."""

import asyncio
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import EventType

from activities.plan import PlanRequest
from echeancier.domain.facts.dossier import Dossier
from echeancier.engine.patient_worker import LEFT_BEHIND
from tests.domain import builders as b
from tests.support.processes import python
from tests.workflows.server import eventually, served, server
from tests.workflows.terms import terms
from workflows.ids import convention_id

LONG = 3.0
"""Seconds, more than the two that the engine's library gives to a turn of a workflow by itself."""

FAILED = {EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED, EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT}


async def test_a_convention_whose_turn_takes_long_goes_on_and_its_robot_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed, slow, over = PlanRequest.of, threading.Event(), threading.Event()

    def of(dossier: Dossier, now: datetime) -> PlanRequest:
        if slow.is_set():
            slow.clear()
            time.sleep(LONG)  # in one call, which nothing can break into
            over.set()
        return packed(dossier, now)

    monkeypatch.setattr(PlanRequest, "of", of)
    async with server(tmp_path, "2022-10-03") as s, served(s, s.parts()):
        await s.door.start(terms(), "coordinator")

        async def waits() -> bool:
            return await happened(EventType.EVENT_TYPE_TIMER_STARTED)

        async def happened(*kinds: int) -> bool:
            history = s.client.get_workflow_handle(convention_id("TEST-1")).fetch_history_events()
            return any([event.event_type in kinds async for event in history])

        await eventually(waits)
        slow.set()
        for fact in b.signed("2022-10-03"):
            await s.door.record("TEST-1", fact, "coordinator")

        async def written_to() -> bool:
            outbox = (await s.door.dossier("TEST-1")).outbox
            return bool(outbox) and all(m.status == "accepted" for m in outbox)

        await eventually(written_to)
        assert over.is_set()
        assert not await happened(*FAILED)


async def test_a_robot_told_to_stop_leaves_behind_what_never_ends(tmp_path: Path) -> None:
    async with server(tmp_path) as s:
        robot = await python("-m", "tests.support.stuck_robot", s.client.service_client.config.target_host)
        try:
            async with asyncio.timeout(30):
                _, said = await robot.communicate()
        finally:
            if robot.returncode is None:
                robot.kill()
    assert robot.returncode == 0
    assert LEFT_BEHIND.partition("{")[0].strip() in said.decode().replace("\u00a0", " ")
