"""An agenda as a spreadsheet that a French Excel opens by a double click."""

import csv
import io
from typing import Final

from echeancier.domain.agenda.item_row import ItemRow, item_row
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.standing.situation import Situation

_BOM: Final = "\ufeff"
# What a spreadsheet takes for a formula (OWASP, CSV injection), the full-width = + - @ of Asian ones included.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
HEADINGS: Final = {
    "fr": (
        "convention", "jour prudent", "dernier jour", "heure limite", "quoi", "genre", "qui", "à qui",
        "article", "ce que dit le texte", "certitude", "état", "fait le", "à partir du", "fin au plus tôt",
        "fin attendue", "fin au plus tard", "règle", "calcul", "clé",
    ),
    "en": (
        "convention", "safe day", "last day", "last instant", "what", "kind", "who", "to whom", "article",
        "what the text says", "certainty", "state", "done on", "from", "earliest end", "expected end",
        "latest end", "rule", "reasoning", "key",
    ),
}  # fmt: skip


def agenda_csv(s: Situation, agenda: Agenda, language: str = "fr") -> bytes:
    """Return one line per item: semicolons, CRLF, UTF-8 with its mark, days as jj/mm/aaaa (ISO in English).

    A cell that a spreadsheet would take for a formula is prefixed by an apostrophe. The same agenda always
    gives the same bytes.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS[language])
    for item in agenda.items:
        writer.writerow([safe_cell(cell) for cell in _cells(item_row(s, item, language), agenda.reference)])
    return (_BOM + text.getvalue()).encode()


def _cells(row: ItemRow, reference: str) -> tuple[str, ...]:
    return (
        reference, row.safe, row.last, row.last_instant, row.title, row.kind, row.by.in_full(row.language),
        row.to.in_full(row.language), row.article, row.says, row.certainty, row.state, row.done, row.opens, *row.reach,
        row.item.rule, row.trace, row.item.key,
    )  # fmt: skip


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
