"""An agenda as a spreadsheet that a French Excel opens by a double click."""

import csv
import io
from datetime import date
from typing import Final

from echeancier.domain.agenda.items import Agenda, Item
from echeancier.domain.agenda.labels import CERTAINTIES, STATES
from echeancier.domain.dates.words import figures, moment
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import in_language

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
        writer.writerow([safe_cell(cell) for cell in _row(s, agenda, item, language)])
    return (_BOM + text.getvalue()).encode()


def _row(s: Situation, agenda: Agenda, item: Item, language: str) -> tuple[str, ...]:
    reach, limit, clause = item.effect_range, item.legal_last_instant, item.clause
    return (
        agenda.reference,
        _day(item.safe_day, language),
        _day(item.legal_last_day, language),
        moment(limit, s.calendar.time_zone, language) if limit else "",
        in_language(item.title.in_language(language), language),
        item.traits.called.in_language(language),
        _side(s, item.owed_by, language),
        _side(s, item.owed_to, language),
        in_language(clause.article, language),
        clause.says_en if language == "en" and clause.says_en else in_language(clause.says, "fr"),
        CERTAINTIES[item.certainty].in_language(language),
        STATES[item.state].in_language(language),
        _day(item.done_on, language),
        _day(item.opens_on, language),
        _day(reach.earliest if reach else None, language),
        _day(reach.expected if reach else None, language),
        _day(reach.latest if reach else None, language),
        item.rule,
        in_language(item.trace, "fr"),
        item.key,
    )


def _side(s: Situation, key: str, language: str) -> str:
    if key == "both":
        return "together" if language == "en" else "ensemble"
    return s.convention.parties[key].name_on(s.today)


def _day(day: date | None, language: str) -> str:
    if day is None:
        return ""
    return day.isoformat() if language == "en" else figures(day)


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
