"""Durations in hours: real elapsed time, never rolled, never naive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


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
