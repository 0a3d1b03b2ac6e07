"""The days of a convention carried to the period that follows it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.delays import add_months, term_last_day
from domain.situation import Situation

_YEAR = re.compile(r"(?<!\d)(19|20|21)\d\d(?!\d)")


@dataclass(frozen=True)
class Shift:
    """How far the days move.

    Attributes:
        begins: first day of the new period.
        months: from the beginning of the old period to that of the new one.
        old: first and last day of the old period.
    """

    begins: date
    months: int
    old: tuple[date, date]

    @property
    def years(self) -> int:
        """Whole years, for what is named after a year."""
        return self.begins.year - self.old[0].year

    def day(self, day: date) -> date:
        """Return a day as far into the new period as it was into the old one."""
        return add_months(day, self.months)

    def names(self, text: str) -> str:
        """Return a text whose years, where they are those of the old period, are those of the new one."""

        def later(found: re.Match[str]) -> str:
            year = int(found[0])
            within = self.old[0].year <= year <= self.old[1].year
            return str(year + self.years) if within else found[0]

        return _YEAR.sub(later, text)


def shift(s: Situation) -> Shift | None:
    """Return how far the days of a convention move, None while its period is not known.

    The new period begins the day after the old one; of a convention ended early, the day after the end it lived to.
    """
    if s.effect_on is None or s.ends_on is None:
        return None
    begins = s.ends_on + timedelta(days=1)
    months = (begins.year - s.effect_on.year) * 12 + begins.month - s.effect_on.month
    return Shift(begins, months, (s.effect_on, s.ends_on))


def length_in_months(first: date, last: date) -> int | None:
    """Return the length of a period in whole months, None when it is not a whole number of them."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return next((n for n in (months, months + 1) if n and term_last_day(first, n) == last), None)
