"""Local times in a calendar file: Europe/Paris by rule, every other zone in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Timezone

PARIS = ZoneInfo("Europe/Paris")

# One STANDARD and one DAYLIGHT block, each with a rule: the form Outlook reads without guessing (MS-OXCICAL,
# 2.1.3.1.1.19); what `add_missing_timezones()` writes is not. Rules of Directive 2000/84/EC: last Sundays of
# March and October, at 01:00 UTC.
PARIS_RULES = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
"""
# Read once: reading it takes longer than writing a whole invitation. Nobody may change it.
PARIS_ZONE = Timezone.from_ical(PARIS_RULES)


def as_seen(moment: datetime, time_zone: str) -> datetime:
    """Return `moment` in Paris time if that is the reader's `time_zone`, in UTC otherwise.

    Times before 1997 (the present rules hold since October 1996) and the hour that comes twice in October are
    given in UTC too: the local form would be read as another instant.
    """
    local = moment.astimezone(PARIS)
    if time_zone != PARIS.key or local.year < 1997 or _comes_twice(local):
        return moment.astimezone(UTC)
    return local


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
