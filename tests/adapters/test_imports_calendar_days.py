"""A report that comes back on days of the year, told by a row: read whole, or sent back with what would be right."""

import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from echeancier.adapters.imports.columns import column_of
from echeancier.adapters.imports.template import template
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.terms.duties import Duty
from echeancier.domain.terms.when import YearlyDay
from tests.adapters.test_imports import GOOD, only, said_wrong, saved, semicolons, table, xlsx

HEAD = "Bilan à rendre le"
REPORT: dict[str, object] = {
    HEAD: "31 mars", "Année dont le bilan rend compte": "l’année d’avant", "Bilan rendu par": "le partenaire",
}  # fmt: skip
BESIDE = {"report_year": "l’année d’avant", "report_by": "nous"}


def report(**changes: object) -> Duty:
    (duty,) = only(xlsx({**GOOD, **REPORT, **changes})).duty
    return duty


def days(typed: object) -> tuple[tuple[str, ...], str]:
    when = report(**{HEAD: typed}).when
    assert isinstance(when, YearlyDay)
    return when.on, when.limit


@pytest.mark.parametrize(
    ("typed", "on", "limit"),
    [
        ("31 mars", ("03-31",), "included"),
        ("le 31 mars de chaque année", ("03-31",), "included"),
        ("Chaque année, au plus tard le 31 Mars", ("03-31",), "included"),
        ("tous les ans le 1er février", ("02-01",), "included"),
        ("avant le 31 mars de chaque année", ("03-31",), "excluded"),
        ("jusqu’au 31 mars", ("03-31",), "included"),
        ("pour le 31 mars", ("03-31",), "included"),
        ("au 31 mars", ("03-31",), "included"),
        ("31-mars", ("03-31",), "included"),
        ("31/03", ("03-31",), "included"),
        ("05/05", ("05-05",), "included"),
        ("29 février", ("02-29",), "included"),
        ("31 déc.", ("12-31",), "included"),
        ("30 juin et 31 décembre", ("06-30", "12-31"), "included"),
        ("les 31 décembre et 30 juin", ("06-30", "12-31"), "included"),
        ("le 15 janvier, le 15 mai ; le 15 septembre", ("01-15", "05-15", "09-15"), "included"),
        ("avant le 30 juin et avant le 31 décembre", ("06-30", "12-31"), "excluded"),
        ("avant le 30 juin et le 31 décembre de chaque année", ("06-30", "12-31"), "excluded"),
    ],
)
def test_days_of_the_year_are_read_whole(typed: str, on: tuple[str, ...], limit: str) -> None:
    assert days(typed) == (on, limit)


@pytest.mark.parametrize(
    "typed",
    ["31 mars 2025", "31 mars N+1", "fin mars", "mars", "31", 31, "le 31", "vers le 31 mars", "31 mars ?", "31 mars (N-1)",
     "après le 31 mars", "le 30 juin et avant le 31 décembre", "avant le 30 juin et au plus tard le 31 décembre",
     "1er et 15 mars", "31 mars et", "mars 31", "31 mars au 30 juin", "tous les 3 mois", "avant 31 marss"],
    ids=repr,
)  # fmt: skip
def test_what_is_more_or_less_than_days_of_the_year_is_sent_back(typed: object) -> None:
    said = said_wrong(report_days=typed, **BESIDE)
    assert said.startswith(f"{HEAD}: « {typed} » ")
    assert "« 31 mars »" in said


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("30 février", "« 30 février » n’est pas un jour de l’année"),
        ("31 juin et 31 décembre", "n’est pas un jour de l’année"),
        ("31/13", "n’est pas un jour de l’année"),
        ("02/03", "dans les deux sens"),
        ("31 mars et 31/03", "deux fois"),
        (date(2025, 3, 31), "31/03/2025 est le jour d’une seule année"),
    ],
)
def test_what_is_no_day_of_the_year_says_why(typed: object, words: str) -> None:
    assert words in said_wrong(report_days=typed, **BESIDE)


