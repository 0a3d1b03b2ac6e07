"""A convention written as its file, and what is to be looked at beside each key."""

from pathlib import Path

import pytest

from echeancier.adapters.files.convention_file import load_convention, parse_convention
from echeancier.adapters.files.convention_writer import convention_file
from tests.support.project_files import ROOT

FILES = sorted(path for path in (ROOT / "examples").glob("*.toml") if not path.name.endswith(".facts.toml"))
SQF = load_convention(ROOT / "examples" / "sqf-p.toml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_written_says_the_same_convention(path: Path) -> None:
    convention = load_convention(path)
    assert parse_convention(convention_file(convention), path.name) == convention


def after(text: str, comment: str) -> str:
    """The line that follows a comment."""
    lines = text.splitlines()
    return lines[next(n for n, line in enumerate(lines) if comment in line) + 1]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("title", "title = "),
        ("term", "[term]"),
        ("effect.on", "on = 2021-01-01"),
        ("parties.operator.name", 'name = "Pôle emploi'),
        ("roles", "[roles.coordinator]"),
        ("duty.3", "[[duty]]"),
        ("duty.2.meeting.excluded", "excluded = "),
        ("question.0", "[[question]]"),
    ],
)
def test_a_comment_stands_just_before_its_place(place: str, line: str) -> None:
    text = convention_file(SQF, marks={place: ["relire ceci"]})
    assert after(text, "À REVOIR\u00a0: relire ceci").startswith(line)
    assert parse_convention(text, "x") == SQF


def test_the_third_duty_is_the_one_that_is_commented() -> None:
    lines = convention_file(SQF, marks={"duty.2": ["relire ceci"]}).splitlines()
    at = next(n for n, line in enumerate(lines) if "relire ceci" in line)
    assert lines[at + 2] == f'id = "{SQF.duty[2].id}"'


def test_what_has_no_place_in_the_file_is_said_at_its_beginning() -> None:
    text = convention_file(SQF, ["une tête"], {"number": ["le demander"]})
    assert text.splitlines()[:2] == ["# une tête", "# number\u00a0: le demander"]
    assert parse_convention(text, "x") == SQF
