"""The table of clauses says the truth: each clause of an example, and the elements that cite it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from echeancier.adapters.files.convention_file import load_convention
from echeancier.domain.terms.convention import Convention

ROOT = Path(__file__).resolve().parents[2]
CONVENTIONS = sorted(p for p in (ROOT / "examples").glob("*.toml") if not p.name.endswith(".facts.toml"))
SINGLES = (
    "effect", "term", "renewal", "parent", "suspension", "dispute", "account_manager",
    "data_protection", "territory",
)  # fmt: skip
GROUPS = (
    "termination", "automatic_end", "breach", "duty", "event_duty", "one_off", "end_duty", "window", "payment", "question",
    "remark", "survival", "gate",
)  # fmt: skip

examples = pytest.mark.parametrize("path", CONVENTIONS, ids=lambda path: path.stem)


def citing(convention: Convention) -> dict[str, set[str]]:
    """The names of the elements that cite each clause: an id, or the block's own name if it stands alone."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, clauses in _citations(convention):
        for clause in clauses:
            found[clause].add(name)
    return found


def _citations(convention: Convention) -> Iterator[tuple[str, tuple[str, ...]]]:
    for single in SINGLES:
        if (block := getattr(convention, single)) is not None:
            yield single, block.clauses
    for act in convention.act:
        yield "act" if act.id is None else act.id, act.clauses
    for key, party in convention.parties.items():
        yield f"parties.{key}", party.clauses
    for group in GROUPS:
        for element in getattr(convention, group):
            yield element.id, element.clauses
    for breach in convention.breach:
        for step in breach.steps:
            yield f"{breach.id} ({step.does})", step.clauses


def section(reference: str) -> dict[str, str]:
    """The rows of one convention's section: clause -> what stands beside it."""
    text = (ROOT / "docs" / "clauses.md").read_text("utf-8")
    found = re.search(rf"^## {re.escape(reference)}\b.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/clauses.md has no section for {reference}"
    rows = re.findall(r"^\| ([A-Z]+-[A-Z]\.\d+)(?: \([^)]*\))? \| (.+) \|$", found[0], re.MULTILINE)
    assert len(rows) == len(dict(rows)), f"a clause stands twice in the section of {reference}"
    return dict(rows)


@examples
def test_the_table_has_every_clause_of_the_file(path: Path) -> None:
    convention = load_convention(path)
    assert {clause.id for clause in convention.clause} - section(convention.reference).keys() == set()


@examples
def test_the_table_names_exactly_the_elements_that_cite_a_clause(path: Path) -> None:
    convention = load_convention(path)
    cited, rows = citing(convention), section(convention.reference)
    named = {clause: set(re.findall(r"`([^`]+)`", rows[clause])) for clause in cited}
    wrong = {clause: sorted(named[clause] ^ by) for clause, by in cited.items() if named[clause] != by}
    assert wrong == {}


@examples
def test_a_clause_that_the_file_leaves_out_has_its_reason(path: Path) -> None:
    convention = load_convention(path)
    written = {clause.id for clause in convention.clause}
    others = {c: said for c, said in section(convention.reference).items() if c not in written}
    assert [c for c, said in others.items() if ": " not in said] == []


@examples
def test_the_clauses_of_a_section_follow_one_another_without_a_gap(path: Path) -> None:
    reference = load_convention(path).reference
    own = [int(c.rpartition(".")[2]) for c in section(reference) if c.startswith(f"{reference}.")]
    assert own == list(range(1, len(own) + 1))
