"""The moments of a scenario: a day of the calendar, or one that hangs from what the convention itself dates."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.dates.delays import add_months
from echeancier.domain.standing.situation import Situation

MARKS = ("legal", "safe", "opens", "meeting")
"""The days of an item that a moment may hang from."""

MIDDAY = time(11)
"""The local hour of a moment that gives none."""

_DATE = r"(?P<date>\d{4}-\d{2}-\d{2})"
_ITEM = rf"(?P<item>[a-z0-9][a-z0-9/-]*) (?P<mark>{'|'.join(MARKS)})"
_NAME = r"(?P<name>[a-z][a-z0-9-]*)"
_SHIFT = r"(?: (?P<sign>[+-])(?P<count>\d{1,4}) (?P<unit>working days?|days?|weeks?|months?))?"
_HOUR = r"(?:[ T](?P<hour>\d{2}:\d{2})(?::00)?)?"
_MOMENT = re.compile(rf"(?:{_DATE}|{_ITEM}|{_NAME}){_SHIFT}{_HOUR}")

END = "end"
"""The name of the convention's own last day in force."""


@dataclass(frozen=True)
class Moment:
    """A moment as it is written.

    Attributes:
        day: a day of the calendar; otherwise one of the next two is given.
        item, mark: the key of an item and the day of it that counts.
        name: an earlier line of the scenario, or ``end``.
        shift: how many ``unit`` later (before, when negative).
        hour: local, None where none is given.
    """

    day: date | None = None
    item: str = ""
    mark: str = ""
    name: str = ""
    shift: int = 0
    unit: str = "day"
    hour: time | None = None


def moment(text: str) -> Moment:
    """Read a moment: ``2022-03-10``, ``quarterly-data/2022-01 legal +12 days``, ``end -1 month 15:00``, ``letter +3 days``.

    Raises:
        ValueError: it is none; the message is French and says what is expected.
    """
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        raise ValueError(
            f"« {text} » n’est pas un moment : on attend une date (2022-03-10), ou une échéance et son jour "
            f"({', '.join(MARKS)}), ou le nom d’une ligne précédente, ou end ; puis, au besoin, +12 days "
            "(days, working days, weeks, months) et une heure (15:00)"
        )
    part = found.groupdict()
    if part["sign"] == "-" and str(part["unit"]).startswith("working"):
        raise ValueError(f"« {text} » : les jours ouvrés (working days) ne se comptent qu’après, avec +")
    try:
        day = date.fromisoformat(part["date"]) if part["date"] else None
        hour = time.fromisoformat(part["hour"]) if part["hour"] else None
    except ValueError:
        raise ValueError(
            f"« {text} » : ce jour ou cette heure n’existe pas, écrire par exemple 2022-03-10 15:00"
        ) from None
    return Moment(
        day=day,
        item=part["item"] or "",
        mark=part["mark"] or "",
        name=part["name"] or "",
        shift=int(f"{part['sign']}{part['count']}") if part["sign"] else 0,
        unit=(part["unit"] or "day").rstrip("s"),
        hour=hour,
    )


def instant(wanted: Moment, s: Situation, told: dict[str, date]) -> datetime | None:
    """Return a moment as an aware instant, None while what it hangs from has no day yet.

    Args:
        wanted: the moment.
        s: where the convention stands.
        told: the day of each earlier line of the scenario, by its name.
    """
    start = _anchor(wanted, s, told)
    if start is None:
        return None
    day = _shifted(start.date(), wanted, s)
    hour = wanted.hour or (start.timetz().replace(tzinfo=None) if wanted.mark == "meeting" else MIDDAY)
    return datetime.combine(day, hour, tzinfo=s.zone)


def _anchor(wanted: Moment, s: Situation, told: dict[str, date]) -> datetime | None:
    day: date | None = wanted.day
    if wanted.name:
        day = s.ends_on if wanted.name == END else told.get(wanted.name)
    elif wanted.item:
        item = agenda_of(s).item(wanted.item)
        if item is None:
            return None
        if wanted.mark == "meeting":
            return item.meeting_at
        day = {"legal": item.legal_last_day, "safe": item.safe_day, "opens": item.opens_on}[wanted.mark]
    return None if day is None else datetime.combine(day, MIDDAY, tzinfo=s.zone)


def _shifted(day: date, wanted: Moment, s: Situation) -> date:
    match wanted.unit:
        case "month":
            return add_months(day, wanted.shift)
        case "week":
            return day + timedelta(weeks=wanted.shift)
        case "working day":
            return s.calendar.add_open(day, wanted.shift)
    return day + timedelta(days=wanted.shift)
