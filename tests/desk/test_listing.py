"""The engine's lists are kept for a moment; what the desk changed is never hidden by an old one."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from echeancier.desk.reading import lists as listing
from echeancier.desk.reading.lists import FRESH, OLDEST, KeptLists
from echeancier.engine.gateway import NoAnswerError, Row
from tests.desk.fakes import NOW, FakeRegister, example


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Slow(FakeRegister):
    """Answers when told to."""

    gate: asyncio.Event | None = None

    async def rows(self, query: str = "", *, closed: bool = False) -> list[Row]:
        found = await super().rows(query, closed=closed)
        if self.gate is not None:
            await self.gate.wait()
        return found


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def register() -> Slow:
    return Slow({"SQF-P": example("sqf-p")})


@pytest.fixture
def lists(register: Slow, clock: Clock) -> KeptLists:
    return KeptLists(register, clock)


def asked(register: FakeRegister) -> int:
    return sum(call[0] == "rows" for call in register.calls)


async def test_a_fresh_list_is_not_asked_for_again(lists: KeptLists, register: Slow) -> None:
    assert await lists.rows() == await lists.rows()
    assert asked(register) == 1


async def test_an_older_list_is_served_when_the_engine_takes_its_time_and_read_again_behind(
    lists: KeptLists, register: Slow, clock: Clock
) -> None:
    first = await lists.rows()
    clock.now += FRESH + timedelta(seconds=1)
    register.dossiers["MTZ-P"] = example("mtz-p")
    register.gate = asyncio.Event()
    assert await lists.rows() == first
    register.gate.set()
    await asyncio.gather(*lists._reading.values())
    assert len(await lists.rows()) == 2


async def test_a_short_list_is_not_shown_old_when_the_engine_answers_at_once(
    lists: KeptLists, register: Slow, clock: Clock
) -> None:
    await lists.rows()
    clock.now += FRESH
    register.dossiers["MTZ-P"] = example("mtz-p")
    assert len(await lists.rows()) == 2


async def test_a_long_list_is_served_at_once(
    lists: KeptLists, register: Slow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FEW", 0)
    first = await lists.rows()
    clock.now += FRESH
    register.dossiers["MTZ-P"] = example("mtz-p")
    assert await lists.rows() == first


async def test_the_first_convention_registered_elsewhere_is_seen_however_long_it_takes(
    register: Slow, clock: Clock
) -> None:
    nothing = Slow()
    lists = KeptLists(nothing, clock)
    assert not await lists.rows()
    clock.now += FRESH
    nothing.dossiers.update(register.dossiers)
    nothing.gate = asyncio.Event()
    asked = asyncio.create_task(lists.rows())
    await asyncio.wait([asked], timeout=listing.PATIENCE * 2)
    assert not asked.done()
    nothing.gate.set()
    assert len(await asked) == 1


async def test_a_list_too_old_is_waited_for(lists: KeptLists, register: Slow, clock: Clock) -> None:
    await lists.rows()
    clock.now += OLDEST
    register.dossiers["MTZ-P"] = example("mtz-p")
    assert len(await lists.rows()) == 2


async def test_what_the_desk_changed_is_waited_for(lists: KeptLists, register: Slow) -> None:
    await lists.rows()
    register.dossiers["MTZ-P"] = example("mtz-p")
    lists.forget()
    assert len(await lists.rows()) == 2


async def test_many_lines_changed_at_once_are_read_with_the_whole_list(lists: KeptLists, register: Slow) -> None:
    await lists.rows()
    register.dossiers["MTZ-P"] = example("mtz-p")
    for number in range(100):
        lists.changed(f"N-{number}")
    assert len(await lists.rows()) == 2
    assert asked(register) == 2


async def test_a_reading_begun_before_a_change_is_not_kept(lists: KeptLists, register: Slow) -> None:
    register.gate = asyncio.Event()
    early = asyncio.create_task(lists.rows())
    for _ in range(5):
        await asyncio.sleep(0)
    lists.forget()
    register.dossiers["MTZ-P"] = example("mtz-p")
    register.gate.set()
    assert len(await early) == 1
    assert len(await lists.rows()) == 2


async def test_two_pages_at_once_ask_once(lists: KeptLists, register: Slow) -> None:
    await asyncio.gather(lists.rows(), lists.rows())
    assert asked(register) == 1


async def test_each_window_has_its_own_list(lists: KeptLists) -> None:
    assert await lists.upcoming(date(2023, 6, 1)) != await lists.upcoming(date(2020, 1, 1))


async def test_an_engine_that_falls_is_said_once_its_last_list_is_too_old(
    lists: KeptLists, register: Slow, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await lists.rows()

    async def down(query: str = "") -> list[Row]:
        raise NoAnswerError(query)

    monkeypatch.setattr(register, "rows", down)
    clock.now += FRESH
    assert await lists.rows() == first
    await asyncio.sleep(0)
    clock.now += OLDEST
    with pytest.raises(NoAnswerError):
        await lists.rows()


async def test_what_was_recorded_about_one_convention_costs_one_short_question(
    lists: KeptLists, register: Slow
) -> None:
    await lists.rows()
    register.dossiers["MTZ-P"] = example("mtz-p")
    lists.changed("MTZ-P")
    rows = await lists.rows()
    assert [row.reference for row in rows] == [row.reference for row in await register.rows()]
    assert ("rows", "WorkflowId = 'convention-MTZ-P'") in register.calls


async def test_a_convention_that_was_withdrawn_leaves_every_list(lists: KeptLists, register: Slow) -> None:
    assert await lists.rows()
    assert await lists.upcoming(date(2023, 6, 1))
    del register.dossiers["SQF-P"]
    lists.changed("SQF-P")
    assert not await lists.rows()
    assert not await lists.upcoming(date(2023, 6, 1))


async def test_a_changed_convention_enters_only_the_windows_it_falls_into(lists: KeptLists, register: Slow) -> None:
    past, year = date(2020, 1, 1), date(2024, 3, 1)
    await lists.upcoming(past)
    await lists.upcoming(year)
    register.dossiers["MTZ-P"] = example("mtz-p")
    lists.changed("MTZ-P")
    assert await lists.upcoming(past) == await register.upcoming(past)
    assert await lists.upcoming(year) == await register.upcoming(year)


async def test_an_engine_that_does_not_say_what_changed_is_asked_again(
    lists: KeptLists, register: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lists.rows()

    async def down(query: str = "") -> list[Row]:
        raise NoAnswerError(query)

    register.dossiers["MTZ-P"] = example("mtz-p")
    lists.changed("MTZ-P")
    with monkeypatch.context() as fallen:
        fallen.setattr(register, "rows", down)
        with pytest.raises(NoAnswerError):
            await lists.rows()
    assert len(await lists.rows()) == 2
