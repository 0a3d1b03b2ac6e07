"""Nobody waits for ever: what is told has a limit of its own, and a question whose answer was lost is asked again."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client, Interceptor, OutboundInterceptor, QueryWorkflowInput
from temporalio.service import RPCError, RPCStatusCode

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.signing import Signed
from echeancier.engine import asking
from echeancier.engine.errors import NoAnswerError
from echeancier.engine.gateway import Conventions
from tests.domain import builders as b
from tests.workflows.server import Server, server
from tests.workflows.terms import terms


class Losing(Interceptor):
    """Loses so many questions, as a worker does that drops what it had still to answer for a run that is over."""

    def __init__(self, left: int) -> None:
        self.left = left

    def intercept_client(self, following: OutboundInterceptor) -> OutboundInterceptor:
        return _Lost(following, self)


class _Lost(OutboundInterceptor):
    def __init__(self, following: OutboundInterceptor, losing: Losing) -> None:
        super().__init__(following)
        self._losing = losing

    async def query_workflow(self, asked: QueryWorkflowInput) -> Any:
        if self._losing.left:
            self._losing.left -= 1
            raise RPCError("lost", RPCStatusCode.DEADLINE_EXCEEDED, b"")
        return await super().query_workflow(asked)


def losing(s: Server, how_many: int) -> Conventions:
    """Return a door that loses so many questions."""
    settings = s.client.config()
    settings["interceptors"] = [Losing(how_many)]
    return Conventions(Client(**settings), s.now)


async def test_a_question_that_was_lost_is_asked_once_more_and_then_it_is_said_that_nobody_answers(
    tmp_path: Path,
) -> None:
    async with server(tmp_path) as s, s.working():
        await s.door.start(terms(), "coordinator")
        assert (await losing(s, 1).dossier("TEST-1")).convention.reference == "TEST-1"
        with pytest.raises(NoAnswerError):
            await losing(s, 2).dossier("TEST-1")


async def test_whoever_tells_a_convention_whose_robot_stopped_meanwhile_does_not_wait_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine answers such a call, now and then, that nothing is done yet; its library then calls again."""
    monkeypatch.setattr(asking, "ANSWER_WITHIN", timedelta(seconds=3))
    async with server(tmp_path, history__longPollExpirationInterval='"500ms"') as s:
        async with s.working():
            await s.door.start(terms(), "coordinator")
            known = await s.door.dossier("TEST-1")

        async def read(_: Conventions, __: str) -> Dossier:
            return known

        monkeypatch.setattr(Conventions, "dossier", read)
        recording = asyncio.create_task(
            s.door.record("TEST-1", Signed(on=b.d("2022-01-03"), party="town"), "coordinator")
        )
        # The library turns a cancellation into a silence: only an answer that came by itself counts.
        done, _ = await asyncio.wait({recording}, timeout=40)
        recording.cancel()
        assert done
        with pytest.raises(NoAnswerError):
            await recording
