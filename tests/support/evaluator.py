"""Does the sum of a date again from the steps of its proof alone, with other people's arithmetic (dateutil)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay, exceeds, latest, plus_open_hours
from echeancier.domain.dates.first_term import first_term
from echeancier.domain.dates.proof import Proof, Step

DAY, END_OF_MONTH = timedelta(days=1), relativedelta(day=31)
Day = date | datetime
House = tuple[time, time] | None


class ProofError(AssertionError):
    """A step does not give what it says, or takes what nobody said."""


def recomputed(proof: Proof, places: WorkingDays, house: House = None) -> dict[str, Day]:
    """Return the days that a proof gives, by their names (``legal``, ``safe``, ``instant``).

    Raises:
        ProofError: a step is wrong, or one of its days comes from nowhere.
    """
    known: set[object] = set()
    found: dict[str, Day] = {}
    for step in proof:
        if step.operation == "note":
            continue
        for operand in step.operands:
            if operand.source:
                known.add(operand.value)
            elif operand.value not in known:
                raise ProofError(f"{operand.value} comes from nowhere: {step}")
        given = _does(step, places, house)
        if given != step.result:
            raise ProofError(f"{step} gives {given}")
        known.add(given)
        if step.gives:
            found[step.gives] = given
    return found


def _does(step: Step, places: WorkingDays, house: House) -> Day:
    values: list[Any] = [operand.value for operand in step.operands]
    done: dict[str, Callable[..., Day]] = {
        "given": lambda day: day,
        "plus": lambda day, delay: (_moved if delay.open_hours is None else _opened)(day, delay, places, 1, house),
        "minus": lambda day, delay: _moved(day, delay, places, -1),
        "months": lambda day, number: day + relativedelta(months=number),
        "latest": lambda day, delay: latest(day, delay, places),
        "exceeded": lambda day, delay: exceeds(day, delay, places).safe,
        "term": first_term,
        "instant_plus": lambda instant, delay: _hours(instant, delay, places, house, 1),
        "instant_minus": lambda instant, delay: _hours(instant, delay, places, house, -1),
        "prev_workable": lambda day: _nearest(day, places.is_workable, -DAY),
        "next_workable": lambda day: _nearest(day, places.is_workable, DAY),
        "prev_open": lambda day: _nearest(day, places.is_open, -DAY),
        "next_open": lambda day: _nearest(day, places.is_open, DAY),
        "day_of": datetime.date,
        "posted_by": lambda day, plan: _posted_by(day, plan, places),
        "earliest": lambda *days: min(days),
        "last_of": lambda *days: max(days),
    }  # fmt: skip
    return done[step.operation](*values)


def _nearest(day: date, fits: Callable[[date], bool], step: timedelta) -> date:
    while not fits(day):
        day += step
    return day


def _moved(day: date, delay: Delay, places: WorkingDays, sign: int, _house: House = None) -> date:
    if sign < 0 and delay.from_ is not None:
        return latest(day, delay, places)
    whole = sign * relativedelta(months=delay.months or 0, years=delay.years or 0)
    if delay.from_ is None:
        day = (day + END_OF_MONTH if delay.month_end == "first" else day) + whole
    else:  # the day named counts: whole months end on the eve of its number, on the last of the month where there is none
        first = (day if delay.from_ == "next-day" else day + END_OF_MONTH) + DAY
        day = first + whole if (first + whole).day != first.day else first + whole - DAY
    clear = 0 if delay.clear_days is None else delay.clear_days + 1
    day += sign * timedelta(days=(delay.days or 0) + 7 * (delay.weeks or 0) + clear - (-(delay.hours or 0) // 24))
    for number, fits in ((delay.open_days, places.is_open), (delay.ouvrable_days, places.is_ouvrable)):
        for _ in range(number or 0):
            day = _nearest(day + sign * DAY, fits, sign * DAY)
    return day + END_OF_MONTH if delay.month_end == "then" else day


def _posted_by(limit: date, plan: int, places: WorkingDays) -> date:
    """The last day we work from which a letter, or one served when nobody collected it (2), is there in time."""
    posted = arrives = limit + DAY
    while arrives > limit:
        posted = _nearest(posted - DAY, places.is_workable, -DAY)
        arrives = _moved(posted, Delay(open_days=3), places, 1)
        if plan == 2:
            arrives = _moved(arrives + 15 * DAY, Delay(open_days=5), places, 1)
    return posted


def _opened(day: date, delay: Delay, places: WorkingDays, sign: int, house: House) -> date:
    """The day on which hours of the house that run from the end of a day are over."""
    midnight = datetime.combine(day + DAY, time.min, tzinfo=ZoneInfo(places.time_zone))
    return _hours(midnight, delay, places, house, sign).date()


def _hours(start: datetime, delay: Delay, places: WorkingDays, house: House, sign: int) -> datetime:
    zone = ZoneInfo(str(start.tzinfo))
    if delay.open_hours is not None:
        return plus_open_hours(start, delay.open_hours, house or (time(0), time(23)), str(zone), places)
    return (start.astimezone(UTC) + sign * timedelta(hours=delay.hours or 0)).astimezone(zone)
