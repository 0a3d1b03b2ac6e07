"""How far ahead things are owed, as known on a day."""

from datetime import date

from echeancier.domain.dates.delays import add_months
from echeancier.domain.standing.situation import Situation


def last_day(s: Situation) -> date:
    """Return the last day of what is owed: until when it binds, or while that is unknown, a year ahead of today."""
    ahead = add_months(max(s.today, s.effect_on or s.today), 12)
    known = s.bound_until or s.ends_at_most
    return known if known is not None else ahead


def end_as_agreed(s: Situation) -> date | None:
    """Return the last day in force but for what ends it early: the latest that was ever agreed; None while none is known."""
    return max((day for day in (s.first_end, s.natural_end) if day is not None), default=None)
