"""When a digest leaves: how often each is read, its mornings, its hour; and the name of its week."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from echeancier.domain.dates.calendar import Calendar, JointDays, WorkingDays
from echeancier.domain.model import Frozen
from echeancier.domain.terms.fields import DigestEvery

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]

WEEKDAYS: Final[tuple[Weekday, ...]] = ("monday", "tuesday", "wednesday", "thursday", "friday")

EARLIEST, LATEST = time(7), time(17)
"""The hours between which a digest may be wanted: nobody's telephone rings at night because of us."""


class DigestHours(Frozen):
    """When the digest is wanted.

    Attributes:
        day: of the week, for those that leave once a week.
        at: local hour.
        zone: whose local hour.
        ours: how often our own people read one, where neither their role nor their convention says so.
        partners: the same for the people of partners.
        wanted: false for no digest at all, whoever asks for one.
    """

    day: Weekday = "monday"
    at: time = time(8)
    zone: str = "Europe/Paris"
    ours: DigestEvery = "weekly"
    partners: DigestEvery = "monthly"
    wanted: bool = True

    def today(self, now: datetime) -> date:
        """Return the local day of an instant."""
        return now.astimezone(ZoneInfo(self.zone)).date()


def morning_of(every: DigestEvery, day: date, hours: DigestHours, days: Calendar) -> date | None:
    """Return the last morning on or before ``day`` on which a digest leaves; None for one that never does.

    Each worked morning; the morning of the week, or the next that is worked; the first worked morning of the month.

    Args:
        every: how often it is read.
        day: a local day.
        hours: the morning of the week.
        days: the days that are worked.
    """
    if every == "none":
        return None
    if every == "daily":
        return days.prev_workable(day)
    return next(found for begun in _beginnings(every, day, hours) if (found := days.next_workable(begun)) <= day)


_ON_MORNINGS_OF_THEIR_OWN: Final[tuple[DigestEvery, ...]] = ("weekly", "monthly")
"""Those that wake a day by themselves; a daily one only leaves where there is something to say."""


def next_morning(after: date, hours: DigestHours, days: Calendar) -> date:
    """Return the first morning after a day on which a digest of the week or of the month leaves."""
    day = days.next_workable(after + timedelta(days=1))
    while not any(morning_of(every, day, hours, days) == day for every in _ON_MORNINGS_OF_THEIR_OWN):
        day = days.next_workable(day + timedelta(days=1))
    return day


def may_leave(now: datetime, hours: DigestHours, days: Calendar, until: time) -> bool:
    """Whether digests may leave at an instant: their hour has come on a worked day, and the evening has not.

    Args:
        now: aware instant.
        hours: of the installation.
        days: the days that are worked everywhere.
        until: local hour from which no mail leaves.
    """
    local = now.astimezone(ZoneInfo(hours.zone))
    return days.is_workable(local.date()) and hours.at <= local.time() < until


def made_up_since(now: datetime, hours: DigestHours, whole: Iterable[date]) -> date:
    """Return the day after which a digest whose morning was missed still leaves.

    That is the last day before this one of which nothing was left, not further back than this week: an older digest is over.

    Args:
        now: aware instant.
        hours: of the installation.
        whole: the days of which nothing was left.
    """
    today, eve = hours.today(now), monday_of(week_of(now, hours)) - timedelta(days=1)
    return max((day for day in whole if eve < day < today), default=eve)


def _beginnings(every: DigestEvery, day: date, hours: DigestHours) -> Iterator[date]:
    """The days on which its weeks or its months begin, latest first."""
    if every == "weekly":
        begun = day - timedelta(days=(day.weekday() - WEEKDAYS.index(hours.day)) % 7)
        while True:
            yield begun
            begun -= timedelta(days=7)
    first = day.replace(day=1)
    while True:
        yield first
        first = (first - timedelta(days=1)).replace(day=1)


def week_of(instant: datetime, hours: DigestHours) -> str:
    """Return the name of a week, such as ``2026-W48`` (ISO 8601): one digest per person bears it."""
    year, week, _ = instant.astimezone(ZoneInfo(hours.zone)).isocalendar()
    return f"{year}-W{week:02}"


def days_of(places: Iterable[WorkingDays]) -> Calendar:
    """Return the days worked in every place; without any, those of France."""
    found = tuple(dict.fromkeys(places)) or (WorkingDays(),)
    return found[0] if len(found) == 1 else JointDays(found)


def monday_of(week: str) -> date:
    """Return the first day of a week named ``2026-W48``."""
    return date.fromisoformat(f"{week}-1")
