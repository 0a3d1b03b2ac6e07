"""The ends of a convention's term, as its own words, amendments and suspensions give them one after the other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from echeancier.domain.dates.first_term import TermLength
from echeancier.domain.dates.term_ends import Renewals, TermEnds, counted_from

if TYPE_CHECKING:
    from echeancier.domain.standing.situation import Situation
    from echeancier.domain.terms.clauses import Termination
    from echeancier.domain.terms.convention import Convention

PERIOD: Final = "renewal-period"
"""The question of a tacit renewal whose length is not said."""
CAP_INSIDE: Final = "renewal-cap-inside"
"""The question of a cap that falls inside a period; its readings are these."""
CUT, NOT_RENEWED = "last-one-shortened", "last-one-not-renewed"
TIMES_OR_CAP: Final = "renewal-times-or-cap"
"""The question of a number of renewals that does not lead to the cap; its readings are these."""
TIMES_RULE, CAP_RULES = "times-rule", "cap-rules"


def denials_of(convention: Convention) -> tuple[Termination, ...]:
    """Return the notices whose letter stops a tacit renewal, those that we may send first."""
    denials = [one for one in convention.termination if one.until == "term" and convention.renewal.is_tacit]
    return tuple(sorted(denials, key=lambda one: convention.us not in one.who))


def denial_of(convention: Convention) -> Termination | None:
    """Return the notice whose letter stops a tacit renewal, ours where we have one; None where no letter does."""
    return next(iter(denials_of(convention)), None)


def period_of(s: Situation) -> TermLength | None:
    """Return the length of each renewal: printed, or answered; None where neither is."""
    rule = s.convention.renewal
    if rule.period is not None:
        return rule.period.length(_school_year_ends(s))
    answer = s.answer(PERIOD)
    return None if answer is None or not answer.months else TermLength("months", answer.months)


def _school_year_ends(s: Situation) -> tuple[int, int] | None:
    ends = s.convention.term.school_year_ends
    return None if ends is None else (int(ends[:2]), int(ends[3:]))


def renewals_of(s: Situation) -> Renewals | None:
    """Return how it is renewed: by itself, or by as many acts as were recorded; None where nothing renews it.

    Of a number of times and a cap that disagree, the shorter rules.
    """
    rule = s.convention.renewal
    if s.renewed_on:
        return Renewals(period_of(s), len(s.renewed_on), s.cap)
    if not rule.is_tacit:
        return None
    times = None if answered(s, TIMES_OR_CAP) == CAP_RULES else rule.times
    return Renewals(period_of(s), times, ruling_cap(s), cut=answered(s, CAP_INSIDE) != NOT_RENEWED)


def ruling_cap(s: Situation) -> date | None:
    """Return the day that nothing may outlive, unless it was answered that the number of renewals counts instead."""
    return None if s.is_tacit and answered(s, TIMES_OR_CAP) == TIMES_RULE else s.cap


def cut_in_doubt(s: Situation) -> bool:
    """Whether nobody said if the last renewal, which the cap would cut short, takes place."""
    ends = s.term_ends
    return s.is_tacit and ends is not None and ends.shortened_from is not None and answered(s, CAP_INSIDE) is None


def answered(s: Situation, question: str) -> str | None:
    """Return the reading answered to a question, None while nobody answered."""
    answer = s.answer(question)
    return None if answer is None else answer.reading


def first_ends(s: Situation) -> TermEnds | None:
    """Return the ends that the words of the term alone give, None while the first one is unknown."""
    if s.first_end is None:
        return None
    rule, length, effect = renewals_of(s), s.first_length, s.effect_on
    if length is not None and effect is not None:
        counted = counted_from(effect, length, rule)
        if counted.last == s.first_end:
            return counted
    return TermEnds((s.first_end,), rule)


def is_settled(s: Situation, natural_end: date) -> bool:
    """Whether nothing can renew it any more: its last period has begun."""
    ends = s.term_ends
    before = [end for end in ends.within(natural_end) if end < natural_end] if ends is not None else []
    return not before or s.today > before[-1]
