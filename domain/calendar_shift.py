"""The engine's clock and the calendar's: the same in real life, apart in a rehearsal of dates that are past."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True)
class CalendarShift:
    """How far the calendar stands from the engine's clock; zero outside a rehearsal.

    Counted in UTC: local clocks change between the two.

    The engine's clock cannot be set back. A rehearsal therefore lives a past convention by moving the calendar, here
    and nowhere else: where an activity meets the engine's instants.
    """

    by: timedelta = timedelta(0)

    def to_calendar(self, engine: datetime) -> datetime:
        """Return the calendar instant of an engine instant."""
        return engine.astimezone(UTC) + self.by

    def to_engine(self, calendar: datetime) -> datetime:
        """Return the engine instant of a calendar instant."""
        return calendar.astimezone(UTC) - self.by
