"""The walk of CONTRIBUTING.md that adds a kind of clause, followed for real in a copy of the tree."""

import re
from pathlib import Path

from tests.support.walk import blocks, copy_tree, run, walk

TITLE = "Adding a kind of clause"
LIVED = """
from datetime import UTC, datetime
from echeancier.domain.agenda.agenda import agenda
from tests.desk.test_form_sheet import add, at, blank_sheet, complete, remove, written

sheet = blank_sheet()
remove(sheet, "act")
at(sheet, add(sheet, "insurance"))["month"] = "3"
made = written(complete(sheet))
assert made.convention is not None, made.problems
found = agenda(made.convention, (), datetime(2026, 1, 5, tzinfo=UTC)).items
keys = [item.key for item in found if item.kind == "document"]
assert keys == [f"attestation-d-assurance/{year}" for year in (2026, 2027, 2028)], keys
"""


def test_a_kind_of_clause_is_added_in_the_four_files_of_the_walk(tmp_path: Path) -> None:
    copy_tree(tmp_path)
    model, line, dates, called = blocks(walk(TITLE))
    named = re.findall(r"`((?:echeancier|docs)/[\w/.-]+)`", walk(TITLE))
    assert len(named) == 4
    duties, convention, dates_of, page = (tmp_path / one for one in named)

    _insert(duties, "$", f"\n\n{model}\n")
    _insert(convention, r"    window: [^\n]*\n", f"    {line}\n")
    _insert(convention, r"terms\.duties import ", "Insurance, ")
    _insert(dates_of, "$", f"\n\n{dates}\n")
    _insert(dates_of, r"terms\.duties import ", "Insurance, ")
    _insert(dates_of, r"yield from _windows\(s, window\)\n", "".join(f"    {one}\n" for one in called.splitlines()))
    run(tmp_path, "-m", "tests.write_pages")
    assert "| `[[insurance]]` | Proof of insurance to hand over each year" in page.read_text("utf-8")
    run(tmp_path, "-c", LIVED)
    quick = ("-m", "pytest", "-q", "-p", "no:xdist")
    run(tmp_path, *quick, "tests/desk/test_form_sheet.py", "-k", "words or insurance or added or belongs")
    run(tmp_path, *quick, "tests/adapters/test_file_pages.py", "-k", "block")


def _insert(file: Path, after: str, text: str) -> None:
    before = file.read_text("utf-8")
    (found,) = list(re.finditer(after, before))[-1:] if after == "$" else list(re.finditer(after, before))
    file.write_text(before[: found.end()] + text + before[found.end() :], "utf-8")
