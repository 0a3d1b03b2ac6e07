"""Letters of ours that the post has, or had: when each was posted, presented, delivered, or came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.letter_fields import LetterKind
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted, LetterPresented, LetterReturned
from echeancier.domain.standing.exits import addressees, by_addressee

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from echeancier.domain.facts.dated import Dated
    from echeancier.domain.standing.terms_and_facts import TermsAndFacts

OF_A_BREACH: Final[dict[str, LetterKind]] = {
    "inform-reasons": "termination-reasons", "formal-notice": "formal-notice", "comment": "comments",
}  # fmt: skip
"""The steps of a breach that are letters: the step itself is recorded, with its days of presentation and delivery."""


@dataclass(frozen=True)
class Posting:
    """One letter that left.

    Attributes:
        id: of the fact that says so.
        about: what it is about: the clause of a termination or of a breach, else what its validation says.
        outcome: how it came back, None while it did not.
    """

    id: str
    letter: LetterKind
    about: str
    on: date
    tracking: str = ""
    presented_on: date | None = None
    delivered_on: date | None = None
    outcome: str | None = None
    returned_on: date | None = None


def postings(s: TermsAndFacts) -> tuple[Posting, ...]:
    """Return every letter of ours that was posted, in recording order."""
    found = []
    for record in s.records:
        fact = record.fact
        if isinstance(fact, LetterPosted) and fact.by == s.convention.us:
            found.append(posting_of(s, record.id, fact))
        elif isinstance(fact, BreachStep) and (step := _step(s, record.id, fact)) is not None:
            found.append(step)
    return tuple(found)


def has_left(posted: tuple[Posting, ...], letter: str, about: str, since: date | None = None) -> bool:
    """Whether a letter about something was posted, since a day when one is given."""
    return any(p.letter == letter and p.about == about and (since is None or p.on >= since) for p in posted)


def posting_of(s: TermsAndFacts, fact_id: str, fact: LetterPosted, party: str | None = None) -> Posting:
    """Return a posted letter with all that was recorded of it since.

    Args:
        s: the terms and the facts.
        fact_id: of the fact that says it was posted.
        fact: that fact.
        party: to whom, of several; None for all: it is presented, or delivered, once the last of them has it.
    """
    to = addressees(s.convention.parties, fact)
    presented = _of(by_addressee((x for _, x in s.of(LetterPresented)), fact_id, to), party, to)
    delivered = _of(by_addressee((x for _, x in s.of(LetterDelivered)), fact_id, to), party, to)
    came_back = by_addressee((x for _, x in s.of(LetterReturned)), fact_id, to)
    returned = tuple(x for one, x in came_back.items() if party in (None, one))
    return Posting(
        id=fact_id,
        letter=fact.letter,
        about=fact.about or fact.rule or "",
        on=fact.on,
        tracking=fact.tracking,
        presented_on=presented,
        delivered_on=delivered,
        outcome=returned[-1].outcome if returned else None,
        returned_on=returned[-1].on if returned else None,
    )


def _of(recorded: Mapping[str, Dated], party: str | None, to: tuple[str, ...]) -> date | None:
    if party is not None:
        return recorded[party].on if party in recorded else None
    return max((fact.on for fact in recorded.values()), default=None) if len(recorded) == len(to) else None


def _step(s: TermsAndFacts, fact_id: str, fact: BreachStep) -> Posting | None:
    breach = next((run.breach for run in s.breach_cases if fact in run.steps.values()), None)
    breach = breach or next((b for b in s.convention.breach if b.id == fact.breach), None)
    letter = OF_A_BREACH.get(fact.step)
    ours = breach is not None and any(x.does == fact.step and x.who == s.convention.us for x in breach.steps)
    if breach is None or letter is None or not ours:
        return None
    return Posting(
        id=fact_id, letter=letter, about=breach.id, on=fact.on, presented_on=fact.presented_on,
        delivered_on=fact.delivered_on,
    )  # fmt: skip
