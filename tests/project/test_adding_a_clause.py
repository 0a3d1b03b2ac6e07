"""The walk of CONTRIBUTING.md that adds a kind of clause, followed for real in a copy of the tree."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]
PARTS = ("echeancier", "workflows", "activities", "tests", "examples", "docs", "pyproject.toml")
LIVED = """
from datetime import UTC, datetime
from echeancier.domain.agenda.agenda import agenda
from tests.desk.test_form_sheet import add, blank_sheet, complete, remove, written

sheet = blank_sheet()
remove(sheet, "act")
add(sheet, "insurance")
made = written(complete(sheet))
assert made.convention is not None, made.problems
print([item.key for item in agenda(made.convention, (), datetime(2026, 1, 5, tzinfo=UTC)).items if item.kind == "document"])
"""


def test_a_kind_of_clause_is_added_in_the_five_files_of_the_walk(tmp_path: Path) -> None:
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    walk = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Adding a kind of clause\n")[1].split("\n## ")[0]
    blocks = [dedent(one).rstrip() for one in re.findall(r"```\w+\n(.*?)```", walk, re.DOTALL)]
    model, line, dates, called, words, draft, row = blocks
    steps = re.findall(r"`((?:echeancier|docs)/[\w/.-]+)`", walk)
    assert len(steps) == 6, "five files, and the one line of the second"
    duties, convention, money, labels, catalogue, page = (tmp_path / name for name in steps)

    _insert(duties, "$", f"\n\n{model}\n")
    _insert(convention, r"    window: [^\n]*\n", f"    {line}\n")
    _insert(convention, r"terms\.duties import ", "Insurance, ")
    _insert(money, "$", f"\n\n{dates}\n")
    _insert(money, r"terms\.duties import ", "Insurance, ")
    _insert(money, r"yield from _windows\(s, window\)\n", "".join(f"    {one}\n" for one in called.splitlines()))
    _insert(labels, r"\[fields\]\n", f"{words}\n")
    _insert(catalogue, "$", f"\n{draft}\n")
    _insert(page, r"\| `\[\[window\]\]`[^\n]*\n", f"{row}\n")

    lived = _run(tmp_path, "-c", LIVED)
    assert lived.strip() == str([f"attestation-dassurance/{year}" for year in (2026, 2027, 2028)])
    quick = ("-m", "pytest", "-q", "-p", "no:xdist")
    _run(tmp_path, *quick, "tests/desk/test_form_sheet.py", "-k", "words or insurance or catalogue_belongs")
    _run(tmp_path, *quick, "tests/adapters/test_file_pages.py", "-k", "block")


def _insert(file: Path, after: str, text: str) -> None:
    before = file.read_text("utf-8")
    (found,) = list(re.finditer(after, before))[-1:] if after == "$" else list(re.finditer(after, before))
    file.write_text(before[: found.end()] + text + before[found.end() :], "utf-8")


def _run(where: Path, *command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=where, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
