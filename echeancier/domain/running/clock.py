"""The engine's clock and the calendar's: the same in real life, apart in a rehearsal."""

from collections.abc import Callable
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


@dataclass(frozen=True)
class StandingCalendar(CalendarShift):
    """The calendar of a rehearsal: it stands still until whoever rehearses moves it.

    The engine's clock goes on meanwhile, so whatever the engine says of the present is the instant the calendar stands at.
    What is to come keeps its engine instant, ``by`` away, and is found again there.

    Attributes:
        now: where the calendar stands.
    """

    now: Callable[[], datetime] = lambda: datetime.min.replace(tzinfo=UTC)

    def to_calendar(self, engine: datetime) -> datetime:  # noqa: ARG002 - whatever the engine says of the present
        """Return where the calendar stands."""
        return self.now().astimezone(UTC)

    def to_come(self, engine: datetime) -> datetime:
        """Return the calendar instant of something to come."""
        return super().to_calendar(engine)
