"""A sheet given back with its remarks: nothing else of it changes, and it is imported again as it is."""

import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from echeancier.adapters.imports.remarks import REMARKS, with_remarks
from echeancier.adapters.imports.sheet import decoded
from tests.adapters.test_imports import GOOD, saved, semicolons, table, xlsx

SAID = {2: "à corriger – Durée (mois) : « 36 – 48 » dit plus", 3: "à commencer"}
TWO = ({**GOOD, "Durée (mois)": "36 – 48", "Mes notes": "voir\nla direction"}, {**GOOD, "Référence": "VILLE-2"})


def remarked(raw: bytes, said: dict[int, str]) -> bytes:
    return with_remarks(raw, table(raw).place, said)


def cells(raw: bytes) -> list[list[object]]:
    if raw[:2] != b"PK":
        return [list(row) for row in csv.reader(io.StringIO(decoded(raw), newline=""), delimiter=";")]
    sheet = load_workbook(io.BytesIO(raw)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("write", [xlsx, lambda *rows: semicolons(*rows).replace("voir\n", "voir ").encode("cp1252")])
def test_a_column_is_added_and_the_rest_stays_as_it_was(write: Callable[..., bytes]) -> None:
    raw = write(*TWO)
    given = remarked(raw, SAID)
    assert [row[:-1] for row in cells(given)] == cells(raw)
    assert [row[-1] for row in cells(given)] == [REMARKS, SAID[2], SAID[3]]
    before, after = table(raw), table(given)
    assert (after.rows, after.ignored) == (before.rows, before.ignored)


@pytest.mark.parametrize("write", [xlsx, lambda *rows: semicolons(*rows).replace("voir\n", "voir ").encode()])
def test_given_back_twice_it_has_one_column_of_remarks_and_the_last_ones(write: Callable[..., bytes]) -> None:
    first = remarked(write(*TWO), SAID)
    second = remarked(first, {2: "commencée", 3: "commencée"})
    assert [row[-1] for row in cells(second)] == [REMARKS, "commencée", "commencée"]
    assert [len(row) for row in cells(second)] == [len(row) for row in cells(first)]


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\r\n', ""])
def test_a_csv_keeps_its_first_line_and_a_cell_too_many_is_still_one(first: str) -> None:
    raw = (first + semicolons(GOOD).rstrip("\r\n") + ";de trop\r\n").encode()
    before = table(raw)
    assert [w for row in before.rows for w in row.wrong if "plus de cellules" in w.words]
    given = remarked(raw, {row.number: "à corriger" for row in before.rows})
    assert given.decode("utf-8-sig").startswith(first)
    after = table(given)
    assert [row.wrong for row in after.rows] == [row.wrong for row in before.rows]


def test_days_of_a_workbook_that_counts_from_1904_and_of_bands_above_stay_the_same() -> None:
    book = load_workbook(io.BytesIO(xlsx(GOOD, above=(("Nos conventions", None, None),))))
    sheet = book.worksheets[0]
    sheet.merge_cells("A1:Z1")
    book.epoch = CALENDAR_MAC_1904
    sheet["G3"] = datetime(2024, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
    raw = saved(book)
    given = remarked(raw, {3: "à commencer"})
    assert table(given).rows == table(raw).rows
    assert load_workbook(io.BytesIO(given)).epoch == CALENDAR_MAC_1904
    assert cells(given)[2][-1] == "à commencer"


def test_a_list_beside_the_table_and_another_sheet_are_left_where_they_are() -> None:
    book = load_workbook(io.BytesIO(xlsx(GOOD)))
    book.worksheets[0]["M2"] = "ma liste"
    other = book.create_sheet("Autre")
    other["A1"] = "autre chose"
    given = load_workbook(io.BytesIO(remarked(saved(book), {2: "à commencer"})))
    assert (given.worksheets[0]["M2"].value, given.worksheets[0]["N2"].value) == ("ma liste", "à commencer")
    assert given["Autre"]["A1"].value == "autre chose"


def test_a_formula_becomes_the_value_that_was_read() -> None:
    import xlsxwriter  # noqa: PLC0415 - the one library that writes what a formula shows

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, (head, value) in enumerate(GOOD.items()):
            sheet.write_string(0, number, head)
            if head == "Durée (mois)":
                sheet.write_formula(1, number, "=12*3", None, 36)
            elif isinstance(value, str):
                sheet.write_string(1, number, value)
            else:
                sheet.write_datetime(1, number, value, day)
    raw = stream.getvalue()
    said = table(raw).rows[0].said
    assert said["months"] == 36
    assert table(remarked(raw, {2: "à commencer"})).rows[0].said == said


def test_a_remark_is_never_a_formula() -> None:
    given = load_workbook(io.BytesIO(remarked(xlsx(GOOD), {2: "=1+1"}))).worksheets[0]
    assert given.cell(2, given.max_column).data_type == "s"
