"""A convention goes on in a new run, when the engine suggests it and at the turns of its life: nothing is lost or said twice."""

import asyncio
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

from echeancier.domain.facts.meetings import MeetingArranged
from tests.domain import builders as b
from tests.support.insisting import insisting
from tests.support.runs import runs_of
from tests.workflows.scene import scene
from tests.workflows.server import Server, eventually, server
from tests.workflows.terms import SECOND, terms
from workflows.ids import convention_id
from workflows.messages import Recording

ROUNDS, AT_ONCE = 4, 5
REQUESTS = [f"move-{n}" for n in range(ROUNDS * AT_ONCE)]
SHORT = 40
"""Events after which the engine suggests a new run."""


def moved(n: int) -> MeetingArranged:
    """Return the n-th date of a meeting that is moved again and again."""
    return MeetingArranged(
        item=SECOND, starts_at=b.at("2022-09-05").replace(tzinfo=None) + timedelta(days=n % 4, minutes=5 * n)
    )


# The robot keeps one convention in memory: with none, its library drops what is asked while a run gives way to the next, and each
# answer takes as long as the engine waits for one that does not come.


async def busy(s: Server) -> None:
    """Register a convention and move a meeting again and again, several people at once."""
    await s.door.start(terms(), "coordinator")
    for fact in b.signed("2022-01-03"):
        await s.door.record("TEST-1", fact, "coordinator")
    for first in range(0, ROUNDS * AT_ONCE, AT_ONCE):
        several = range(first, first + AT_ONCE)
        await asyncio.gather(*(insisting(partial(move, s, n)) for n in several))
        await eventually(lambda: quiet(s))


async def move(s: Server, n: int) -> Recording:
    """Move the meeting to its n-th date."""
    return await s.door.record("TEST-1", moved(n), "coordinator", request=REQUESTS[n])


async def quiet(s: Server) -> bool:
    """Whether everybody has the date that was recorded last."""
    dossier = await insisting(partial(s.door.dossier, "TEST-1"))
    told = sorted((r for r in dossier.facts if isinstance(r.fact, MeetingArranged)), key=lambda r: r.recorded_at)
    wanted = getattr(told[-1].fact, "starts_at", None)
    have = {
        m.role: m.meeting.starts_at.astimezone(b.PARIS).replace(tzinfo=None)
        for m in dossier.outbox
        if m.meeting is not None and m.status == "accepted"
    }
    waiting = [m for m in dossier.outbox if m.status in {"to-send", "deferred"}]
    return not waiting and set(have.values()) == {wanted}


async def test_facts_told_while_a_run_gives_way_to_the_next_are_all_kept(tmp_path: Path) -> None:
    async with server(tmp_path, limit__historyCount__suggestContinueAsNew=SHORT) as s, s.working(cached=1):
        await busy(s)
        facts = (await s.door.dossier("TEST-1")).facts
        runs = await runs_of(s.client, convention_id("TEST-1"))
        await s.replays("TEST-1")
    assert Counter(r.request for r in facts if r.request.startswith("move-")) == Counter(REQUESTS)
    assert len({r.id for r in facts}) == len(facts)
    assert len(runs) > 2


async def test_nothing_is_sent_again_by_a_later_run(tmp_path: Path) -> None:
    async with server(tmp_path, limit__historyCount__suggestContinueAsNew=SHORT) as s, s.working(cached=1):
        await busy(s)
        dossier = await s.door.dossier("TEST-1")
        received = Counter(r.content for r in s.relay.received)
        runs = await runs_of(s.client, convention_id("TEST-1"))
    assert set(received.values()) == {1}
    assert len(received) == len([m for m in dossier.outbox if m.status == "accepted"])
    assert len(runs) > 2


async def test_a_request_repeated_in_a_later_run_is_still_recorded_once(tmp_path: Path) -> None:
    async with server(tmp_path, limit__historyCount__suggestContinueAsNew=SHORT) as s, s.working(cached=1):
        await busy(s)
        assert len(await runs_of(s.client, convention_id("TEST-1"))) > 2
        before = await s.door.dossier("TEST-1")
        first = next(r for r in before.facts if r.request == "move-0")
        again = await s.door.record("TEST-1", moved(0), "coordinator", request="move-0")
        assert again.fact_id == first.id
        assert len((await s.door.dossier("TEST-1")).facts) == len(before.facts)


async def test_a_new_run_begins_when_the_convention_comes_into_force_and_when_it_ends(tmp_path: Path) -> None:
    short = terms(term={"months": 1, "clauses": ["A1"]}, duty=[])
    async with scene(tmp_path) as s:
        await s.register(short)
        before = len(await runs_of(s.env.client, convention_id(s.reference)))
        for fact in b.signed("2022-01-03"):
            await s.record(fact)
        await s.settle()
        in_force = len(await runs_of(s.env.client, convention_id(s.reference)))
        await s.until("2022-02-03")
        ended = len(await runs_of(s.env.client, convention_id(s.reference)))
        sent = Counter(r.content for r in s.relay.received)
    assert (before, in_force, ended) == (1, 2, 3)
    assert set(sent.values()) == {1}
