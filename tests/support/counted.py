"""The same days counted by another program: python-dateutil for months, `holidays` for closed days, steps of one day else.

Nothing here calls the counting of the domain; only its words for a delay, a length and its renewals are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import holidays
from dateutil.relativedelta import relativedelta

from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.first_term import TermLength
from echeancier.domain.dates.term_ends import Renewals
from echeancier.domain.terms.when import AfterClose, MonthlyDay, PartOfYear, PeriodDay, WeeklyDay, When

DAY = timedelta(days=1)

_YEARS = range(2010, 2080)
_SUBDIVISIONS = {"FR": None, "ALSACE-MOSELLE": "57"}  # the latter with Good Friday
CLOSED = {zone: frozenset(holidays.country_holidays("FR", part, years=_YEARS)) for zone, part in _SUBDIVISIONS.items()}


# -- delays -----------------------------------------------------------------------------------------------------------------


@cache
def works(day: date, *, saturday: bool = False, zone: str = "FR") -> bool:
    return day.weekday() < (6 if saturday else 5) and day not in CLOSED[zone]


def stepped(day: date, number: int, step: int, *, saturday: bool, zone: str = "FR") -> date:
    while number:
        day += step * DAY
        number -= works(day, saturday=saturday, zone=zone)
    return day


def month_end(day: date) -> date:
    return day + relativedelta(day=31)


def later(day: date, said: Delay, zone: str = "FR") -> date:
    """Counted forward."""
    length = relativedelta(
        days=(said.days or 0) + -(-(said.hours or 0) // 24),
        weeks=said.weeks or 0,
        months=said.months or 0,
        years=said.years or 0,
    )
    if said.from_ is not None:
        first = day + DAY if said.from_ == "next-day" else month_end(day) + DAY
        whole = first + relativedelta(months=said.months or 0, years=said.years or 0)
        # Whole months end on the eve of the same number; where that number does not exist, on the last day of its month.
        clamped = bool(said.months or said.years) and whole.day != first.day
        last = (whole if clamped else whole - DAY) + timedelta(days=(said.days or 0) + 7 * (said.weeks or 0))
        last = stepped(last, said.open_days or 0, 1, saturday=False, zone=zone)
        return stepped(last, said.ouvrable_days or 0, 1, saturday=True, zone=zone)
    if said.month_end == "first":
        day = month_end(day)
    found = day + relativedelta(months=length.months, years=length.years) + timedelta(days=length.days)
    if said.clear_days is not None:
        found += timedelta(days=said.clear_days + 1)
    found = stepped(found, said.open_days or 0, 1, saturday=False, zone=zone)
    found = stepped(found, said.ouvrable_days or 0, 1, saturday=True, zone=zone)
    return month_end(found) if said.month_end == "then" else found


def earlier(day: date, said: Delay, zone: str = "FR") -> date:
    """Counted backward."""
    clear = 0 if said.clear_days is None else said.clear_days + 1
    found = day - relativedelta(months=said.months or 0, years=said.years or 0)
    found -= timedelta(days=(said.days or 0) + 7 * (said.weeks or 0) + clear + -(-(said.hours or 0) // 24))
    found = stepped(found, said.open_days or 0, -1, saturday=False, zone=zone)
    return stepped(found, said.ouvrable_days or 0, -1, saturday=True, zone=zone)


def back(day: date, zone: str = "FR") -> date:
    while not works(day, zone=zone):
        day -= DAY
    return day


def forth(day: date, zone: str = "FR") -> date:
    while not works(day, zone=zone):
        day += DAY
    return day


def last_start(end: date, said: Delay, zone: str = "FR") -> date:
    """The latest day whose delay is over by an end, walking back from that end."""
    day = end
    while later(day, said, zone) > end:
        day -= DAY
    while later(day + DAY, said, zone) <= end:
        day += DAY
    return day


# -- terms ------------------------------------------------------------------------------------------------------------------


def last_day(first: date, length: relativedelta) -> date:
    """The eve of the same day number; where the month has no such day, its last one."""
    same = first + length
    return same - DAY if same.day == first.day else same


def one_by_one(first: date, length: TermLength) -> date:
    """The last day of a length that begins on a day, walking from year to year."""
    match length.unit:
        case "months":
            return last_day(first, relativedelta(months=length.number))
        case "years":
            return last_day(first, relativedelta(years=length.number))
        case "weeks":
            return first + relativedelta(weeks=length.number, days=-1)
        case "days":
            return first + relativedelta(days=length.number - 1)
    month, day = (12, 31) if length.unit == "civil_years" else length.ends or (8, 31)
    found, left = first, length.number
    while True:
        if (found.month, found.day) == (month, day):
            left -= 1
        if left == 0:
            return found
        found += DAY


def renewed(effect: date | None, length: TermLength | None, first: date, renewals: Renewals) -> Iterator[date]:
    """Every end, from the effect where both are counted in months, else from the morrow of the first one.

    Args:
        effect: the first day, None where the first end is not counted from it.
        length: of the first term, None where none is said.
        first: its end.
        renewals: how it renews itself.
    """
    period = renewals.period
    yield first
    last, times = first, 0
    while (
        period and (renewals.times is None or times < renewals.times) and (renewals.cap is None or last < renewals.cap)
    ):
        times += 1
        if effect is not None and length is not None and length.months is not None and period.months is not None:
            end = last_day(effect, relativedelta(months=length.months + times * period.months))
        else:
            end = one_by_one(first + DAY, TermLength(period.unit, period.number * times, period.ends))
        if renewals.cap is not None and end > renewals.cap:
            if renewals.cut:
                yield renewals.cap
            return
        yield end
        last = end


# -- days of the calendar ---------------------------------------------------------------------------------------------------


def day_of_its_name(when: When | None, about: str, effect: date, end: date) -> date | None:
    """The last day of a time that comes back on calendar days, from what it is about alone; None where that tells too little."""
    match when:
        case MonthlyDay():
            month = _first_of(about) + relativedelta(months=when.every_months if when.next_month else 0)
            day = month + relativedelta(day=when.day)
            return day - DAY if when.limit == "excluded" else day
        case WeeklyDay() if when.every_weeks == 1 and when.weekday is not None:
            last = min(_first_of(about) + relativedelta(day=31), end)
            return last - (last.weekday() + 1 - when.weekday) % 7 * DAY
        case AfterClose() if when.after_close.units == ("months",):
            if when.after_close.from_ is None and when.after_close.month_end is None:
                closing = date.fromisoformat(f"{about}-{when.closes}")
                return closing + relativedelta(months=when.after_close.months or 0)
        case PartOfYear() if when.year == "civil":
            length = {"half": 6, "quarter": 3, "month": 1}[when.part]
            return min(date(int(about), 1, 1) + relativedelta(months=length * when.nth) - DAY, end)
        case PeriodDay() if (
            when.year == "civil" and when.days is None and when.due == "advance" and not when.says_two_things
        ):
            return max(_first_of(about), effect)
    return None


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
