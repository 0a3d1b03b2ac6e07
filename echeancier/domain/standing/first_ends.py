"""The last day of a first term, as far as it is known: one day, or the first or the last of two of which one may be to come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from echeancier.domain.dates.first_term import first_term

if TYPE_CHECKING:
    from echeancier.domain.standing.situation import Situation
    from echeancier.domain.terms.term import TermEnd


class KnownEnd(NamedTuple):
    """What is known of a last day.

    Attributes:
        day: the last day, None while it is unknown.
        at_least: it comes on that day or later.
        at_most: it comes on that day or earlier.
    """

    day: date | None = None
    at_least: date | None = None
    at_most: date | None = None


def day_of_event(s: Situation, event: str) -> date | None:
    """Return the day an awaited event happened, the last one told; None while nobody recorded it."""
    happened = s.of_event(event)
    return happened[-1][1].on if happened else None


def day_of_end(s: Situation, end: TermEnd) -> date | None:
    """Return the day of one of two ends, None while it is unknown."""
    if end.event is not None:
        return day_of_event(s, end.event)
    if end.ends_on is not None or end.length is None:
        return end.ends_on
    return None if s.effect_on is None else first_term(s.effect_on, end.length)


def of_two_ends(s: Situation) -> KnownEnd | None:
    """Return the first or the last of the two ends of a term, as far as it is known; None where the term has one.

    Once the day before which the first of them must come is over, it was that day: the other one has not come.
    """
    term = s.convention.term
    pair = term.earlier_of or term.later_of
    if not pair:
        return None
    known = [day for end in pair if (day := day_of_end(s, end)) is not None]
    if len(known) == len(pair):
        return KnownEnd(min(known) if term.earlier_of else max(known))
    one = known[0] if known else None
    if term.later_of:
        return KnownEnd(at_least=one)
    return KnownEnd(one if one is not None and s.today > one else None, at_most=one)
