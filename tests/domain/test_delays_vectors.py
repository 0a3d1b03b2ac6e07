"""The worked vectors: published decisions, published examples and every boundary of the rules."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypedDict

import pytest

from echeancier.domain.dates import delay, delays
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.notice import NoticeTerms, posting_plan

FRANCE: Final = WorkingDays()
HUITAINE = Delay(days=8, named="huitaine")
METZ: Final = WorkingDays("ALSACE-MOSELLE", good_friday=True)


class Vector(TypedDict):
    """One line of vectors.json."""

    id: str
    rule: str
    input: str
    expected: str
    why: str


VECTORS: Final[list[Vector]] = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


def _known(day: date | None) -> date:
    assert day is not None
    return day


DayRule = Callable[[date, int, WorkingDays], date]
RULES: Final[dict[str, DayRule]] = {
    "months_642": lambda d, n, c: delays.ext642(delays.months(d, n), c),
    "days_642": lambda d, n, c: delays.ext642(delays.days(d, n), c),
    "months_plain": lambda d, n, _: delays.months(d, n),
    "sub_months": lambda d, n, _: delays.add_months(d, n),
    "days": lambda d, n, _: delays.days(d, n),
    "latest_trigger": lambda d, n, _: delay.latest(d, Delay(months=n), FRANCE),
    "safe_trigger": lambda d, n, c: c.prev_workable(delay.minus(d, Delay(months=n), c)),
    "franc_months": delays.franc_months,
    "implicit_refusal": lambda d, n, _: delays.implicit_refusal(d, n),
    "clear_days_before": lambda d, n, _: delays.clear_days_before(d, n),
    "term_last_day": lambda d, n, _: delays.term_last_day(d, n),
    "notice_last_day": lambda d, n, _: delay.plus(d, Delay(months=n), FRANCE),
    "posting_plan.P0": lambda d, n, c: posting_plan(d, NoticeTerms(Delay(months=n), "sending"), c).p0,
    "posting_plan.P1": lambda d, n, c: posting_plan(d, NoticeTerms(Delay(months=n), "sending"), c).p1,
    "posting_plan.P2": lambda d, n, c: posting_plan(d, NoticeTerms(Delay(months=n), "sending"), c).p2,
    "prev_open": lambda d, _, c: c.prev_open(d),
    "next_open": lambda d, _, c: c.next_open(d),
    "add_open": lambda d, n, c: c.add_open(d, n),
    "huitaine_safe": lambda d, _, c: _known(delay.after(d, HUITAINE, c).safe),
    "notice_before": lambda d, n, c: _known(delay.before_event(d, Delay(days=n), c).safe),
    "absence>3m": lambda d, _, __: delay.exceeds(d, Delay(months=3, more_than=True, since="state"), FRANCE).safe,
    "absence>30d": lambda d, _, __: delay.exceeds(d, Delay(days=30, more_than=True, since="state"), FRANCE).safe,
    "annexe_last": lambda d, _, c: delays.annexe_last(d, c),
}


def _read(vector: Vector) -> tuple[str, date, int, WorkingDays]:
    name, _, place = vector["rule"].partition(" ")
    text = vector["input"]
    day = re.search(r"\d{4}-\d\d-\d\d", text)
    assert day is not None, text
    number = re.search(r"\s([+-]?\d+)[mdh]?\b", text[day.end() :].replace(",", " "))
    calendar = METZ if "METZ" in {place, text.rsplit(" ", 1)[-1]} else FRANCE
    return name, date.fromisoformat(day[0]), int(number[1]) if number else 0, calendar


def test_the_vectors_are_all_there() -> None:
    assert len(VECTORS) == len({vector["id"] for vector in VECTORS}) == 157


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["rule"] != "plus_hours"], ids=lambda v: v["id"])
def test_a_day_rule_gives_the_expected_day(vector: Vector) -> None:
    name, day, n, calendar = _read(vector)

    assert RULES[name](day, n, calendar) == date.fromisoformat(vector["expected"]), vector["why"]


@pytest.mark.parametrize("vector", [v for v in VECTORS if v["rule"] == "plus_hours"], ids=lambda v: v["id"])
def test_hours_are_real_time(vector: Vector) -> None:
    start, hours = vector["input"].split(" +")

    end = delays.plus_hours(datetime.fromisoformat(start), int(hours.removesuffix("h")), "Europe/Paris")

    assert end.isoformat() == vector["expected"]
