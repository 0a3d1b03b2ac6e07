"""Parents that come together look for their annexes together."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from types import SimpleNamespace

from temporalio.service import RPCError, RPCStatusCode

from echeancier.engine.waiting_annexes import WaitingAnnexes


@dataclass
class Engine:
    """A client that knows which annex hangs from which parent."""

    annexes: dict[str, str] = field(default_factory=dict)
    queries: list[str] = field(default_factory=list)
    woken: list[str] = field(default_factory=list)
    down: bool = False

    async def list_workflows(self, query: str) -> AsyncIterator[SimpleNamespace]:
        self.queries.append(query)
        await asyncio.sleep(0)
        if self.down:
            raise RPCError("down", RPCStatusCode.UNAVAILABLE, b"")
        for parent in re.findall(r"'(P-\d+)'", query):
            if parent in self.annexes:
                yield SimpleNamespace(id=self.annexes[parent])

    def get_workflow_handle(self, id: str) -> "Engine.Handle":  # noqa: A002 - the client's own word
        return Engine.Handle(self, id)

    @dataclass
    class Handle:
        engine: "Engine"
        id: str

        async def signal(self, *_: object) -> None:
            self.engine.woken.append(self.id)


def waiting(engine: Engine) -> WaitingAnnexes:
    return WaitingAnnexes(engine)  # type: ignore[arg-type]


async def test_a_parent_that_comes_wakes_its_annex() -> None:
    engine = Engine({"P-1": "convention-A"})
    await waiting(engine).wake("P-1")
    assert engine.woken == ["convention-A"]


async def test_a_hundred_parents_at_once_ask_a_few_times_and_each_is_looked_for() -> None:
    engine = Engine({f"P-{n}": f"convention-A{n}" for n in range(100)})
    door = waiting(engine)
    await asyncio.gather(*(door.wake(f"P-{n}") for n in range(100)))
    assert len(engine.queries) <= 3
    assert sorted(engine.woken) == sorted(engine.annexes.values())


async def test_a_parent_that_comes_while_others_are_looked_for_is_not_forgotten() -> None:
    engine = Engine({"P-1": "convention-A", "P-2": "convention-B"})
    door = waiting(engine)
    first = asyncio.create_task(door.wake("P-1"))
    for _ in range(3):
        await asyncio.sleep(0)
    assert len(engine.queries) == 1
    await asyncio.gather(first, door.wake("P-2"))
    assert engine.woken == ["convention-A", "convention-B"]


async def test_a_registration_stands_when_the_engine_gives_no_list() -> None:
    engine = Engine({"P-1": "convention-A"}, down=True)
    door = waiting(engine)
    await door.wake("P-1")
    engine.down = False
    await door.wake("P-1")
    assert engine.woken == ["convention-A"]
