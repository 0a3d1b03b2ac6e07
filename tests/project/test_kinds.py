"""What is true of a kind is said once, on the kind: no list of kind names beside it, and few files that name a kind at all."""

import ast
import re
from collections.abc import Iterator
from statistics import median

from echeancier.domain.facts.catalogue import MODELS
from echeancier.domain.recording.check_context import CHECKS, HANGS
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from tests.support.project_files import ROOT

SOURCES = [p for top in ("echeancier", "workflows", "activities") for p in sorted((ROOT / top).rglob("*.py"))]
TEMPLATES = [p for end in ("html", "txt", "toml") for p in sorted((ROOT / "echeancier/templates").rglob(f"*.{end}"))]
CLASSES = {model.__name__ for model in MODELS.values()}
NO_LISTS = {
    "echeancier/domain/terms/item_kinds.py": "the kinds themselves",
    "echeancier/domain/terms/duties.py": "the words that the paper may use, of which its types are made",
}


def lists_of_kinds(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Set | ast.Tuple | ast.List | ast.Dict):
            continue
        elements = node.keys if isinstance(node, ast.Dict) else node.elts
        words = {one.value for one in elements if isinstance(one, ast.Constant)}
        models = {getattr(one, "attr", getattr(one, "id", "")) for one in elements}
        whole = len(elements) > 1
        if whole and len(words) == len(elements) and (words <= set(ITEM_KINDS) or words <= set(MODELS)):
            yield f"{node.lineno}: {sorted(map(str, words))}"
        elif whole and models <= CLASSES:
            yield f"{node.lineno}: {sorted(models)}"


def test_a_list_of_kinds_is_seen() -> None:
    lists = (
        'A = {"notice", "end"}\nB = kind in ("act", "signature")\nC = (f.Amended, Signed)\nD = {"end": 1, "act": 2}\n'
    )
    assert len(list(lists_of_kinds(lists))) == 4
    assert list(lists_of_kinds('E = ("end", "of the road")\nF = ("end",)')) == []


def test_no_list_of_kind_names_stands_beside_the_kinds() -> None:
    looked_at = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in SOURCES}
    assert set(NO_LISTS) <= set(looked_at)
    found = {name: lists for name, text in looked_at.items() if (lists := list(lists_of_kinds(text)))}
    assert set(found) - set(NO_LISTS) == set(), found


def files_that_name(kind: str, texts: list[str]) -> int:
    """How many sources and templates name a kind of fact: its model, or its word between quotes or after `record`."""
    named = re.compile(rf"\b{MODELS[kind].__name__}\b|[\"']{kind}[\"'= ]|record [^\n]*\b{kind}\b")
    return sum(named.search(text) is not None for text in texts)


def test_half_of_the_kinds_of_fact_are_named_in_five_files_at_most() -> None:
    texts = [path.read_text("utf-8") for path in (*SOURCES, *TEMPLATES)]
    counts = {kind: files_that_name(kind, texts) for kind in MODELS}
    assert min(counts.values()) >= 3  # its model, its check, and what reads it
    assert median(counts.values()) <= 5, sorted(counts.items(), key=lambda one: one[1])


def test_what_refuses_a_fact_stands_in_the_file_of_its_theme() -> None:
    assert len(CHECKS) == len(MODELS)
    for registered in (CHECKS, HANGS):
        places = {model.__name__: (_theme(model), _theme(function)) for model, function in registered.items()}
        assert {name: place for name, place in places.items() if place[0] != place[1]} == {}


def _theme(thing: object) -> str:
    return str(thing.__module__).rpartition(".")[2]
