"""The spreadsheet that a French Excel opens by a double click."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Echeancier

SEEN = ("--as-of", "2022-03-01", "--format", "csv")


@pytest.fixture
def rows(echeancier: Echeancier) -> list[dict[str, str]]:
    content = echeancier("plan", "sqf-p", *SEEN, facts="sqf-p").content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_begins_with_the_mark_that_excel_needs_for_accents(echeancier: Echeancier) -> None:
    assert echeancier("plan", "sqf-p", *SEEN, facts="sqf-p").content.startswith(b"\xef\xbb\xbfconvention;")


def test_lines_end_as_a_spreadsheet_expects(echeancier: Echeancier) -> None:
    content = echeancier("plan", "sqf-p", *SEEN, facts="sqf-p").content
    assert content.count(b"\n") == content.count(b"\r\n") > 50


def test_days_are_written_as_in_france(rows: list[dict[str, str]]) -> None:
    committee = next(row for row in rows if row["clé"] == "steering-committee/2022")
    assert (committee["jour prudent"], committee["dernier jour"]) == ("30/12/2022", "31/12/2022")


def test_every_item_has_its_line(rows: list[dict[str, str]], echeancier: Echeancier) -> None:
    told = echeancier("plan", "sqf-p", "--as-of", "2022-03-01", "--format", "json", facts="sqf-p")
    assert len(rows) == told.words.count('"owed_by"')


@pytest.mark.parametrize("first", ["=", "+", "-", "@"])
def test_a_cell_is_never_a_formula(echeancier: Echeancier, tmp_path: Path, first: str) -> None:
    text = (EXAMPLES / "sqf-p.toml").read_text("utf-8")
    file = tmp_path / "piege.toml"
    file.write_text(text.replace('title = "Comité', f'title = "{first}1+1 Comité'), encoding="utf-8")
    told = echeancier("plan", file, *SEEN).words
    assert f";'{first}1+1 Comité" in told
    assert f";{first}1+1" not in told
