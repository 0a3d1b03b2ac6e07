"""The emergency stop: nothing leaves while it lasts, nothing is lost, nothing old arrives after something newer."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from echeancier.adapters.relay.held_or_redirected import HeldMail
from echeancier.domain.facts.dossier import Message
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.workflows.server import Server, eventually, served, server
from tests.workflows.terms import SECOND, arranged, terms

STOPPED = DEFAULT_POLICY.model_copy(update={"sending_stopped": True})
A_WEEK = timedelta(days=7)


async def outbox(s: Server) -> list[Message]:
    return (await s.door.dossier("TEST-1")).outbox


async def stopped_week(s: Server) -> list[Message]:
    """Register a convention, convene a meeting and move it, under the stop; return what was written meanwhile."""
    async with served(s, replace(s.parts(STOPPED), transport=HeldMail())):
        await s.door.start(terms(), "coordinator")
        for fact in b.signed("2022-01-03"):
            await s.door.record("TEST-1", fact, "coordinator")
        for sequence, day in enumerate(("2022-09-15", "2022-09-22")):
            await s.door.record("TEST-1", arranged(SECOND, day), "coordinator")

            async def held(sequence: int = sequence) -> bool:
                of_meeting = [m for m in await outbox(s) if m.meeting and m.meeting.sequence == sequence]
                return bool(of_meeting) and all(m.stored for m in of_meeting)

            await eventually(held)
        return await outbox(s)


async def test_under_the_emergency_stop_nothing_leaves_and_the_outbox_says_so(tmp_path: Path) -> None:
    async with server(tmp_path) as s:
        written = await stopped_week(s)
    left = {(m.status, m.stored) for m in written if m.status != "superseded"}
    assert s.relay.received == []
    assert left == {("deferred", True)}


async def test_when_sending_resumes_everything_held_leaves_once_and_no_old_revision(tmp_path: Path) -> None:
    async with server(tmp_path) as s:
        await stopped_week(s)

        messages: list[Message] = []
        copies: Counter[bytes] = Counter()

        # Looked at in one go, for the convention may go on writing: what it says has left is what the relay was given.
        async def gone() -> bool:
            messages[:] = await outbox(s)
            copies.clear()
            copies.update(r.content for r in s.relay.received)
            left = sum(m.status == "accepted" for m in messages)
            return len(copies) == left and all(m.status in {"accepted", "superseded"} for m in messages)

        async with served(s, s.parts(later=A_WEEK)):
            await eventually(gone)
    assert {m.meeting.sequence for m in messages if m.meeting and m.status == "accepted"} == {1}
    assert not any(m.stored for m in messages if m.status == "accepted")
    assert set(copies.values()) == {1}
