"""When a rehearsal begins."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from domain.convention import Convention
from domain.facts import Recorded


def first_instant(convention: Convention, records: tuple[Recorded, ...]) -> datetime | None:
    """Return when the first fact was told; without any, nine o'clock on the day of effect; None when that is unknown."""
    if records:
        return min(record.recorded_at for record in records)
    if convention.effect.on is None:
        return None
    return datetime.combine(convention.effect.on, time(9), tzinfo=ZoneInfo(convention.place.time_zone))
