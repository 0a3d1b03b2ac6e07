"""The table that a person reads."""

import pytest

from tests.cli.conftest import Echeancier

SEEN = ("--as-of", "2022-03-01")


@pytest.fixture
def page(echeancier: Echeancier) -> str:
    return echeancier("plan", "sqf-p", *SEEN, facts="sqf-p").words


def test_the_headings_are_french(page: str) -> None:
    head = page.partition("─")[0]
    for word in ("prudent", "dernier", "quoi", "qui → à qui", "article", "certitude", "état"):
        assert word in head


def test_days_are_written_as_in_france(page: str) -> None:
    assert "30/12/2022 31/12/2022" in page
    assert "2022-12-30" not in page


def test_a_hundred_columns_are_enough(page: str) -> None:
    assert max(len(line) for line in page.splitlines()) <= 100


def test_there_is_no_colour_outside_a_terminal(page: str) -> None:
    assert "\x1b" not in page


def test_no_line_is_cut_at_a_no_break_space(page: str) -> None:
    assert [line for line in page.splitlines() if line.strip().startswith((";", ":", "»", "?", "!"))] == []


def test_questions_and_warnings_follow_the_items(page: str) -> None:
    assert page.index("30/12/2022") < page.index("Questions (") < page.index("Avertissements (")


def test_what_is_over_stands_above_the_day_looked_from(page: str) -> None:
    lines = page.splitlines()
    mark = next(number for number, line in enumerate(lines) if "vu ce jour" in line)
    assert lines[mark].startswith("01/03/2022")
    assert "28/02/2022" in "".join(lines[:mark])
    assert "31/03/2022" in "".join(lines[mark:])


def test_reasons_are_shown_on_request_only(echeancier: Echeancier, page: str) -> None:
    told = echeancier("plan", "sqf-p", *SEEN, "--why", facts="sqf-p").words
    assert "transmission_policy" in told
    assert "transmission_policy" not in page
    assert max(len(line) for line in told.splitlines()) <= 100


def test_the_page_exists_in_english(echeancier: Echeancier) -> None:
    told = echeancier("plan", "sqf-p", *SEEN, "--lang", "en", facts="sqf-p").words
    assert "who → to whom" in told
    assert "Warnings (" in told
    assert "2022-12-30" in told


def test_unknown_dates_are_said_unknown(echeancier: Echeancier) -> None:
    told = echeancier("plan", "bri-p", "--as-of", "2016-01-01").words
    assert "dernier jour en vigueur\u00a0: inconnue" in told
