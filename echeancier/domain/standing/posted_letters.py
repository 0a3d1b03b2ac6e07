"""Letters of ours that the post has, or had: when each was posted, presented, delivered, or came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.facts.letter_fields import LetterKind
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted, LetterPresented, LetterReturned

if TYPE_CHECKING:
    from datetime import date

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


def posting_of(s: TermsAndFacts, fact_id: str, fact: LetterPosted) -> Posting:
    """Return a posted letter with all that was recorded of it since."""
    presented = [x for _, x in s.of(LetterPresented) if x.letter == fact_id]
    delivered = [x for _, x in s.of(LetterDelivered) if x.letter == fact_id]
    returned = [x for _, x in s.of(LetterReturned) if x.letter == fact_id]
    return Posting(
        id=fact_id,
        letter=fact.letter,
        about=fact.about or fact.rule or "",
        on=fact.on,
        tracking=fact.tracking,
        presented_on=presented[-1].on if presented else None,
        delivered_on=delivered[-1].on if delivered else None,
        outcome=returned[-1].outcome if returned else None,
        returned_on=returned[-1].on if returned else None,
    )


def _step(s: TermsAndFacts, fact_id: str, fact: BreachStep) -> Posting | None:
    breach = next((b for b in s.convention.breach if b.id == fact.breach), None)
    letter = OF_A_BREACH.get(fact.step)
    ours = breach is not None and any(x.does == fact.step and x.who == s.convention.us for x in breach.steps)
    if breach is None or letter is None or not ours:
        return None
    return Posting(
        id=fact_id, letter=letter, about=breach.id, on=fact.on, presented_on=fact.presented_on,
        delivered_on=fact.delivered_on,
    )  # fmt: skip
