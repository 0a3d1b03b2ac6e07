"""A party leaves, among three or more: to whom its letter goes, when it is out, and whether the others go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from echeancier.domain.dates.notice import NoticeEffect
from echeancier.domain.dates.proof import kept, without_words
from echeancier.domain.dates.rules import Certainty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from echeancier.domain.standing.terms_and_facts import TermsAndFacts
    from echeancier.domain.terms.clauses import Termination

CONTINUES, ENDS = "continues", "ends"
"""What becomes of the others: the readings of the question, where the text is silent; the first one runs meanwhile."""
ON_EXIT: Final = "on-exit/"
"""How the id of that question begins."""
_TWO: Final = 2


class _Sent(Protocol):
    """A letter that was posted: which one, and by whom."""

    @property
    def letter(self) -> str: ...
    @property
    def by(self) -> str: ...


class _OfALetter(Protocol):
    """What was recorded of a letter, and to whom it went where that is said."""

    @property
    def letter(self) -> str: ...
    @property
    def party(self) -> str | None: ...


OfALetter = TypeVar("OfALetter", bound=_OfALetter)


def addressees(parties: Iterable[str], posted: _Sent, gone: Collection[str] = ()) -> tuple[str, ...]:
    """Return the parties that a letter goes to: every other one, of a letter that ends the convention; else nobody is named.

    Args:
        parties: of the convention.
        posted: the letter.
        gone: the parties that had left before it was posted.
    """
    if posted.letter != "termination":
        return ("",)
    others = tuple(party for party in parties if party != posted.by)
    return tuple(party for party in others if party not in gone) or others


def by_addressee(facts: Iterable[OfALetter], letter: str, to: tuple[str, ...]) -> dict[str, OfALetter]:
    """Return what was recorded of a letter by addressee; what names nobody is about the only one left."""
    found: dict[str, OfALetter] = {}
    for fact in facts:
        if fact.letter != letter:
            continue
        left = [one for one in to if one not in found] or list(to)
        whose = fact.party if fact.party in to else left[0] if len(left) == 1 else None
        if whose is not None:
            found[whose] = fact
    return found


def to_several(effects: Sequence[NoticeEffect]) -> NoticeEffect:
    """Return what a letter to several parties produces, from what each of its receipts does.

    Whoever leaves is out by the last receipt; the others must reckon with the first.
    """
    if len(effects) == 1:
        return effects[0]
    ruling = max(effects, key=lambda one: (one.expected, one.latest, one.earliest))
    earliest, latest = min(one.earliest for one in effects), max(one.latest for one in effects)
    sums = (step for one in effects for step in (*without_words(one.proof), kept(one.earliest), kept(one.latest)))
    first = (
        (kept(earliest, " ; dès le {} pour qui compte de la première réception"),) if earliest < ruling.expected else ()
    )
    return NoticeEffect(
        earliest, ruling.expected, latest, (*sums, *ruling.proof, *first),
        Certainty.CERTAIN if earliest == latest else Certainty.CONTESTED,
        capped=any(one.capped for one in effects), useless=all(one.useless for one in effects),
    )  # fmt: skip


def leaves_others(parties: Collection[str], leaving: Mapping[str, date], party: str) -> bool:
    """Whether two parties at least are left once one has left, those that left before it being counted."""
    gone = {one for one, day in leaving.items() if day <= leaving[party]}
    return len(parties) - len(gone) >= _TWO


def is_settled(s: TermsAndFacts, rule: Termination) -> bool:
    """Whether the clause, or a person, says what becomes of the others."""
    return rule.on_exit is not None or s.answer(ON_EXIT + rule.id) is not None


def reading_of(s: TermsAndFacts, rule: Termination) -> str:
    """Return what becomes of the others when one leaves by a clause: what it says, what was answered, else they go on."""
    answer = s.answer(ON_EXIT + rule.id)
    return rule.on_exit or (answer.reading if answer is not None and answer.reading else CONTINUES)
