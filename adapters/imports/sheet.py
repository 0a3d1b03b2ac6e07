"""The cells of a sheet, xlsx or CSV of a French spreadsheet, in either encoding: texts, dates, formulas told apart."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from domain.errors import FileContentError

MOST_ROWS: Final = 5000
MOST_CELLS: Final = 200
_LARGEST: Final = 60_000_000
"""Bytes a workbook may take once unpacked: a sheet of five thousand conventions takes a tenth of that."""


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula; ``shown`` is what the spreadsheet last showed of it, None when it never did."""

    text: str
    shown: object


Cell = str | date | int | float | Formula | None


@dataclass(frozen=True)
class Line:
    """One row of a sheet: ``number`` as the spreadsheet shows it."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing is written in it."""
        return all(cell is None or cell == "" for cell in self.cells)


def read_sheet(raw: bytes, name: str) -> tuple[Line, ...]:
    """Return the rows that hold something, of the first sheet that is not empty.

    Raises:
        FileContentError: it is no xlsx nor CSV, or it is too large.
    """
    if raw[:4] == b"PK\x03\x04":
        lines = _of_workbook(raw, name)
    elif raw[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise FileContentError(
            name, ("ancien format .xls, ou classeur protégé par un mot de passe : l’enregistrer en .xlsx",)
        )
    else:
        lines = _of_csv(raw, name)
    found = tuple(line for line in lines if not line.empty)
    if not found:
        raise FileContentError(name, ("le tableau est vide",))
    return found


def _of_workbook(raw: bytes, name: str) -> Iterator[Line]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > _LARGEST:
            raise FileContentError(
                name, ("le classeur est trop grand : un tableau de conventions, et lui seul, est attendu",)
            )
        formulas = load_workbook(io.BytesIO(raw), read_only=True)
        shown = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise FileContentError(
            name, (f"le classeur ne peut pas être lu ({error}) : l’enregistrer de nouveau en .xlsx",)
        ) from None
    for written, values in zip(formulas.worksheets, shown.worksheets, strict=True):
        pairs = zip(_rows(written), _rows(values), strict=False)
        lines = [Line(n, tuple(_pairs(a, b))) for n, (a, b) in enumerate(pairs, 1)]
        if any(not line.empty for line in lines):
            if len(lines) > MOST_ROWS + 20 and sum(not line.empty for line in lines) > MOST_ROWS + 20:
                raise FileContentError(
                    name, (f"{MOST_ROWS} conventions au plus par tableau : le couper en plusieurs",)
                )
            return iter(lines)
    return iter(())


def _rows(sheet: Any) -> Iterable[tuple[Any, ...]]:
    sheet.reset_dimensions()  # some programs write a wrong one
    return sheet.iter_rows(values_only=True, max_col=MOST_CELLS, max_row=MOST_ROWS * 4)  # type: ignore[no-any-return]


def _pairs(written: tuple[Any, ...], shown: tuple[Any, ...]) -> Iterator[Cell]:
    for number, value in enumerate(written):
        last = shown[number] if number < len(shown) else None
        if (isinstance(value, str) and value.startswith("=")) or (
            hasattr(value, "text") and hasattr(value, "ref")
        ):
            yield Formula(str(getattr(value, "text", value)), _plain(last))
        else:
            yield _plain(value)


def _plain(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool):
        return "oui" if value else "non"
    if value is None or isinstance(value, (date, int, float)):
        return value
    return value.isoformat() if isinstance(value, time) else _clean(str(value))


def _clean(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def _of_csv(raw: bytes, name: str) -> Iterator[Line]:
    if b"\0" in raw[:4000]:
        raise FileContentError(
            name, ("ni un classeur .xlsx ni un CSV : enregistrer le tableau sous l’un de ces formats",)
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # what a French Excel writes
    sample = text[:4000]
    separator = max(";\t,", key=sample.count) if any(sign in sample for sign in ";\t,") else ";"
    if sample[:4].lower() == "sep=":
        separator, text = sample[4], text.split("\n", 1)[-1]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise FileContentError(name, (f"le CSV ne peut pas être lu ({error})",)) from None
    if len(rows) > MOST_ROWS * 2:
        raise FileContentError(
            name, (f"{MOST_ROWS} conventions au plus par tableau : le couper en plusieurs",)
        )
    return (Line(n, tuple(_clean(cell) for cell in row[:MOST_CELLS])) for n, row in enumerate(rows, 1))
