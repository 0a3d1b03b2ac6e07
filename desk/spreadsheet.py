"""Lines of « Échéances » as files that a spreadsheet opens: days typed as days, nothing taken for a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from desk.deadlines import Due
from desk.words import sayer, shown

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"

_BOM: Final = "\ufeff"
# What a spreadsheet takes for a formula (OWASP, CSV injection), full-width signs included.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_WIDTHS: Final = (22, 46, 34, 22, 18, 22, 16, 16, 16, 22, 44, 44)

Cell = str | date | None


def xlsx_of(found: Iterable[Due], language: str) -> bytes:
    """Return a workbook: one line per convention, a filter on each column, a header that stays."""
    book = Workbook()
    sheet = book.active
    sheet.title = sayer(language)("Échéances", "Deadlines")
    rows = [headings(language), *(cells(due) for due in found)]
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, date):
                cell.value = value
                cell.number_format = "yyyy-mm-dd" if language == "en" else "dd/mm/yyyy"
            elif value:
                # « =1+1 » typed in a title must stay words: a text cell, whatever it begins with.
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
                cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_of(found: Iterable[Due], language: str) -> bytes:
    """Return semicolons, CRLF, UTF-8 with its mark; days as jj/mm/aaaa (ISO in English)."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings(language))
    for due in found:
        writer.writerow(
            [shown(c, language, "") if isinstance(c, date) else _harmless(c or "") for c in cells(due)]
        )
    return (_BOM + text.getvalue()).encode()


def headings(language: str) -> tuple[str, ...]:
    """Return the names of the columns."""
    say = sayer(language)
    return (
        say("Référence", "Reference"), say("Convention", "Convention"), say("Partenaire", "Partner"), say("Service", "Service"),
        say("Situation", "Status"), say("Nature", "Kind"), say("Prochain jour prudent", "Next safe day"),
        say("Résiliation à poster avant le", "Notice to post by"), say("Dernier jour en vigueur", "Last day in force"),
        say("Urgence", "Urgency"), say("Renouvellement", "Renewal"), say("Ce qui menace", "What threatens it"),
    )  # fmt: skip


def cells(due: Due) -> tuple[Cell, ...]:
    """Return a line, days as days."""
    row = due.row
    return (
        row.reference, due.title, row.partner, row.service, due.status, due.kind, row.next_safe_day, row.next_posting_day,
        row.ends_on, due.urgency, due.next_step, due.threat,
    )  # fmt: skip


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
