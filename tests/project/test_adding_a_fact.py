"""The walk of CONTRIBUTING.md that adds a fact, followed for real in a copy of the tree."""

import re
from pathlib import Path

import pytest

from tests.support.project_files import ROOT
from tests.support.walk import blocks, copy_tree, run, walk
from tests.write_pages import TABLES, VECTORS, vectors, written


@pytest.mark.parametrize("path", TABLES, ids=str)
def test_the_tables_of_the_documentation_are_written_from_the_models(path: Path) -> None:
    page = (ROOT / path).read_text(encoding="utf-8")
    assert page == written(path, page)


def test_the_worked_cases_are_published_as_they_are_tested() -> None:
    assert (ROOT / VECTORS).read_text("utf-8") == vectors()


def test_a_fact_is_added_in_the_four_files_of_the_walk(tmp_path: Path) -> None:
    copy_tree(tmp_path)
    words = walk("Adding a fact")
    model, check, life = blocks(words)
    files = [tmp_path / name for name in re.findall(r"`([\w/]+\.py)`", words)]
    assert len(files) == 3  # and the page, written by a command
    facts, door, lives = files

    text = facts.read_text(encoding="utf-8")
    before, line, after = re.split(r"^(PersonalDataFact = .*)$", text, maxsplit=1, flags=re.MULTILINE)
    facts.write_text(f"{before}{model}\n\n\n{line} | RecordUpdated{after}", encoding="utf-8")
    text = door.read_text(encoding="utf-8")
    imported = "from echeancier.domain.facts.personal_data import "
    door.write_text(text.replace(imported, f"{imported}RecordUpdated, ") + f"\n\n{check}\n", encoding="utf-8")
    text = lives.read_text(encoding="utf-8")
    before, after = text.split('    "mtz-a": (')
    lives.write_text(
        before + '    "mtz-a": (' + after.replace("\n    ),", f"\n        {life},\n    ),", 1), encoding="utf-8"
    )

    run(tmp_path, "-m", "tests.write_pages")
    assert "| `record-updated` |" in (tmp_path / "docs/facts-file.md").read_text(encoding="utf-8")
    run(
        tmp_path,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "tests/desk/test_every_kind.py",
        "-k",
        "record-updated or its_life",
    )
