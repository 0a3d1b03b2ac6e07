"""Does the first day of a threshold count? What the text says, else what somebody answered; until then the earlier day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from echeancier.domain.dates.delay import Delay

if TYPE_CHECKING:
    from echeancier.domain.standing.terms_and_facts import TermsAndFacts

COUNTED, NOT_COUNTED = "state", "event"


def question_id(owner: str) -> str:
    """Return the id of the question put about the threshold of a block."""
    return f"first-day/{owner}"


def as_answered(s: TermsAndFacts, owner: str, threshold: Delay) -> Delay:
    """Return a threshold with what was answered about its first day, where its text does not say."""
    answer = None if threshold.since is not None else s.answer(question_id(owner))
    return threshold if answer is None else threshold.model_copy(update={"since": answer.reading})
