"""What pages need is read before anybody comes."""

import asyncio
from datetime import timedelta

import pytest

from echeancier.desk.reading import ahead as warming
from echeancier.desk.reading.ahead import keep_warm
from echeancier.desk.reading.dossiers import Shelf
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.gateway import NoAnswerError, Row
from tests.desk.fakes import NOW, FakeRegister, example
from tests.desk.test_listing import Clock


async def prepared(shelf: Shelf) -> None:
    await shelf.prepare()
    await asyncio.gather(*shelf._reading.values())


def readings(register: FakeRegister) -> int:
    return sum(call[0] == "dossier" for call in register.calls)


async def test_the_first_visitor_finds_everything_read() -> None:
    register, clock = FakeRegister.of(example("sqf-p"), example("mtz-o")), Clock()
    shelf = Shelf(register, clock, DEFAULT_POLICY)
    await prepared(shelf)
    asked = len(register.calls)
    look = await shelf.look(await shelf.lists.rows(), patience=0)
    assert (len(look.seen), look.pending) == (2, 0)
    assert len(register.calls) == asked


async def test_the_new_day_is_computed_before_anybody_comes() -> None:
    register, clock = FakeRegister.of(example("sqf-p")), Clock()
    shelf = Shelf(register, clock, DEFAULT_POLICY)
    await prepared(shelf)
    clock.now += timedelta(days=1)
    assert shelf.known("SQF-P") is None
    await prepared(shelf)
    assert shelf.known("SQF-P") is not None


async def test_what_nobody_looks_at_and_nothing_changed_is_not_read_again() -> None:
    register, clock = FakeRegister.of(example("sqf-p")), Clock()
    shelf = Shelf(register, clock, DEFAULT_POLICY)
    await prepared(shelf)
    clock.now += timedelta(hours=2)
    await prepared(shelf)
    assert readings(register) == 1


async def test_an_engine_that_is_not_there_yet_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register, clock = FakeRegister.of(example("sqf-p")), Clock()
    shelf = Shelf(register, clock, DEFAULT_POLICY)
    there = asyncio.Event()

    class Late(FakeRegister):
        tries = 0

        async def rows(self, query: str = "", *, closed: bool = False) -> list[Row]:
            del closed
            Late.tries += 1
            if Late.tries == 1:
                raise NoAnswerError("nobody")
            there.set()
            return await register.rows(query)

    shelf.lists._register = Late({"SQF-P": example("sqf-p")}, NOW)
    monkeypatch.setattr(warming, "EVERY", 0)
    warm = asyncio.create_task(keep_warm(shelf, clock))
    await asyncio.wait_for(there.wait(), 10)
    warm.cancel()
    await asyncio.wait([warm])
    await shelf.close()
