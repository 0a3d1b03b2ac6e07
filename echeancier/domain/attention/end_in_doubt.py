"""Which questions the end of a convention hangs on: never spaced out, and put to the manager too after a month."""

from echeancier.domain.agenda.items import Question
from echeancier.domain.agenda.tacit import DENIAL, NONE_LEFT
from echeancier.domain.standing import parent, renewals
from echeancier.domain.standing.situation import WHICH_END, Situation

_OF_THE_END = frozenset(
    {
        WHICH_END, DENIAL, NONE_LEFT, renewals.PERIOD, renewals.TIMES_OR_CAP, renewals.CAP_INSIDE,
        parent.PARENT_ENDED, "parent-end", "which-parent",
    }
)  # fmt: skip
"""Ids of the questions that we put ourselves about the last day."""


def hangs_on(s: Situation, question: Question) -> bool:
    """Whether the last day of the convention depends on the answer.

    A question of the paper does where the term or the effect leaves a blank to it, or where it contests a clause of the term
    or of its renewal.
    """
    terms = s.convention
    if question.id in _OF_THE_END or question.id in {terms.term.question, terms.effect.question}:
        return True
    if s.amendments.rivals and question.id == s.amendments.rivals[0].question:
        return True
    of_the_end = {*terms.term.clauses, *terms.renewal.clauses}
    return any(
        one.id == question.id and one.kind == "contested" and not of_the_end.isdisjoint(one.clauses)
        for one in terms.question
    )
