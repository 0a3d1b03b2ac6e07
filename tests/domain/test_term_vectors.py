"""The first day of effect and the end of a first term: worked cases, through the functions and through a convention file."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from echeancier.domain.dates.first_term import first_effect, first_term
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.terms.term import Effect, Term
from tests.domain.builders import convention, d, item, recorded, seen, signed

VECTORS: Final[list[dict[str, Any]]] = json.loads((Path(__file__).parent / "term_vectors.json").read_text("utf-8"))


def _of(rule: str) -> list[dict[str, Any]]:
    """The vectors of a rule; of a term, those that are a length (the others: `test_open_terms`)."""
    other = ("event", "earlier_of", "later_of", "unlimited")
    found = [vector for vector in VECTORS if vector["rule"] == rule]
    return [vector for vector in found if not any(name in vector["input"].get("term", {}) for name in other)]


def _by_function(effect: date, said: dict[str, Any]) -> date:
    length = Term.model_validate({**said, "clauses": ["A1"]}).length
    assert length is not None
    return first_term(effect, length)


def _by_a_file(effect: date, said: dict[str, Any]) -> date | None:
    terms = convention(effect={"rule": "fixed", "on": effect, "clauses": ["A1"]}, term={**said, "clauses": ["A1"]})
    return seen(terms, (), f"{effect}").ends_on


@pytest.mark.parametrize("read", [_by_function, _by_a_file], ids=["function", "file"])
@pytest.mark.parametrize("vector", _of("term_end"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_last_day_of_a_first_term(vector: dict[str, Any], read: Any) -> None:
    given = vector["input"]
    assert read(d(given["effect"]), given["term"]) == d(vector["expected"]["end"])


@pytest.mark.parametrize("vector", _of("term_end"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_how_sure_the_last_day_is(vector: dict[str, Any]) -> None:
    given = vector["input"]
    effect = {"rule": "fixed", "on": d(given["effect"]), "clauses": ["A1"]}
    found = item(seen(convention(effect=effect, term={**given["term"], "clauses": ["A1"]}), (), given["effect"]), "end")
    assert found.certainty is (Certainty.CONTESTED if vector["status"] == "X" else Certainty.CERTAIN)


def _said(given: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of the file: the signature's own day is what is meant where no other is named."""
    return {name: value for name, value in given.items() if name != "day" and value != "same-day"}


@pytest.mark.parametrize("vector", _of("effect_on"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_first_day_of_effect(vector: dict[str, Any]) -> None:
    given = vector["input"]
    said = Effect.model_validate({"rule": "last-signature", "clauses": ["A1"], **_said(given)})
    assert first_effect(d(given["day"]), said.from_, said.not_before) == d(vector["expected"])


@pytest.mark.parametrize("vector", _of("effect_on"), ids=lambda v: f"{v['id']} {v['wording']}")
def test_the_first_day_of_effect_of_a_convention(vector: dict[str, Any]) -> None:
    given = vector["input"]
    terms = convention(effect={"rule": "last-signature", "clauses": ["A1"], **_said(given)})
    assert seen(terms, (), given["day"]).effect_on is None
    facts = recorded(*signed("2027-01-04", "town"), *signed(given["day"], "agency"))
    assert seen(terms, facts, given["day"]).effect_on == d(vector["expected"])


def test_the_vectors_are_all_there() -> None:
    assert [len(_of(rule)) for rule in ("term_end", "effect_on")] == [7, 4]
