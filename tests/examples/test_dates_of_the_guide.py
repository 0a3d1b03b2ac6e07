"""The guide says nothing that the oracle does not: every day it gives was worked out by hand, and its commands run."""

import re
import shlex

import pytest

from echeancier.cli.commands import run
from tests.examples.oracle import FILES
from tests.support.project_files import ROOT

GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8").replace("\u00a0", " ")
MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip
VECTORS = [
    ROOT / "tests" / "domain" / f"{name}_vectors.json" for name in ("act", "delay", "life", "money", "notice", "term")
]
WORKED_OUT = "".join(path.read_text("utf-8") for path in (*FILES, *VECTORS))


def days() -> list[str]:
    found = re.findall(rf"\b(\d{{1,2}})(?:er)? ({'|'.join(MONTHS)}) (\d{{4}})", GUIDE)
    return sorted({f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}" for day, month, year in found})


def commands() -> list[list[str]]:
    return [shlex.split(line)[1:] for line in GUIDE.splitlines() if line.startswith("    echeancier ")]


def test_the_guide_gives_many_days() -> None:
    assert len(days()) > 40  # one example for each rule


@pytest.mark.parametrize("day", days())
def test_a_day_of_the_guide_was_worked_out_by_hand(day: str) -> None:
    assert day in WORKED_OUT


@pytest.mark.parametrize("words", [w for w in commands() if w[0] in ("plan", "notice")], ids=" ".join)
def test_a_command_of_the_guide_answers(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(words) == 0
    assert capsys.readouterr().out.strip()


def test_the_rehearsal_of_the_guide_names_files_that_are_there() -> None:
    (words,) = [w for w in commands() if w[0] == "rehearse"]
    assert all((ROOT / word).exists() for word in words if word.startswith("examples/"))
