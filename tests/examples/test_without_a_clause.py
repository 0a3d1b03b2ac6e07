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
from tests.support.without import declared, recorded_without, without

NAMES = sorted(path.name.removesuffix(".facts.toml") for path in EXAMPLES.glob("*.facts.toml"))
NOTHING: dict[str, dict[str, str]] = declared()["nothing"]
"""The clauses that change nothing told, and why."""
CLAUSES = [
    (name, clause.id) for name in NAMES for clause in example(name)[0].clause if clause.id not in NOTHING.get(name, {})
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
    recorded = recorded_without(records, name, clause)
    assert any(told(left, recorded, _scenes(name)[n]) != _whole(name, n) for n in likely)


def test_a_clause_of_the_table_is_one_of_its_file_and_stands_there_once() -> None:
    edited = {name: list(said) for name, said in declared().items() if name != "nothing"}
    for name in sorted({*NOTHING, *edited}):
        named = [*NOTHING.get(name, ()), *edited.get(name, ())]
        assert sorted(named) == sorted(set(named) & {clause.id for clause in example(name)[0].clause})


def test_the_table_of_clauses_counts_what_is_held() -> None:
    nothing = sum(map(len, NOTHING.values()))
    text = " ".join((EXAMPLES.parent / "docs" / "clauses.md").read_text("utf-8").split())
    assert f"holds {len(CLAUSES)} of the {len(CLAUSES) + nothing} clauses of {len(NAMES)} conventions" in text
    assert f"the other {nothing} change nothing, for the reason given in their row" in text
    rows = [row for row in text.split("| ") if "alone it changes nothing: " in row]
    assert len(rows) == nothing
