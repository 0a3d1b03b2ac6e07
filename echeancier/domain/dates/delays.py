"""Periods in days, months and years: the arithmetic of every date of a convention.

Sources: CPC art. 640-642, CJA R.421-1, CGCT L.2131-6 and L.2121-12. Everything is local calendar
dates; « expires on d » means d at 24:00. The direction of rounding depends on who would be hurt:
what we must do rolls back, a right others hold rolls forward, a term or the end of a notice never
moves. The name of each function is the rule id shown to users, explained in `domain.dates.rules`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from echeancier.domain.dates.calendar import Calendar

__all__ = [
    "Bounds",
    "Period",
    "RenewalPlan",
    "add_months",
    "annexe_last",
    "clear_days_before",
    "days",
    "ext642",
    "franc_months",
    "implicit_refusal",
    "local_instants",
    "months",
    "ours",
    "periods",
    "plus_hours",
    "renewal_plan",
    "term_last_day",
]


_SHORTEST: Final = 28
"""Days of the shortest month: up to that number nothing has to be clamped."""


@dataclass(frozen=True)
class Bounds:
    """The last day the text allows, and the earlier or equal day on which to act.

    Raises:
        ValueError: the safe day would come after the legal one.
    """

    legal: date
    safe: date

    def __post_init__(self) -> None:
        if self.safe > self.legal:
            raise ValueError(f"Le jour prudent {self.safe} dépasse le dernier jour permis {self.legal}.")


@dataclass(frozen=True)
class Period:
    """One stretch of a periodic duty: both days included, `due` being the safe day to act by."""

    number: int
    first: date
    last: date
    due: date
    truncated: bool = False
    """Cut short by the end of the term: whether it owes anything is for the text to say."""


@dataclass(frozen=True)
class RenewalPlan:
    """The days of a renewal, worked back from the last day of the term (a policy, not a law)."""

    kick_off: date
    committee: date
    text_agreed: date
    vote: date
    executory: date
    signatures: date
    absolute_limit: date


def add_months(d: date, n: int) -> date:
    """Same day number n months later (earlier when n < 0), else the last day of that month (CPC art. 641).

    Always count from the original anchor: 31 January + 1 + 1 month is 29 March, + 2 months is 31 March.

    Raises:
        ValueError: the year falls outside 1-9999.
    """
    year, month0 = divmod(d.year * 12 + d.month - 1 + n, 12)
    if not 1 <= year <= 9999:
        raise ValueError(f"{n:+d} mois à compter du {d} sort du calendrier.")
    if d.day <= _SHORTEST:
        return date(year, month0 + 1, d.day)
    return date(year, month0 + 1, min(d.day, _length(year, month0 + 1)))


@lru_cache(maxsize=4096)  # the library works out a day of the week besides
def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def days(d: date, n: int) -> date:
    """Count n calendar days after `d`, which is not counted (CPC art. 641 al. 1)."""
    return d + timedelta(days=n)


def months(d: date, n: int) -> date:
    """Count n months after `d`, day number kept or clamped (CPC art. 641 al. 2); not extended."""
    return add_months(d, n)


def ext642(d: date, calendar: Calendar) -> date:
    """`d`, or the next open day when `d` is a Saturday, a Sunday or a holiday (CPC art. 642 al. 2).

    Only for an act to be done *before* expiry; never for a notice given too late (Civ. 3e, 8 March
    2018, n° 17-11.312), the end of a notice, or the term of a contract.
    """
    return calendar.next_open(d)


def ours(d: date, calendar: Calendar) -> Bounds:
    """An act that is ours to do by `d`: the safe day is the last one on which we can still work."""
    return Bounds(legal=d, safe=calendar.prev_workable(d))


def franc_months(d: date, n: int, calendar: Calendar) -> date:
    """Last day of a « délai franc » of n months: one day more, then extended (CJA R.421-1, CGCT L.2131-6).

    Args:
        d: the day of publication, notification or transmission.
        n: months.
        calendar: that of the tribunal.
    """
    return calendar.next_open(add_months(d, n) + timedelta(days=1))


def implicit_refusal(d: date, n: int = 2) -> date:
    """The day silence on a request received on `d` means no: neither franc nor extended (CRPA L.231-4)."""
    return add_months(d, n)


def clear_days_before(event: date, n: int) -> date:
    """Last day to act n « jours francs » before an event: neither end counts (CGCT L.2121-12)."""
    return event - timedelta(days=n + 1)


def term_last_day(effect: date, n: int) -> date:
    """Last day in force of a term of n months taking effect on `effect`; a term never moves.

    The day before the same day number n months later; when that number does not exist (29 February,
    31st), the last day of that month.
    """
    target = add_months(effect, n)
    return target - timedelta(days=1) if target.day == effect.day else target


def periods(effect: date, last: date, n: int, calendar: Calendar) -> tuple[Period, ...]:
    """The successive periods of n months from `effect`, each counted from that anchor, up to `last`.

    Raises:
        ValueError: n is not a positive number of months.
    """
    if n < 1:
        raise ValueError(f"Une période dure au moins un mois, pas {n}.")
    return _periods(effect, last, n, calendar)


@lru_cache(maxsize=512)  # a duty keeps its periods for years, and each plan asks for them again
def _periods(effect: date, last: date, n: int, calendar: Calendar) -> tuple[Period, ...]:
    found: list[Period] = []
    while (first := add_months(effect, n * len(found))) <= last:
        number = len(found) + 1
        whole = add_months(effect, n * number) - timedelta(days=1)
        # A term begun on a 29th, 30th or 31st may end one day after this: no period of a single day for it.
        end = last if term_last_day(effect, n * number) == last else min(whole, last)
        found.append(Period(number, first, end, calendar.prev_workable(end), truncated=end < whole))
        if end == last:
            break
    return tuple(found)


def renewal_plan(end: date, calendar: Calendar) -> RenewalPlan:
    """When to prepare, vote and sign a renewal so that both parties have signed before `end` (policy)."""

    def back(months_before: int) -> date:
        return calendar.prev_workable(add_months(end, -months_before))

    vote = back(1)
    return RenewalPlan(
        kick_off=back(6),
        committee=back(4),
        text_agreed=back(2),
        vote=vote,
        executory=calendar.prev_workable(vote + timedelta(days=7)),
        signatures=annexe_last(end, calendar),
        absolute_limit=end,
    )


def annexe_last(end: date, calendar: Calendar) -> date:
    """Safe day to have signed what must be signed before the term: the last day we work before `end`."""
    return calendar.prev_workable(end - timedelta(days=1))


def plus_hours(instant: datetime, hours: float, zone: str) -> datetime:
    """The instant `hours` real hours later, shown in local time.

    Nothing stops the count: neither a night, nor a Sunday, nor a holiday, nor the change of clocks
    (36 h from 24 October 2020 20:00 in Paris end on the 26th at 07:00).

    Args:
        instant: an aware datetime; for a local time typed by a person see `local_instants`.
        hours: real hours, of 3600 s each.
        zone: IANA name of the time zone to show the answer in.

    Raises:
        ValueError: the datetime is naive (message in French).
    """
    if instant.utcoffset() is None:
        raise ValueError("Il faut une heure avec son fuseau\u00a0: un délai en heures court en temps réel.")
    return (instant.astimezone(UTC) + timedelta(hours=hours)).astimezone(ZoneInfo(zone))


def local_instants(naive: datetime, zone: str) -> tuple[datetime, ...]:
    """Every instant at which the clocks of `zone` show that time: none, one or two, earliest first.

    None in spring (02:30 on the night clocks go forward), two in autumn: then ask which one was
    meant, and until answered keep the earlier, which leaves less time.

    Raises:
        ValueError: the datetime already carries an offset (message in French).
    """
    if naive.tzinfo is not None:
        raise ValueError("Cette heure porte déjà un fuseau\u00a0: elle désigne un seul instant.")
    local = ZoneInfo(zone)
    wall = naive.replace(fold=0)
    real: dict[datetime, datetime] = {}
    for fold in (0, 1):
        utc = naive.replace(tzinfo=local, fold=fold).astimezone(UTC)
        shown = utc.astimezone(local)
        # A skipped time does not survive the round trip through UTC.
        if shown.replace(tzinfo=None, fold=0) == wall:
            real[utc] = shown
    return tuple(real[utc] for utc in sorted(real))
