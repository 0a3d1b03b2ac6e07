"""Dossiers kept in memory: fresh enough, never of yesterday, read again after a write."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from echeancier.desk.reading.dossiers import FRESH_AT_LEAST, Shelf
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.gateway import NoAnswerError
from tests.desk.fakes import NOW, FakeRegister, example


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Slow(FakeRegister):
    """Answers when its gate opens."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def dossier(self, reference: str) -> Dossier:
        await self.gate.wait()
        return await super().dossier(reference)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def readings(register: FakeRegister) -> int:
    return sum(call[0] == "dossier" for call in register.calls)


async def test_a_fresh_reading_is_not_asked_again(clock: Clock) -> None:
    register = FakeRegister.of(example("sqf-p"), example("mtz-o"))
    shelf = Shelf(register, clock, DEFAULT_POLICY)
    for _ in range(3):
        look = await shelf.look(await register.rows(), patience=10)
        assert len(look.seen) == 2
    assert readings(register) == 2


async def test_a_few_older_readings_are_read_again_before_they_are_shown(clock: Clock) -> None:
    register = FakeRegister.of(example("sqf-p"))
    shelf = Shelf(register, clock, DEFAULT_POLICY)
    rows = await register.rows()
    await shelf.look(rows, patience=10)
    clock.now += FRESH_AT_LEAST + timedelta(seconds=1)
    assert (await shelf.look(rows, patience=10)).oldest == clock.now


async def test_an_older_reading_is_shown_when_the_engine_takes_its_time(clock: Clock) -> None:
    slow = Slow({"SQF-P": example("sqf-p")})
    slow.gate.set()
    shelf = Shelf(slow, clock, DEFAULT_POLICY)
    rows = await slow.rows()
    await shelf.look(rows, patience=10)
    clock.now += FRESH_AT_LEAST + timedelta(seconds=1)
    slow.gate.clear()
    assert (await shelf.look(rows, patience=0)).oldest == NOW
    slow.gate.set()
    await asyncio.gather(*shelf._reading.values())
    assert (await shelf.look(rows, patience=10)).oldest == clock.now


async def test_the_agenda_of_yesterday_is_never_shown(clock: Clock) -> None:
    register = FakeRegister.of(example("sqf-p"))
    shelf = Shelf(register, clock, DEFAULT_POLICY)
    rows = await register.rows()
    await shelf.look(rows, patience=10)
    clock.now += timedelta(days=1)
    assert shelf.known("SQF-P") is None
    look = await shelf.look(rows, patience=10)
    assert look.oldest == clock.now


async def test_what_the_desk_recorded_is_on_the_next_page(clock: Clock) -> None:
    register = FakeRegister.of(example("sqf-p"))
    shelf = Shelf(register, clock, DEFAULT_POLICY)
    rows = await register.rows()
    await shelf.look(rows, patience=10)
    await register.record("SQF-P", DutyDone(item="annual-report/2022", on=NOW.date()), "coordinator")
    shelf.wrote("SQF-P")
    look = await shelf.look(rows, patience=0)
    item = look.seen[0].ctx.agenda.item("annual-report/2022")
    assert item is not None
    assert item.done_on == NOW.date()


async def test_a_slow_engine_delays_no_page_and_what_is_missing_is_counted(clock: Clock) -> None:
    slow = Slow({"SQF-P": example("sqf-p")})
    shelf = Shelf(slow, clock, DEFAULT_POLICY)
    rows = await slow.rows()
    look = await shelf.look(rows, patience=0)
    assert (look.seen, look.pending) == ((), 1)
    slow.gate.set()
    await asyncio.gather(*shelf._reading.values())
    assert (await shelf.look(rows, patience=0)).pending == 0


async def test_a_reading_under_way_when_something_is_recorded_is_thrown_away(clock: Clock) -> None:
    slow = Slow({"SQF-P": example("sqf-p")})
    shelf = Shelf(slow, clock, DEFAULT_POLICY)
    rows = await slow.rows()
    await shelf.look(rows, patience=0)
    under_way = shelf._reading["SQF-P"]
    shelf.wrote("SQF-P")
    slow.gate.set()
    await asyncio.wait([under_way])
    assert under_way.cancelled()
    assert len((await shelf.look(rows, patience=10)).seen) == 1


async def test_one_dossier_that_cannot_be_read_does_not_hide_the_others(clock: Clock) -> None:
    register = FakeRegister.of(example("sqf-p"), example("mtz-o"))
    rows = await register.rows()
    del register.dossiers["MTZ-O"]
    look = await Shelf(register, clock, DEFAULT_POLICY).look(rows, patience=10)
    assert [one.reference for one in look.seen] == ["SQF-P"]
    assert "MTZ-O" in look.problem


async def test_when_no_worker_answers_it_is_said(clock: Clock) -> None:
    register = FakeRegister.of(example("sqf-p"), example("mtz-o"))
    register.down = NoAnswerError("Le moteur est là mais aucun robot ne répond.")
    look = await Shelf(register, clock, DEFAULT_POLICY).look(await register.rows(), patience=10)
    assert look.problem == "Le moteur est là mais aucun robot ne répond."


async def test_closing_ends_what_is_being_read(clock: Clock) -> None:
    slow = Slow({"SQF-P": example("sqf-p")})
    shelf = Shelf(slow, clock, DEFAULT_POLICY)
    await shelf.look(await slow.rows(), patience=0)
    under_way = shelf._reading["SQF-P"]
    await shelf.close()
    assert under_way.cancelled()
