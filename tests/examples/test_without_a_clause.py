"""A clause taken out of an example, with whatever it alone carries: somebody is told something else.

A date, a question, a warning, a refusal, a topic of a meeting, whom something is said or written to: never only the articles
quoted.
"""

import tomllib
from functools import cache

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.catalogue import day_of
from tests.domain.builders import EXAMPLES, at
from tests.examples.oracle import example
from tests.support.scenes import scenes
from tests.support.told import Scene, told
from tests.support.without import declared, without

TO_SAY: dict[str, list[str]] = declared()["to_say"]
"""The clauses that wait for somebody to write what a person who had not read them would have put in their place."""
CLAUSES = [
    (name, clause.id) for name in sorted(TO_SAY) for clause in example(name)[0].clause if clause.id not in TO_SAY[name]
]


@cache
def _scenes(name: str) -> tuple[Scene, ...]:
    terms, records = example(name)
    last = max(day_of(record.fact) for record in records)
    return tuple(scenes(name, terms, records, agenda(terms, records, at(last)).ends_on))


@cache
def _whole(name: str, number: int) -> tuple[object, ...]:
    return told(*example(name), _scenes(name)[number])


@pytest.mark.parametrize(("name", "clause"), CLAUSES, ids=lambda one: one)
def test_without_a_clause_somebody_is_told_something_else(name: str, clause: str) -> None:
    terms, records = example(name)
    left = without(tomllib.loads((EXAMPLES / f"{name}.toml").read_text("utf-8")), name, clause)
    waited_for = {duty.event for duty in terms.event_duty if clause in duty.clauses}
    likely = sorted(
        range(len(_scenes(name))),
        key=lambda n: (n > 3, not any(fact.get("event") in waited_for for fact in _scenes(name)[n][1])),
    )
    assert any(told(left, records, _scenes(name)[n]) != _whole(name, n) for n in likely)


def test_a_clause_to_be_said_is_one_of_its_file() -> None:
    wrong = {name: set(ids) - {clause.id for clause in example(name)[0].clause} for name, ids in TO_SAY.items()}
    assert {name for name, found in wrong.items() if found} == set()
