"""The agenda as a spreadsheet that a French Excel opens by a double click."""

import csv
import io
from datetime import date
from typing import Final

from adapters.french_typography import nbsp
from adapters.plan_format import clause_words, words
from cli import plan_words
from cli.output import shown_day
from domain.items import Agenda, Item
from domain.labels import KINDS
from domain.situation import Situation
from domain.words import moment

_BOM: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_HEADINGS: Final = {
    "fr": (
        "convention", "jour prudent", "dernier jour", "heure limite", "quoi", "genre", "qui", "à qui",
        "article", "ce que dit le texte", "certitude", "état", "à partir du", "fin au plus tôt",
        "fin attendue", "fin au plus tard", "règle", "calcul", "clé",
    ),
    "en": (
        "convention", "safe day", "last day", "last instant", "what", "kind", "who", "to whom",
        "article", "what the text says", "certainty", "state", "from", "earliest end", "expected end",
        "latest end", "rule", "reasoning", "key",
    ),
}  # fmt: skip


def plan_csv(s: Situation, agenda: Agenda, language: str) -> bytes:
    """Return one line per item: semicolons, CRLF, UTF-8 with its mark, days as jj/mm/aaaa (ISO in English).

    A cell that a spreadsheet would take for a formula is prefixed by an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS[language])
    for item in agenda.items:
        writer.writerow([_safe(cell) for cell in _row(s, agenda, item, language)])
    return (_BOM + text.getvalue()).encode()


def _row(s: Situation, agenda: Agenda, item: Item, language: str) -> tuple[str, ...]:
    def shown(day: date | None) -> str:
        return shown_day(day, language, "")

    clause, reach, limit = clause_words(item.clause, language), item.effect_range, item.legal_last_instant
    return (
        agenda.reference,
        shown(item.safe_day),
        shown(item.legal_last_day),
        moment(limit, s.calendar.time_zone, language) if limit else "",
        words(item.title, language),
        KINDS[item.kind].in_language(language),
        plan_words.side(s, item.owed_by, language),
        plan_words.side(s, item.owed_to, language),
        clause.article,
        clause.says,
        plan_words.certainty(item, language),
        plan_words.state(item, language),
        shown(item.opens_on),
        shown(reach.earliest if reach else None),
        shown(reach.expected if reach else None),
        shown(reach.latest if reach else None),
        item.rule,
        nbsp(item.trace),
        item.key,
    )


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
