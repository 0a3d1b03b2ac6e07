"""Each awkward case of ``docs/awkward-cases.md`` is dealt with where the page says."""

import re
from functools import cache

import pytest

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Agenda
from tests.examples.oracle import example
from tests.support.project_files import ROOT

PAGE = (ROOT / "docs" / "awkward-cases.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d+) \| .+? \| (.+) \|$", PAGE, re.MULTILINE)
NAMED = re.compile(r"(?:([a-z]{3}-[a-z]) )?(item|question|warning|element|test) `([^`]+)`")
PLACES = sorted({place for _, where in ROWS for place in NAMED.findall(where)})


@cache
def last_seen(name: str) -> Agenda:
    """The agenda on the day the last fact of an example is told."""
    terms, records = example(name)
    return agenda(terms, records, max(record.recorded_at for record in records))


@cache
def elements(name: str) -> set[str]:
    terms, _ = example(name)
    found = (
        {rule.id for rule in terms.termination} | {breach.id for breach in terms.breach} | {d.id for d in terms.duty}
    )
    found |= {duty.id for duty in terms.event_duty} | {duty.id for duty in terms.end_duty}
    return found | ({terms.suspension.id} if terms.suspension else set())


@cache
def written_tests() -> set[str]:
    written = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {name for text in written for name in re.findall(r"^(?:async )?def (test_\w+)", text, re.MULTILINE)}


def names(kind: str, example_name: str) -> set[str]:
    if kind == "test":
        return written_tests()
    if kind == "element":
        return elements(example_name)
    found = last_seen(example_name)
    if kind == "item":
        return {item.key for item in found.items}
    return {question.id for question in found.questions} if kind == "question" else {w.id for w in found.warnings}


def test_all_forty_three_cases_are_there_and_each_names_a_place() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 44))
    assert [number for number, where in ROWS if not NAMED.search(where)] == []


@pytest.mark.parametrize(("of", "kind", "name"), PLACES, ids=lambda part: part or "all")
def test_what_the_page_names_exists(of: str, kind: str, name: str) -> None:
    assert name in names(kind, of)
