"""The ends of a term, one after the other, when it renews itself (« tacite reconduction »).

Everything is local calendar days, all of them last days in force, until 24:00; an end never moves to an open day. Months and
years are counted from the effect, never from one end to the next: a term of a year from 29 February 2024 ends on 28 February in
2028 too. A term whose first end is printed, amended or prolonged renews from its next day. Nothing ends at one of these days but
the last: passing one of them undenied renews (CE, 6 June 2018, no. 411053).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import Final

from echeancier.domain.dates.calendar import Calendar
from echeancier.domain.dates.delays import term_last_day
from echeancier.domain.dates.first_term import TermLength, first_term
from echeancier.domain.dates.notice import NoticeTerms

_DAY: Final = timedelta(days=1)
_MOST: Final = 1500
"""More ends than any term of ours has; a renewal without a cap has no last one."""


@dataclass(frozen=True)
class Renewals:
    """How a term renews itself.

    Attributes:
        period: for how long each time; None where the text does not say.
        times: how many times at most, None where no number is said.
        cap: the last day that nothing may outlive, None without one.
        cut: whether a cap that falls inside a period cuts that period short; otherwise that last renewal does not take place.
    """

    period: TermLength | None
    times: int | None = None
    cap: date | None = None
    cut: bool = True


@dataclass(frozen=True)
class TermEnds:
    """The ends of a term: those lived so far, then those that its renewals will give; iterated, all of them, for ever if need be.

    Attributes:
        lived: the end of the first period, then of those after it as far as something moved one of them; one at least.
        renewals: how it renews itself, None for a term that ends.
        effect: the first day, while nothing moved an end and the term is counted from it; None otherwise.
        months: the length of the first term in months, beside ``effect``.
    """

    lived: tuple[date, ...]
    renewals: Renewals | None = None
    effect: date | None = None
    months: int = 0

    @property
    def last(self) -> date:
        """The end of the last period known to have begun."""
        return self.lived[-1]

    def moved(self, end: date) -> TermEnds:
        """Return the same once an amendment or a suspension gave the last period another end; the next ones follow from it."""
        return replace(self, lived=(*self.lived[:-1], end), effect=None, months=0)

    def until(self, day: date) -> TermEnds:
        """Return the same, renewed until the period that holds a day; its last period where none does."""
        passed = list(self.lived)
        for end in self.following():
            if passed[-1] >= day:
                break
            passed.append(end)
        return replace(self, lived=tuple(passed))

    def renewed(self, times: int) -> TermEnds:
        """Return the same once it was renewed so many times; nothing less than what was lived already."""
        return replace(self, lived=tuple(islice(self, max(times + 1, len(self.lived)))))

    def without_cap(self) -> TermEnds:
        """Return the same as if no day bounded its renewals."""
        return self if self.renewals is None else replace(self, renewals=replace(self.renewals, cap=None))

    def within(self, last: date | None) -> TermEnds:
        """Return the same where nothing may outlive a day."""
        if last is None or self.renewals is None:
            return self
        cap = last if self.renewals.cap is None else min(last, self.renewals.cap)
        lived = self.lived
        if self.last > last:  # a suspension carried one beyond it
            lived = (*(end for end in lived if end < last), last)
        return replace(
            self, lived=lived, renewals=replace(self.renewals, cap=cap, cut=self.renewals.cut or cap == last)
        )

    def __iter__(self) -> Iterator[date]:
        """Yield every end, the first one first."""
        yield from self.lived
        yield from self.following()

    def following(self) -> Iterator[date]:
        """Yield the ends that its renewals will give after the last one lived."""
        rule = self.renewals
        if rule is None or rule.period is None or (rule.cap is not None and self.last >= rule.cap):
            return
        left = _MOST if rule.times is None else rule.times + 1 - len(self.lived)
        for more in range(1, left + 1):
            try:
                end = self._counted(rule.period, more)
            except (OverflowError, ValueError):  # beyond the calendar itself
                return
            if rule.cap is not None and end >= rule.cap:
                if end == rule.cap or rule.cut:
                    yield rule.cap
                return
            yield end

    def _counted(self, period: TermLength, more: int) -> date:
        months = period.months
        if months is not None and self.effect is not None:
            return term_last_day(self.effect, self.months + months * (len(self.lived) - 1 + more))
        return first_term(self.last + _DAY, replace(period, number=period.number * more))

    @property
    def final(self) -> date | None:
        """The last end of all; None where nothing bounds the renewals, or where their length is unknown."""
        rule = self.renewals
        if rule is None:
            return self.last
        if rule.period is None or (rule.times is None and rule.cap is None):
            return None
        return deque(self, maxlen=1).pop()

    @property
    def shortened_from(self) -> date | None:
        """The end that the last period would have had, where the cap cuts it short; None where it does not."""
        rule = self.renewals
        if rule is None or rule.cap is None:
            return None
        end = next((end for end in self.without_cap() if end >= rule.cap), None)
        return None if end is None or end == rule.cap or rule.cap <= self.last else end

    def after_all(self, times: int) -> date | None:
        """Return the end that a number of renewals leads to, whatever the cap; None while their length is unknown."""
        rule = self.renewals
        if rule is None or rule.period is None:
            return None
        return replace(self, renewals=replace(rule, times=times, cap=None)).final

    def period_end(self, today: date) -> date:
        """Return the end of the period that holds a day; the last one afterwards, as far as it is known."""
        return next((end for end in islice(self, _MOST) if end >= today), None) or self.until(today).last

    def bound_until(self, today: date, notice: NoticeTerms, calendar: Calendar) -> date:
        """Return the first end, from the present period on, for which a letter can still be in time; the last one otherwise.

        Args:
            today: the day on which nobody has written yet.
            notice: of the letter that stops the renewal.
            calendar: of the place, for notices in working days.
        """
        last, may_leave = self.last, today if notice.opens is None else max(today, notice.opens)
        for end in islice(self, _MOST):
            last = end
            if end >= today and (end if notice.at_most else notice.latest_start(end, calendar)) >= may_leave:
                break
        return last


def counted_from(effect: date, length: TermLength, renewals: Renewals | None) -> TermEnds:
    """Return the ends of a first term that is a length from the effect."""
    months = length.months
    kept = None if months is None else effect
    return TermEnds((first_term(effect, length),), renewals, kept, months or 0)
