"""A name means one thing."""

import ast
from collections import Counter

from tests.support.project_files import ROOT

SOURCES = [
    *(p for top in ("echeancier", "workflows", "activities") for p in sorted((ROOT / top).rglob("*.py"))),
    ROOT / "worker.py",
]


def test_no_two_classes_have_one_name() -> None:
    """But those of a file alone: a port and what stands behind it are two things."""
    trees = [ast.parse(path.read_text("utf-8")) for path in SOURCES]
    names = Counter(node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    assert len(names) > 300
    assert [name for name, count in names.items() if count > 1 and not name.startswith("_")] == []
