"""A clause with two readings: the one answered, or the prudent one that runs until somebody answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.convention import Convention, OpenQuestion


@dataclass(frozen=True)
class Chosen:
    """The reading a date is computed with.

    Attributes:
        id: of the reading.
        settled: somebody answered; without an answer the date stays contested.
        asked: the question of the paper, None when the paper does not ask and our own default runs.
    """

    id: str
    settled: bool
    asked: OpenQuestion | None


def question_about(convention: Convention, clauses: Collection[str], readings: Collection[str]) -> OpenQuestion | None:
    """Return the contested question that shares a clause with ``clauses`` and offers one of ``readings``."""
    return next(
        (
            question
            for question in convention.question
            if question.kind == "contested"
            and set(question.clauses) & set(clauses)
            and {reading.id for reading in question.readings} & set(readings)
        ),
        None,
    )


def chosen(
    convention: Convention,
    records: tuple[Recorded, ...],
    clauses: Collection[str],
    readings: Collection[str],
    default: str,
) -> Chosen:
    """Return the reading to compute with.

    Args:
        convention: its contested questions name the readings.
        records: the facts in force; the last answer wins.
        clauses: those of the element being computed; they lead to the question.
        readings: the ids this computation knows how to follow.
        default: the reading of ours when the paper asks nothing, or names no prudent one that is known here.
    """
    question = question_about(convention, clauses, readings)
    if question is None:
        return Chosen(default, settled=False, asked=None)
    for record in reversed(records):
        fact = record.fact
        if isinstance(fact, QuestionAnswered) and fact.question == question.id and fact.reading in readings:
            return Chosen(str(fact.reading), settled=True, asked=question)
    prudent = question.prudent if question.prudent in readings else default
    return Chosen(str(prudent), settled=False, asked=question)
