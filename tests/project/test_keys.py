"""The key of an item is a reference: nobody reads back what it is made of; the item says it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.project_files import ROOT

READING = {
    "split", "rsplit", "partition", "rpartition", "startswith", "endswith", "removeprefix", "removesuffix", "count",
}  # fmt: skip
NAMES = {"key", "item_key"}
PROGRAM = ("echeancier/domain", "echeancier/desk", "echeancier/adapters", "echeancier/cli", "echeancier/partners",
           "echeancier/feeds", "activities", "workflows")  # fmt: skip
OTHER_KEYS = {
    "echeancier/domain/running/keys.py",  # of what seals: owner/number
    "echeancier/desk/form/sheet.py",  # of a field of a form
}
"""Where a name ``key`` is not the key of an item."""


def readings(source: str) -> Iterator[int]:
    """Yield the lines that read a key as a string: ``item.key.split(…)``, ``fact.item.partition(…)``, ``key.startswith(…)``."""
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READING):
            continue
        of = node.func.value
        named = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
        if named in NAMES or (named == "item" and isinstance(of, ast.Attribute)):
            yield node.lineno


def modules() -> list[Path]:
    return sorted(path for folder in PROGRAM for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize(
    "source",
    [
        'item.key.split("/")[0]',
        'i.key.startswith("act/")',
        'key.rpartition("/")',
        'line.item.partition("/")',
        "key.count('/')",
    ],
)
def test_what_reads_a_key_is_found(source: str) -> None:
    assert list(readings(source)) == [1]


def test_no_key_is_read_back() -> None:
    found = [
        f"{name}:{line}"
        for path in modules()
        if (name := str(path.relative_to(ROOT))) not in OTHER_KEYS
        for line in readings(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("name", sorted(OTHER_KEYS))
def test_what_is_let_pass_is_still_needed(name: str) -> None:
    assert list(readings((ROOT / name).read_text("utf-8")))
