"""When the digest leaves: its day and hour, or the next day that is worked everywhere; and the name of its week."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from echeancier.domain.dates.calendar import Calendar, JointDays, WorkingDays
from echeancier.domain.model import Frozen
from echeancier.domain.terms.policy import DEFAULT_POLICY

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]

WEEKDAYS: Final[tuple[Weekday, ...]] = ("monday", "tuesday", "wednesday", "thursday", "friday")

EARLIEST, LATEST = time(7), time(17)
"""The hours between which a digest may be wanted: nobody's telephone rings at night because of us."""


class DigestHours(Frozen):
    """When the digest is wanted.

    Attributes:
        day: of the week.
        at: local hour.
        zone: whose local hour.
    """

    day: Weekday = "monday"
    at: time = time(8)
    zone: str = "Europe/Paris"


def week_of(instant: datetime, hours: DigestHours) -> str:
    """Return the name of a week, such as ``2026-W48`` (ISO 8601): one digest per person bears it."""
    year, week, _ = instant.astimezone(ZoneInfo(hours.zone)).isocalendar()
    return f"{year}-W{week:02}"


def opening(instant: datetime, hours: DigestHours, days: Calendar) -> datetime:
    """Return ``instant`` if the digest may leave then, else the next instant at which it may.

    It may from its hour (or from that of the other mails, if earlier) to the evening, on days that are worked.
    """
    zone = ZoneInfo(hours.zone)
    local = instant.astimezone(zone)
    first, last = min(hours.at, DEFAULT_POLICY.send_from), DEFAULT_POLICY.send_until
    day = local.date()
    if days.is_workable(day):
        if first <= local.time() < last:
            return instant
        if local.time() < first:
            return datetime.combine(day, hours.at, tzinfo=zone)
    return datetime.combine(days.next_workable(day + timedelta(days=1)), hours.at, tzinfo=zone)


def days_of(places: Iterable[WorkingDays]) -> Calendar:
    """Return the days worked in every place; without any, those of France."""
    found = tuple(dict.fromkeys(places)) or (WorkingDays(),)
    return found[0] if len(found) == 1 else JointDays(found)


def monday_of(week: str) -> date:
    """Return the first day of a week named ``2026-W48``."""
    return date.fromisoformat(f"{week}-1")
