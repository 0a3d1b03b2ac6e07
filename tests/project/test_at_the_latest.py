"""« Avant le » is never followed by a day that still counts: it is « au plus tard le » everywhere we speak."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.project_files import ROOT

BEFORE_A_DAY = re.compile(
    r"(?<!pas )avant\s+(?:le\s*(?=$|[{}\d*<\"]|1er\b)|(?:cette\s+date|ce\s+jour(?:-là)?)\b|lequel\b)", re.IGNORECASE
)
"""A day, or what stands for one: a figure, a hole to fill, the end of a text that a day is joined to. « Pas avant le » names
the first day, which counts as it should."""
QUOTED = re.compile(r"«[^«»]*»")
"""What a paper says is its own affair."""

NOT_COUNTED = {
    # A day before which nothing may be done: it is the first that counts.
    " ; pas écoulé avant le {} au soir": "first day",
    "« {} » prépare le renouvellement, et ne peut se tenir avant le {}, jour où le texte en est arrêté : il est prévu le {}. "
    "Le réunir plus tôt d’un commun accord, ou arrêter le texte plus tard.": "first day",
    "les signatures ne peuvent pas être recueillies avant le {} : on ne signe qu’à partir du {} ; un jour à partir de celui-ci "
    "serait accepté.": "first day",
    "Différend : ne pas saisir {} avant ce jour": "first day",
    "Une période commencée avant ce jour garde l’ancien montant.": "first day",
    "La clause de résiliation ne permet de finir qu’à une échéance, et aucune ne vient avant le {}, où la convention s’achève "
    "d’elle-même : elle ne sert à rien avant la fin.": "on that day it is over anyway",
    # Neither a deadline nor a date of ours.
    "« {} » est du texte, et les dates de cette colonne sont toutes d’un jour avant le 13 : un tableur réglé en anglais lit "
    "02/03 comme le 3 février. Vérifier chaque date de la colonne, puis donner à celle-ci le format Date": "the twelve first",
    "pas d’accent avant le «\xa0@\xa0»": "no day",
    # How far one day is from another.
    "{} avant le ": "a distance",
    "{} avant le {}": "a distance",
    "{} mois avant le ": "a distance",
    "{} réelles avant le ": "a distance",
    "{} avant le {}, comptés jusqu’à la réception → reçu au plus tard le {}": "a distance",
    # « avant le » is what the paper says, and is read as the eve.
    "chaque année, avant le {}": "the eve is the last day",
    "avant le {}": "the eve is the last day",
    "avant le 31 mars": "an example of a cell of a sheet",
    # The day on which nothing is in force any more.
    ", rendu exécutoire dans la semaine, donc avant le {}": "the morrow of the end",
}
"""What may be said, with the reason: the sentence as it stands, its holes as {}."""


OF_TEMPLATES = ("La convention prend fin avant cette date, ou l’obligation",)
"""The same in templates, the beginning of a line: here a day on which the convention is over."""


def french_files() -> list[Path]:
    templates = [
        p for p in (ROOT / "echeancier/templates").rglob("*") if p.suffix in (".html", ".txt", ".typ", ".toml", ".svg")
    ]
    return sorted(p for p in templates if "en" not in p.relative_to(ROOT).parts)


def sentences(path: Path) -> Iterator[str]:
    """Yield every text of a Python file, pieces put together, whatever fills a hole as {}; but what explains the code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    explaining = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside | explaining:
            yield node.value


def said_of_code() -> Iterator[tuple[Path, str]]:
    for folder in ("echeancier", "workflows", "activities"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from (
                (path, sentence) for sentence in sentences(path) if BEFORE_A_DAY.search(QUOTED.sub("", sentence))
            )


@pytest.mark.parametrize("path", french_files(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_template_says_before_a_day_that_counts(path: Path) -> None:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    assert [one for one in lines if BEFORE_A_DAY.search(QUOTED.sub("", one)) and not one.startswith(OF_TEMPLATES)] == []


def test_no_text_of_the_program_says_it_but_where_the_day_does_not_count() -> None:
    found = {sentence for _, sentence in said_of_code()}
    assert sorted(found - NOT_COUNTED.keys()) == []
    assert sorted(NOT_COUNTED.keys() - found) == []  # what is said no more is listed no more


@pytest.mark.parametrize("path", [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"], ids=lambda p: p.name)
def test_no_page_says_it_outside_the_words_of_a_paper(path: Path) -> None:
    found = [one for one in path.read_text(encoding="utf-8").splitlines() if BEFORE_A_DAY.search(QUOTED.sub("", one))]
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["à traiter avant le {{ day }}", "agir avant le", "à faire avant le {} au soir", "avant le 1er mars", "avant cette date"]
)  # fmt: skip
def test_the_search_finds_what_it_is_for(text: str) -> None:
    assert BEFORE_A_DAY.search(text)
