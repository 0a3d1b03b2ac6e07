"""Which amendment gives the last day in force: the last by its own effect, whatever the order in which they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from echeancier.domain.facts.end import Amended
from echeancier.domain.standing import suspension as suspensions

if TYPE_CHECKING:
    from echeancier.domain.standing.situation import Situation
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


@dataclass(frozen=True)
class Amendments:
    """The amendments as they count, one after the other.

    Attributes:
        kept: those that give a last day, the one in force last.
        dead: those that would begin after the end that the others give, whatever the order in which they were told.
        rivals: those among which nothing says which one is in force, the shortest first; none where nothing is disputed.
        end: the last day once all of them have counted, what suspensions give back included as far as it is known.
    """

    kept: tuple[NewEnd, ...]
    dead: tuple[NewEnd, ...]
    rivals: tuple[NewEnd, ...]
    end: date | None


def follow_amendments(s: Situation, before: date = date.max) -> Amendments:
    """Follow the amendments by effect, then by number; of one effect and one number, the one answered, else the shortest.

    Args:
        s: the situation.
        before: only those whose effect comes before that day.
    """
    end: date | None = s.first_end
    signed: date | None = None
    kept: list[NewEnd] = []
    dead: list[NewEnd] = []
    rivals: tuple[NewEnd, ...] = ()
    for _, same in groupby((one for one in new_ends(s) if one.effect < before), key=_order):
        group = tuple({one.ends_on: one for one in sorted(same, key=attrgetter("ends_on"))}.values())
        if end is not None and group[0].effect > suspensions.prolonged(s, end, signed).at_least:
            dead += group
            continue
        rivals = group if len(group) > 1 else ()
        ruling = _answered(s, group) or group[0]
        kept.append(ruling)
        end, signed = ruling.ends_on, ruling.signed
    last = None if end is None else suspensions.prolonged(s, end, signed).at_least
    return Amendments(tuple(kept), tuple(dead), rivals, last)


def is_settled(s: Situation) -> bool:
    """Whether nothing disputes the amendment that is in force: none of its rank, or somebody answered; and none left out."""
    disputed = s.amendments.rivals
    return not s.amendments.dead and (not disputed or _answered(s, disputed) is not None)


def _answered(s: TermsAndFacts, disputed: tuple[NewEnd, ...]) -> NewEnd | None:
    answer = s.answer(disputed[0].question)
    return next((end for end in disputed if answer is not None and answer.reading == end.reading), None)
