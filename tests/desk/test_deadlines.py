"""« Échéances »: one list of the engine, filtered, counted, printed, exported."""

import csv
import io
from datetime import date, datetime

import httpx
import openpyxl
import pytest

from echeancier.desk.deadlines.lines import ConventionDue, by_month, lines, matching, still_to_come, until, window_of
from echeancier.desk.deadlines.spreadsheet import csv_of, xlsx_of
from echeancier.engine.gateway import Row
from tests.desk.fakes import FakeRegister, example
from tests.desk.html import read

TODAY = date(2023, 3, 1)


def row(reference: str = "A", **changes: object) -> Row:
    given: dict[str, object] = {
        "reference": reference, "status": "in-force", "kind": "cooperation", "partner": "Opérateur", "service": "Emploi",
        "bound_until": None, "next_posting_day": None, "next_safe_day": None, "has_alert": False,
    }  # fmt: skip
    return Row(**{**given, **changes})  # type: ignore[arg-type]


def due(**changes: object) -> ConventionDue:
    return lines([row(**changes)], {}, TODAY, "fr")[0]  # type: ignore[arg-type]


async def test_every_window_is_cut_from_one_question_to_the_engine_and_none_to_a_workflow(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    for window in ("3", "6", "12"):
        await client.get(f"/echeances?mois={window}")
    assert [call for call in register.calls if call[0] != "rows"] == [("upcoming", "2024-03-01")]


async def test_a_shorter_window_holds_what_the_engine_would_have_given(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    for name in ("mtz-p", "ida-o", "bri-p", "tcm-p"):
        dossier = example(name)
        register.dossiers[dossier.convention.reference] = dossier
    page = read((await client.get("/echeances?mois=3")).text)
    for row in await register.rows():
        given = row in still_to_come(await register.upcoming(until(TODAY, 3)), TODAY)
        assert (row.reference in page.text) is given


@pytest.mark.parametrize(
    ("asked", "months"), [("3", 3), ("6", 6), ("12", 12), ("", 12), ("999", 12), ("-1", 12), ("²", 12)]
)
def test_only_the_windows_offered_can_be_asked_for(asked: str, months: int) -> None:
    assert window_of(asked) == months


def test_a_safe_day_behind_us_is_late_in_words_and_first() -> None:
    found = lines([row("A", bound_until=date(2023, 4, 1)), row("B", next_safe_day=date(2023, 2, 26))], {}, TODAY, "fr")
    assert [(one.row.reference, one.level, one.urgency) for one in found] == [
        ("B", "late", "jour prudent passé"),
        ("A", "near", "dans 31\u00a0jours"),
    ]


def test_an_alert_is_late_whatever_its_days() -> None:
    found = due(has_alert=True, bound_until=date(2024, 1, 1))
    assert (found.level, found.urgency) == ("late", "alerte")


def test_an_unknown_end_is_not_late() -> None:
    assert due().level == "calm"


def test_what_is_over_and_asks_nothing_is_left_out() -> None:
    over = row(bound_until=date(2022, 12, 31))
    assert still_to_come([over, row("B", bound_until=TODAY)], TODAY) == [row("B", bound_until=TODAY)]


def test_filters_add_up() -> None:
    rows = [row("A"), row("B", partner="Autre"), row("C", partner="Autre", kind="other")]
    assert [r.reference for r in matching(rows, {"partner": "Autre", "kind": "other", "service": ""})] == ["C"]


def test_ends_and_posting_days_are_counted_by_month() -> None:
    rows = [row("A", bound_until=date(2023, 4, 30)), row("B", bound_until=date(2023, 4, 1), next_posting_day=TODAY)]
    months = by_month(rows, TODAY, 3)
    assert [(m.first, m.ends, m.posts) for m in months] == [
        (date(2023, 3, 1), 0, 1), (date(2023, 4, 1), 2, 0), (date(2023, 5, 1), 0, 0), (date(2023, 6, 1), 0, 0),
    ]  # fmt: skip


async def test_a_filter_is_kept_by_the_export(client: httpx.AsyncClient) -> None:
    page = read((await client.get("/echeances?kind=cooperation&mois=12")).text)
    link = next(link for link in page.links if link.startswith("/echeances.xlsx"))
    answer = await client.get(link)
    assert answer.headers["content-disposition"] == 'attachment; filename="echeances-2023-03-01.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet["A"]] == ["Référence", "SQF-P"]


def test_days_are_days_and_words_are_words_in_excel() -> None:
    content = xlsx_of([due(partner="=1+1", service="0042", bound_until=date(2023, 4, 30))], "fr")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    partner, service, ends = sheet["C2"], sheet["D2"], sheet["I2"]
    assert (partner.value, partner.data_type) == ("=1+1", "s")
    assert (service.value, service.data_type) == ("0042", "s")
    assert (ends.value, ends.number_format) == (datetime(2023, 4, 30), "dd/mm/yyyy")  # noqa: DTZ001 - openpyxl's own


def test_a_character_no_workbook_can_hold_is_left_out() -> None:
    content = xlsx_of([due(partner="Op\x07érateur")], "fr")
    assert openpyxl.load_workbook(io.BytesIO(content)).active["C2"].value == "Opérateur"


@pytest.mark.parametrize("partner", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\uff1dA1"])
def test_no_cell_of_the_csv_is_a_formula(partner: str) -> None:
    text = csv_of([due(partner=partner, bound_until=date(2023, 4, 30))], "fr").decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(text), delimiter=";"))[1]
    assert cells[2] == f"'{partner}"
    assert cells[8] == "30/04/2023"


async def test_a_french_excel_opens_the_csv_by_a_double_click(client: httpx.AsyncClient) -> None:
    content = (await client.get("/echeances.csv")).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
