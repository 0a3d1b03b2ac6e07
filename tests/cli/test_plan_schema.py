"""The published schema comes from the code, every example obeys it, the document names its closed lists."""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from echeancier.adapters.files.convention_file import load_convention
from echeancier.cli.plan.schema import schema_text
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import State
from echeancier.domain.agenda.labels import CERTAINTIES, STATES
from echeancier.domain.dates.rules import RULES, Certainty
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.duties import DutyKind, EndDuty, EventDuty
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from tests.cli.conftest import EXAMPLES, Echeancier
from tests.support.long import examples_tried
from tests.support.project_files import ROOT

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "plan.schema.json").read_text("utf-8"))
DOCUMENT = (ROOT / "docs" / "plan-format.md").read_text("utf-8")
PROCEDURES = sorted((ROOT / "echeancier" / "domain" / "agenda").glob("*.py"))
CONVENTIONS = examples_tried(sorted(path.stem for path in EXAMPLES.glob("*.toml") if not path.stem.endswith(".facts")))


def validator() -> Draft202012Validator:
    return Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def words_given(path: Path, keyword: str) -> set[str]:
    """Every literal given to Item(keyword=…), or to its partial, assigned to that name, or returned by a function so named."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and "Item" in {getattr(one, "id", "") for one in (node.func, *node.args)}:
            found |= {word for k in node.keywords if k.arg == keyword for word in branches(k.value)}
        elif isinstance(node, ast.Assign) and keyword in {getattr(target, "id", "") for target in node.targets}:
            found |= branches(node.value)
        elif isinstance(node, ast.FunctionDef) and keyword in node.name.split("_"):
            returns = (one.value for one in ast.walk(node) if isinstance(one, ast.Return))
            found |= {word for value in returns if value is not None for word in branches(value)}
    return found


def branches(value: ast.expr) -> set[str]:
    if isinstance(value, ast.IfExp):
        return branches(value.body) | branches(value.orelse)
    return {value.value} if isinstance(value, ast.Constant) and isinstance(value.value, str) else set()


def sample(echeancier: Echeancier) -> dict[str, Any]:
    told = echeancier("plan", "sqf-p", "--format", "json", "--as-of", "2022-03-01")
    found = json.loads(told.content)
    assert isinstance(found, dict)
    return found


def test_the_committed_schema_is_the_one_of_the_code() -> None:
    assert (ROOT / "docs" / "plan.schema.json").read_text("utf-8") == schema_text()


@pytest.mark.parametrize("day", ["2015-06-01", "2021-11-15", "2026-11-30"])
@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_example_obeys_the_schema_on_any_day(echeancier: Echeancier, name: str, day: str) -> None:
    told = echeancier("plan", name, "--format", "json", "--as-of", day, facts=name)
    assert told.code == 0, told.errors
    validator().validate(json.loads(told.content))


@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_example_obeys_the_schema_without_facts_in_english(echeancier: Echeancier, name: str) -> None:
    told = echeancier("plan", name, "--format", "json", "--lang", "en", "--as-of", "2021-11-15")
    assert told.code == 0, told.errors
    validator().validate(json.loads(told.content))


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("kind", "party"),
        ("state", "lost"),
        ("certainty", "sure"),
        ("rule", "guess"),
        ("safe_day", "31/12/2021"),
    ],
)
def test_a_word_outside_its_closed_list_is_refused(echeancier: Echeancier, key: str, wrong: str) -> None:
    plan = sample(echeancier)
    plan["items"][0][key] = wrong
    with pytest.raises(ValidationError):
        validator().validate(plan)


def test_a_key_that_is_missing_or_unknown_is_refused(echeancier: Echeancier) -> None:
    plan = sample(echeancier)
    assert not validator().is_valid({key: value for key, value in plan.items() if key != "ends_on"})
    assert not validator().is_valid({**plan, "surprise": 1})


def test_every_rule_written_in_a_procedure_is_explained() -> None:
    used = set().union(*(words_given(path, "rule") for path in PROCEDURES))
    assert {"periods", "day_chosen", "day_of_the_text", "signature_gate"} <= used
    assert used - set(RULES) == set()


@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_rule_that_an_event_calls_for_is_explained(name: str) -> None:
    convention = load_convention(EXAMPLES / f"{name}.toml")
    at = datetime(2021, 5, 3, 9, tzinfo=UTC)
    happened = tuple(
        Recorded(id=f"f{n}", fact=Happened(event=duty.event, on=at.date()), recorded_at=at, recorded_by="x")
        for n, duty in enumerate(convention.event_duty)
    )
    items = agenda(convention, happened, at).items
    assert {item.rule for item in items} - set(RULES) == set()


def test_every_kind_a_procedure_or_a_duty_may_have_is_listed() -> None:
    used = set().union(*(words_given(path, "kind") for path in PROCEDURES))
    typed = {word for model in (EventDuty, EndDuty) for word in literals(model.model_fields["kind"].annotation)}
    assert {"act", "end", "renewal"} <= used
    assert (used | typed | set(get_args(DutyKind))) - set(ITEM_KINDS) == set()


def literals(annotation: object) -> set[str]:
    inside = get_args(annotation)
    return {annotation} if isinstance(annotation, str) else set().union(*(literals(one) for one in inside))


def test_every_state_and_certainty_has_its_words() -> None:
    assert set(STATES) == set(State)
    assert set(CERTAINTIES) == set(Certainty)


@pytest.mark.parametrize("word", [*ITEM_KINDS, *(s.value for s in State), *(c.value for c in Certainty), *RULES])
def test_the_document_names_every_word_of_the_closed_lists(word: str) -> None:
    assert f"| `{word}` |" in DOCUMENT
