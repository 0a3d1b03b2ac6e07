"""Which amendment gives the last day in force: the last by its own effect, whatever the order in which they were told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from echeancier.domain.dates.term_ends import TermEnds
from echeancier.domain.facts.end import Amended
from echeancier.domain.standing import suspension as suspensions
from echeancier.domain.standing.renewals import first_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from echeancier.domain.facts.recorded import Recorded
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


class Amending(NamedTuple):
    """An amendment that changes terms.

    Attributes:
        fact: the id of its fact.
        effect: the day from which it counts.
        number: printed on it.
        changes: what it changes, a piece of the file.
    """

    fact: str
    effect: date
    number: int
    changes: Mapping[str, Any]


def amending(fact: Amended, fact_id: str = "") -> Amending:
    """Return an amendment as one that changes terms; nothing changes by most of them."""
    return Amending(fact_id, effect_of(fact), fact.number or 0, fact.changes or {})


def changing_terms(records: Iterable[Recorded]) -> list[Amending]:
    """Return the amendments that change terms, by effect, then by number, then in the order in which they were told."""
    told = [amending(r.fact, r.id) for r in records if isinstance(r.fact, Amended) and r.fact.changes is not None]
    return sorted(told, key=attrgetter("effect", "number"))


def moved_to(s: TermsAndFacts, key: str) -> date | None:
    """Return the day to which the last amendment, by its effect, moved one thing; None where none did."""
    moves = [fact for _, fact in s.of(Amended) if fact.moves == key]
    return max(moves, key=lambda one: (effect_of(one), one.number or 0)).moved_to if moves else None


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
        ends: the ends of the term once all of them have counted; None while the first one is unknown.
        extensions: how many carried the end further than it stood before them.
    """

    kept: tuple[NewEnd, ...]
    dead: tuple[NewEnd, ...]
    rivals: tuple[NewEnd, ...]
    ends: TermEnds | None
    extensions: int = 0


def follow_amendments(s: Situation, before: date = date.max) -> Amendments:
    """Follow the amendments by effect, then by number; of one effect and one number, the one answered, else the shortest.

    Args:
        s: the situation.
        before: only those whose effect comes before that day.
    """
    ends = first_ends(s)
    signed: date | None = None
    kept: list[NewEnd] = []
    dead: list[NewEnd] = []
    rivals: tuple[NewEnd, ...] = ()
    extensions = 0
    for _, same in groupby((one for one in new_ends(s) if one.effect < before), key=_order):
        group = tuple({one.ends_on: one for one in sorted(same, key=attrgetter("ends_on"))}.values())
        if ends is not None:
            ends, reached = _reaching(s, ends, signed, group[0].effect)
            if group[0].effect > reached:
                dead += group
                continue
        rivals = group if len(group) > 1 else ()
        ruling = _answered(s, group) or group[0]
        kept.append(ruling)
        if ends is not None:  # whoever signs it knows the acts that renewed it before
            ends = ends.renewed(sum(on <= ruling.signed for on in s.renewed_on))
            extensions += ruling.ends_on > ends.last
        ends = TermEnds((ruling.ends_on,)) if ends is None else ends.moved(ruling.ends_on)
        signed = ruling.signed
    return Amendments(tuple(kept), tuple(dead), rivals, ends, extensions)


def end_before(s: Situation, day: date) -> date | None:
    """Return the last day that the term, its renewals, its suspensions and the amendments effective before a day lead to."""
    followed = follow_amendments(s, before=day)
    signed = followed.kept[-1].signed if followed.kept else None
    return None if followed.ends is None else _reaching(s, followed.ends, signed, day)[1]


def _reaching(s: Situation, ends: TermEnds, signed: date | None, day: date) -> tuple[TermEnds, date]:
    """Return the ends renewed until the period that holds a day, and the last day that suspensions make of that period."""
    if ends.renewals is None:
        return ends, suspensions.prolonged(s, ends, signed).at_least
    given_back = suspensions.prolonged(s, ends, signed, before=day)
    renewed = given_back.ends.until(day)
    return renewed, max(renewed.last, given_back.at_least)


def is_settled(s: Situation) -> bool:
    """Whether nothing disputes the amendment that is in force: none of its rank, or somebody answered; and none left out."""
    disputed = s.amendments.rivals
    return not s.amendments.dead and (not disputed or _answered(s, disputed) is not None)


def _answered(s: TermsAndFacts, disputed: tuple[NewEnd, ...]) -> NewEnd | None:
    answer = s.answer(disputed[0].question)
    return next((end for end in disputed if answer is not None and answer.reading == end.reading), None)
