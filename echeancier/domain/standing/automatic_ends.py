"""What ends a convention by itself (« de plein droit ») once it has happened, unless something saves it in time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from echeancier.domain.dates.delay import plus

if TYPE_CHECKING:
    from echeancier.domain.standing.situation import Situation
    from echeancier.domain.terms.clauses import AutomaticEnd


class EndedOfRight(NamedTuple):
    """An event that ends it.

    Attributes:
        rule: the clause that says so.
        on: the day of the event.
        ends_on: the last day in force.
    """

    rule: AutomaticEnd
    on: date
    ends_on: date


def automatic_ends(s: Situation) -> tuple[EndedOfRight, ...]:
    """Return every event that ends it and that nothing saved in time, the earliest end first."""
    found: list[EndedOfRight] = []
    for rule in s.convention.automatic_end:
        saved = [fact.on for _, fact in s.of_event(rule.unless)] if rule.unless is not None else []
        for _, fact in s.of_event(rule.event):
            day = fact.on if rule.after is None else plus(fact.on, rule.after, s.calendar)
            if not any(fact.on <= on <= day for on in saved):
                found.append(EndedOfRight(rule, fact.on, day))
    return tuple(sorted(found, key=lambda end: end.ends_on))
