"""How much history a whole life costs, beside the barest workflow that could live it: ``python -m bench.events``.

The bare workflow has one timer for each wake-up, one activity for each message, one update for each fact, and nothing
else: it does not even know what to send. Its events are counted, not run.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory

from bench.lines import Line
from echeancier.cli.rehearsal.live import live
from echeancier.cli.rehearsal.stage import stage
from echeancier.domain.rehearsal.player import Diligent, Player, script_of
from echeancier.engine.exit import leave
from tests.domain import builders as b
from tests.support.runs import runs_of
from workflows.ids import convention_id

AIM = 1.5

_TASK = 3
"""Scheduled, started, completed: what it costs to wake a workflow."""


@dataclass(frozen=True)
class Cost:
    """Events of one life.

    Attributes:
        events: of all runs together.
        wakes: timers that fired.
        messages: activities.
        facts: updates accepted.
        bare: events of the bare workflow, its facts counted.
        kinds: events by kind.
    """

    events: int
    wakes: int
    messages: int
    facts: int
    bare: int
    kinds: Counter[str]

    @property
    def ratio(self) -> float:
        """Ours for one of the bare workflow's, facts counted as updates in both."""
        return self.events / self.bare

    @property
    def ratio_without_facts(self) -> float:
        """The same, the events of a fact (its task, accepted, completed) left out of both."""
        facts = self.facts * (_TASK + 2)
        return (self.events - facts) / (self.bare - facts)


def cost(runs: Iterable[WorkflowHistory]) -> Cost:
    """Count a life, and what the bare workflow would have spent on it."""
    kinds: Counter[str] = Counter()
    messages = tasks_for_messages = 0
    for run in runs:
        kinds.update(EventType.Name(e.event_type).removeprefix("EVENT_TYPE_") for e in run.events)
        sends = _sends(run)
        messages += len(sends)
        tasks_for_messages += _tasks_after(run, sends)
    # A rehearsal wakes a workflow by a signal, and its timer is then cancelled: in real life the timer fires instead.
    woken = kinds["WORKFLOW_EXECUTION_SIGNALED"]
    wakes = kinds["TIMER_FIRED"] + woken
    events = sum(kinds.values()) - min(woken, kinds["TIMER_CANCELED"])
    facts = kinds["WORKFLOW_EXECUTION_UPDATE_ACCEPTED"]
    # Started and its first task, the end; a timer started, fired, and a task; an activity's three events, and the tasks
    # in which its end was heard (several may end together); a fact's two events and its task.
    bare = 1 + _TASK + 1 + wakes * (2 + _TASK) + messages * 3 + tasks_for_messages * _TASK + facts * (2 + _TASK)
    return Cost(events, wakes, messages, facts, bare, kinds)


def _sends(run: WorkflowHistory) -> set[int]:
    """Return the ids of the events that schedule a message."""
    return {
        event.event_id
        for event in run.events
        if event.activity_task_scheduled_event_attributes.activity_type.name == "send"
    }


def _tasks_after(run: WorkflowHistory, sends: set[int]) -> int:
    """Count the tasks in which the end of a message was heard: they cost the bare workflow the same."""
    found, ended = 0, False
    for event in run.events:
        if event.activity_task_completed_event_attributes.scheduled_event_id in sends:
            ended = True
        elif event.HasField("workflow_task_started_event_attributes"):
            found += ended
            ended = False
    return found


async def lived(player_of: str) -> Cost:
    """Live the convention of Saint-Quentin-Fallavier with a player: ``diligent`` or ``script``."""
    convention, known = b.sqf()
    script = script_of(known)
    player: Player = Diligent(convention, script) if player_of == "diligent" else script
    with tempfile.TemporaryDirectory() as directory:
        async with stage(min(r.recorded_at for r in known), Path(directory)) as s:
            await live(s, convention, player, lambda _now, _end: None)
            return cost(await runs_of(s.client, convention_id(convention.reference)))


async def measure() -> list[Line]:
    """Count both lives beside their bare twins."""
    lines = []
    for name, words in (("diligent", "everybody acts"), ("script", "nobody answers")):
        found = await lived(name)
        figure = f"{found.events} vs {found.bare} events = {found.ratio:.2f}"
        lines.append(Line(f"history of three years, {words}", figure, f"≤ {AIM:.1f}", found.ratio <= AIM))
    return lines


async def main() -> None:
    """Print both lives."""
    for name in ("diligent", "script"):
        found = await lived(name)
        print(
            f"{name}: {found.events} events for {found.wakes} wake-ups, {found.messages} messages, {found.facts} facts; "
            f"bare {found.bare}; ratio {found.ratio:.2f}, {found.ratio_without_facts:.2f} without facts"
        )
        print("   ", ", ".join(f"{kind.lower()} {n}" for kind, n in found.kinds.most_common()))


if __name__ == "__main__":
    asyncio.run(main())
    leave(0)