def test_a_day_that_the_spreadsheet_made_of_it_is_sent_back_towards_the_text_format() -> None:
    book = load_workbook(io.BytesIO(xlsx({**GOOD, **REPORT, HEAD: date(2025, 3, 31)})))
    sheet = book.worksheets[0]
    at = [cell.value for cell in sheet[1]].index(HEAD) + 1
    for shape in ("d-mmm", "dd/mm", "dd/mm/yyyy"):
        sheet.cell(2, at).number_format = shape
        ((wrong,),) = (row.wrong for row in table(saved(book)).rows)
        assert "format Texte" in wrong.words
        assert "jj/mm/aaaa" not in wrong.words


def test_in_the_template_what_is_typed_there_stays_text() -> None:
    sheet = load_workbook(io.BytesIO(template())).worksheets[0]
    at = next(cell.column_letter for cell in sheet[1] if cell.value == HEAD)
    assert sheet.column_dimensions[at].number_format == "@"


def test_the_report_is_owed_by_whom_the_row_says_and_cited() -> None:
    theirs = report(
        **{HEAD: "avant le 31 mars", "Nom du bilan": "Compte rendu financier", "Article du bilan": "art. 6"}
    )
    assert (theirs.owed_by, theirs.owed_to, theirs.title, theirs.kind) == (
        "partner", "us", "Compte rendu financier", "report",
    )  # fmt: skip
    assert isinstance(theirs.when, YearlyDay)
    assert theirs.when.covers == "previous"
    (cited,) = (
        one for one in only(xlsx({**GOOD, **REPORT, "Article du bilan": "art. 6"})).clause if one.article == "art. 6"
    )
    assert cited.says == "Bilan, chaque année, au plus tard le 31 mars"
    each = report(**{"Bilan rendu par": "chaque partie"})
    assert (each.owed_by, each.owed_to, each.title_en) == ("each", "both", "Report")
    named = report(**{"Bilan rendu par": "Ville"})
    assert (named.owed_by, named.owed_to) == ("us", "partner")


def test_of_three_parties_one_owes_it_to_all() -> None:
    third = {"Troisième partie": "Agglo", "Adresse de la troisième partie": "service@agglo.example"}
    assert (report(**third).owed_by, report(**third).owed_to) == ("partner", "all")
    each = report(**third, **{"Bilan rendu par": "chaque partie"})
    assert (each.owed_by, each.owed_to) == ("each", "all")


def test_the_agenda_has_it_on_its_days() -> None:
    found = agenda(
        only(semicolons({**GOOD, **REPORT, "Prise d’effet": "01/01/2024", HEAD: "30 juin et 31 décembre",
                         "Année dont le bilan rend compte": "l’année même"}).encode()),
        (),
        datetime(2024, 1, 2, tzinfo=UTC),
    )  # fmt: skip
    assert [item.legal_last_day for item in found.items if item.kind == "report"] == [
        date(year, *day) for year in (2024, 2025, 2026) for day in ((6, 30), (12, 31))
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"report_days": "31 mars", "report_by": "nous"}, "Année dont le bilan rend compte: à remplir"),
        ({"report_days": "31 mars", "report_year": "l’année même"}, "Bilan rendu par: à remplir"),
        (
            {"report_days": "31 mars", **BESIDE, "report_by": "la mairie"},
            "Bilan rendu par: « la mairie » n’est pas admis",
        ),
        ({"report_title": "Bilan"}, f"Nom du bilan: ne dit rien sans « {HEAD} »"),
        ({"report_article": "art. 6"}, f"Article du bilan: ne dit rien sans « {HEAD} »"),
        ({"report_by": "nous"}, f"Bilan rendu par: ne dit rien sans « {HEAD} »"),
    ],
)
def test_what_lacks_of_a_report_is_said(cells: dict[str, object], said: str) -> None:
    assert said_wrong(**cells).startswith(said)


def test_the_columns_of_a_report_are_known_by_their_usual_headings() -> None:
    for heading, name in (
        ("Bilan", "report_days"), ("BILAN ANNUEL", "report_days"), ("Report due on", "report_days"),
        ("Bilan (si connu)", "report_days"), ("Report due by", "report_by"), ("Year of the report", "report_year"),
    ):  # fmt: skip
        found = column_of(heading)
        assert found is not None
        assert found.name == name
