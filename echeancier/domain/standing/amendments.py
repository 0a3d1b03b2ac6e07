"""Which amendment gives the last day in force: the last by its own effect, whatever the order in which they were told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from echeancier.domain.facts.end import Amended

if TYPE_CHECKING:
    from echeancier.domain.standing.terms_and_facts import TermsAndFacts

_ENDS: Final = "amendment-ends/"
"""How the id of the question begins that is asked where two amendments of one effect and one number give two ends."""


class NewEnd(NamedTuple):
    """A last day that an amendment gave.

    Attributes:
        effect: the day from which the amendment counts: its own where it says one, else that of its last signature.
        number: printed on it, 0 where none is.
        signed: the day of its last signature.
        ends_on: the last day it gives.
        says_its_effect: whether it names the day from which it counts.
    """

    effect: date
    number: int
    signed: date
    ends_on: date
    says_its_effect: bool

    @property
    def reading(self) -> str:
        """The id of the reading under which it rules."""
        return f"until-{self.ends_on}"

    @property
    def question(self) -> str:
        """The id of the question of whether it rules."""
        return f"{_ENDS}{self.effect}"


def effect_of(fact: Amended) -> date:
    """Return the day from which an amendment counts."""
    return fact.effect or fact.on


def new_ends(s: TermsAndFacts) -> tuple[NewEnd, ...]:
    """Return the last days that amendments gave, by effect, then by number: the last one rules, even when it shortens."""
    found = [
        NewEnd(effect_of(fact), fact.number or 0, fact.on, fact.ends_on, fact.effect is not None)
        for _, fact in s.of(Amended)
        if fact.ends_on is not None
    ]
    return tuple(sorted(found, key=_order))


def _order(end: NewEnd) -> tuple[date, int]:
    return end.effect, end.number


def rivals(s: TermsAndFacts) -> tuple[NewEnd, ...]:
    """Return those among which nothing says which one rules, the shortest first: one effect, one number, several ends."""
    found = new_ends(s)
    same = {end.ends_on: end for end in found if _order(end) == _order(found[-1])}
    return tuple(same[day] for day in sorted(same)) if len(same) > 1 else ()


def ruling(s: TermsAndFacts) -> NewEnd | None:
    """Return the one that gives the last day, None without any; of rivals the one answered, else the shortest."""
    disputed = rivals(s)
    if not disputed:
        return next(reversed(new_ends(s)), None)
    return _answered(s, disputed) or disputed[0]


def is_settled(s: TermsAndFacts) -> bool:
    """Whether the one that rules is alone, or the one somebody answered."""
    disputed = rivals(s)
    return not disputed or _answered(s, disputed) is not None


def _answered(s: TermsAndFacts, disputed: tuple[NewEnd, ...]) -> NewEnd | None:
    answer = s.answer(disputed[0].question)
    return next((end for end in disputed if answer is not None and answer.reading == end.reading), None)
