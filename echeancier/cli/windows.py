"""What falls in a window of days, over every convention: ends, renewals, posting days, safe days."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

import typer

if TYPE_CHECKING:
    from echeancier.engine.gateway import Row

What = Literal["safe-day", "posting-day", "end", "renewal", "last-instant"]

_WINDOW = re.compile(r"(\d{1,4})([djws])")
_DAYS = {"d": 1, "j": 1, "w": 7, "s": 7}
_LONGEST = 3660


@dataclass(frozen=True)
class DayOfConvention:
    """One day of one convention.

    Attributes:
        late: a safe day that is past, of something still to be done.
        at: of a delay in hours, the instant at which it is over, at the offset of the place.
    """

    day: date
    what: What
    reference: str
    partner: str
    late: bool = False
    at: datetime | None = None


def window(text: str) -> int:
    """Return the number of days of « 90d », « 90j », « 12w » or « 12s ».

    Raises:
        BadParameter: it is not a duration, or is longer than ten years.
    """
    found = _WINDOW.fullmatch(text.strip().lower())
    days = int(found[1]) * _DAYS[found[2]] if found else 0
    if not 0 < days <= _LONGEST:
        raise typer.BadParameter(
            f"« {text} » n’est pas une durée ; on attend un nombre de jours ou de semaines, comme 90d ou 12w."
        )
    return days


def dated(rows: "Iterable[Row]", today: date, within: int) -> list[DayOfConvention]:
    """Return every day from today to ``within`` days later, and every safe day or last hour that is past, by day."""
    until = today + timedelta(days=within)
    found = [one for row in rows for one in _days(row) if one.day <= until]
    kept = [
        replace(one, late=one.day < today)
        for one in found
        if one.day >= today or one.what in {"safe-day", "last-instant"}
    ]
    return sorted(kept, key=lambda one: (one.day, one.reference, one.what))


def _days(row: "Row") -> Iterator[DayOfConvention]:
    days: tuple[tuple[date | None, What], ...] = (
        (row.next_safe_day, "safe-day"),
        (row.next_posting_day, "posting-day"),
        (row.bound_until, "renewal" if row.renews_itself else "end"),
    )
    for day, what in days:
        if day is not None:
            yield DayOfConvention(day, what, row.reference, row.partner)
    if row.last_instant is not None:
        yield DayOfConvention(row.last_instant.date(), "last-instant", row.reference, row.partner, at=row.last_instant)
