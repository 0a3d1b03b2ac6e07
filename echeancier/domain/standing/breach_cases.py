"""Breach procedures: every run of one, with what was recorded of each of its steps."""

from __future__ import annotations

from dataclasses import dataclass, replace

from echeancier.domain.facts.breach import BreachClosed, BreachStep
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.clauses import Breach, BreachProcedureStep
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.owing import OTHER, others_than

LETTERS = ("inform-reasons", "formal-notice")
"""The steps taken by a letter that opens the time to answer."""
ANSWERS = ("comment", "cure")
"""The steps that answer that letter."""


@dataclass(frozen=True)
class BreachRun:
    """One run of a breach procedure, from the fact that opened it to the one that closed it.

    Attributes:
        id: of the fact that opened it; part of the keys of its items.
        steps: the recorded facts by step, the last one recorded of each.
        closed: how it was closed, None while it runs.
        closed_by: the id of the fact that closed it.
    """

    id: str
    breach: Breach
    steps: dict[str, BreachStep]
    closed: BreachClosed | None = None
    closed_by: str = ""

    def defined(self, *does: str) -> BreachProcedureStep | None:
        """Return the first step of the clause that does one of these things, None without one."""
        return next((step for step in self.breach.steps if step.does in does), None)

    def fact(self, *does: str) -> BreachStep | None:
        """Return what was recorded of one of these steps, None while nothing was."""
        return next((self.steps[name] for name in does if name in self.steps), None)


def complainant(convention: Convention, against: str, who: str | None) -> str | None:
    """Return the party that complains of another: the one named, us, or the only one it can be; None where it is to be said."""
    others = others_than(against, convention.parties)
    if who is not None:
        return who
    return convention.us if convention.us in others else others[0] if len(others) == 1 else None


def between(convention: Convention, breach: Breach, fact: BreachStep) -> Breach:
    """Return « l’une … l’autre » of a clause as the parties that its first step names; any other clause as it is."""
    if breach.against != (OTHER,) or fact.against is None:
        return breach
    by = complainant(convention, fact.against, fact.who) or convention.together
    steps = tuple(
        step.model_copy(update={"who": fact.against if step.does in ANSWERS else by}) for step in breach.steps
    )
    return breach.model_copy(update={"against": (fact.against,), "steps": steps})


def cases(convention: Convention, records: tuple[Recorded, ...]) -> tuple[BreachRun, ...]:
    """Return every run of every breach procedure, in recording order; a closed one is never reopened."""
    found: list[BreachRun] = []
    for breach in convention.breach:
        running: BreachRun | None = None
        for record in records:
            fact = record.fact
            if isinstance(fact, BreachStep | BreachClosed) and fact.breach == breach.id:
                opened = between(convention, breach, fact) if isinstance(fact, BreachStep) else breach
                running = running or BreachRun(record.id, opened, {})
                if isinstance(fact, BreachStep):
                    running = replace(running, steps={**running.steps, fact.step: fact})
                else:
                    found.append(replace(running, closed=fact, closed_by=record.id))
                    running = None
        if running is not None:
            found.append(running)
    return tuple(found)
