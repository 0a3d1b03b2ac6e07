"""Local times in a calendar file: Europe/Paris by rule, every other zone in UTC."""

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from adapters.ics_text import utc

PARIS = "Europe/Paris"

# One STANDARD and one DAYLIGHT block, each with a rule: the form Outlook reads without guessing (MS-OXCICAL,
# 2.1.3.1.1.19). Rules of Directive 2000/84/EC: last Sundays of March and October, at 01:00 UTC.
PARIS_RULES = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Paris",
    "BEGIN:DAYLIGHT",
    "TZNAME:CEST",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "DTSTART:19700329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZNAME:CET",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "DTSTART:19701025T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def zones(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the VTIMEZONE that the given properties need, or nothing when all of them are in UTC."""
    local = (f"DTSTART;TZID={PARIS}:", f"DTEND;TZID={PARIS}:")
    return PARIS_RULES if any(line.startswith(local) for line in lines) else ()


def instant(name: str, moment: datetime, time_zone: str) -> str:
    """Return the property `name` (DTSTART or DTEND) for `moment`, as seen in `time_zone`.

    Times before 1997 (the present rules hold since October 1996) and the hour that comes twice in October are
    written in UTC too: the local form would be read as another instant.
    """
    local = moment.astimezone(ZoneInfo(PARIS)) if time_zone == PARIS else moment.astimezone(UTC)
    if time_zone != PARIS or local.year < 1997 or _comes_twice(local):
        return f"{name}:{utc(moment)}"
    return f"{name};TZID={PARIS}:{local:%Y%m%dT%H%M%S}"


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
