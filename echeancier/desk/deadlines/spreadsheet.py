"""Lines of « Échéances » as files that a spreadsheet opens: days typed as days, nothing taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

import xlsxwriter

from echeancier.desk.deadlines.lines import ConventionDue
from echeancier.desk.words import sayer
from echeancier.domain.agenda.end_shown import BOUND_UNTIL, LAST_DAY
from echeancier.domain.dates.words import shown
from echeancier.domain.typography import said

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"

_BOM: Final = "\ufeff"
# What a spreadsheet takes for a formula (OWASP, CSV injection), full-width signs included.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
ILLEGAL_CHARACTERS: Final = re.compile(r"[\000-\010\013\014\016-\037]")
"""What XML cannot hold."""

_WIDTHS: Final = (22, 46, 34, 22, 18, 22, 16, 16, 16, 16, 22, 44, 44, 60, 24)

Cell = str | date | None


def xlsx_of(found: Iterable[ConventionDue], language: str) -> bytes:
    """Return a workbook: one line per convention, a filter on each column, a header that stays."""
    stream = io.BytesIO()
    # « =1+1 » typed in a title must stay words: nothing is taken for a formula, an address or a number.
    options = {
        "in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(stream, options)
    sheet = book.add_worksheet(sayer(language)("Échéances", "Deadlines"))
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd" if language == "en" else "dd/mm/yyyy"})
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for column, words in enumerate(headings(language)):
        sheet.write_string(0, column, words, bold)
    last = 0
    for last, due in enumerate(found, start=1):
        for column, value in enumerate(cells(due)):
            if isinstance(value, date):
                sheet.write_datetime(last, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 - a day
            elif value:
                sheet.write_string(last, column, ILLEGAL_CHARACTERS.sub("", value))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(_WIDTHS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()


def csv_of(found: Iterable[ConventionDue], language: str) -> bytes:
    """Return semicolons, CRLF, UTF-8 with its mark; days as jj/mm/aaaa (ISO in English)."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings(language))
    for due in found:
        writer.writerow([shown(c, language, "") if isinstance(c, date) else _harmless(c or "") for c in cells(due)])
    return (_BOM + text.getvalue()).encode()


def headings(language: str) -> tuple[str, ...]:
    """Return the names of the columns."""
    say = sayer(language)
    return (
        say("Référence", "Reference"), say("Convention", "Convention"), say("Partenaire", "Partner"), say("Service", "Service"),
        say("Situation", "Status"), say("Nature", "Kind"), say("Prochain jour prudent", "Next safe day"),
        say("Lettre à poster au plus tard le", "Notice to post by"), said(LAST_DAY, language),
        said(BOUND_UNTIL, language),
        say("Urgence", "Urgency"), say("Renouvellement", "Renewal"), say("Ce qui menace", "What threatens it"),
        say("Tacite reconduction", "Tacit renewal"), say("Délai en heures : au plus tard le", "Delay in hours: by"),
    )  # fmt: skip


def cells(due: ConventionDue) -> tuple[Cell, ...]:
    """Return a line, days as days."""
    row = due.row
    return (
        row.reference, due.title, row.partner, row.service, due.status, due.kind, row.next_safe_day, row.next_posting_day,
        row.ends_on, row.bound_until if row.renews_itself else None, due.urgency, due.next_step,
        due.threat, due.renews, due.last_instant,
    )  # fmt: skip


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
