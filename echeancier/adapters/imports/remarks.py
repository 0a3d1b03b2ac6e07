"""The sheet that was brought, given back with a column that says of each row how it stands or what would be right.

Nothing else of it changes, so that it can be put right where it was typed and imported again: the column is passed when the sheet
is read, and written over when it is there already. A formula becomes the value that it showed, the one that was read. Made to be
run apart (`adapters.apart`): a workbook is opened whole.
"""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Alignment
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from echeancier.adapters.imports.sheet import SEPARATED_BY, decoded

REMARKS: Final = "À corriger (Échéancier)"
"""The heading of the column; nobody has a column of that name."""

_WIDTH: Final = 60


@dataclass(frozen=True)
class TablePlace:
    """Where the table of a sheet stands.

    Attributes:
        sheet: name of the sheet, or the separator of a CSV.
        headings: number of the row of headings, as the spreadsheet shows it.
        width: how many cells that row has.
        column: place of our column in it, from 0, None where it has none yet.
        separated: whether it is a CSV.
    """

    sheet: str
    headings: int
    width: int
    column: int | None
    separated: bool


def with_remarks(raw: bytes, place: TablePlace, remarks: Mapping[int, str]) -> bytes:
    """Return the sheet with its remarks, in the form it was brought in.

    Args:
        raw: an xlsx or CSV file that was read.
        place: where its table stands.
        remarks: of each row, by its number.
    """
    said = {**remarks, place.headings: REMARKS}
    return _in_csv(raw, place, said) if place.separated else _in_workbook(raw, place, said)


def _in_workbook(raw: bytes, place: TablePlace, said: Mapping[int, str]) -> bytes:
    book, shown = load_workbook(io.BytesIO(raw)), load_workbook(io.BytesIO(raw), data_only=True, read_only=True)
    sheet = book[place.sheet]
    for row, values in zip(sheet.iter_rows(), shown[place.sheet].iter_rows(values_only=True), strict=False):
        for cell, value in zip(row, values, strict=False):
            if cell.data_type == "f" and value is not None:
                _write(cell, value)
    column = sheet.max_column + 1 if place.column is None else place.column + 1
    for number, words in said.items():
        cell = sheet.cell(number, column)
        if isinstance(cell, MergedCell):  # a title merged over our column: it says nothing of a row
            continue
        _write(cell, words)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions[sheet.cell(place.headings, column).column_letter].width = _WIDTH
    stream = io.BytesIO()
    _InMemory(book, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)).save()
    return stream.getvalue()


class _InMemory(ExcelWriter):  # type: ignore[misc]  # the library has no types
    """Writes a workbook without the temporary file that each sheet takes: whoever reads apart may write none."""

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as the library does
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001
        writer = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001
        self._archive.writestr(ws.path[1:], writer.out.getvalue())
        self.manifest.append(ws)


def _write(cell: Cell, value: Any) -> None:
    """A text that begins with an equals sign stays one."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _in_csv(raw: bytes, place: TablePlace, said: Mapping[int, str]) -> bytes:
    text = decoded(raw)
    told = SEPARATED_BY.match(text)
    stream = io.StringIO(newline="")
    if told:
        stream.write(told[0])
    write = csv.writer(stream, delimiter=place.sheet)
    body = text[told.end() :] if told else text
    for number, row in enumerate(csv.reader(io.StringIO(body, newline=""), delimiter=place.sheet), 2 if told else 1):
        write.writerow(_row(row, place, said[number]) if number in said else row)
    return stream.getvalue().encode("utf-8-sig")


def _row(row: Sequence[str], place: TablePlace, words: str) -> list[str]:
    """The remark stands under its heading; a cell too many stays one, after it."""
    if place.column is None:
        return [*row[: place.width], *[""] * (place.width - len(row)), words, *row[place.width :]]
    found = [*row, *[""] * (place.column + 1 - len(row))]
    found[place.column] = words
    return found
