"""The agenda as a table for the eyes: a hundred columns are enough."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text as Words

from echeancier.cli.console import say, wrapped
from echeancier.domain.agenda.item_row import item_row, without_asides
from echeancier.domain.agenda.items import Agenda, Item, State
from echeancier.domain.dates.words import shown
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.typography import colon, nbsp

_HEADINGS: Final = {
    "fr": ("jour prudent", "dernier jour", "quoi", "qui → à qui", "article", "certitude", "état"),
    "en": ("safe day", "last day", "what", "who → to whom", "article", "certainty", "state"),
}
_DAY, _CERTAINTY, _STATE = 10, 11, 10
_SEEN: Final = Text(fr="─── vu ce jour ───", en="─── seen on this day ───")
_DIM: Final = "dim"
_STYLES: Final = {
    State.LATE: "bold red", State.MISSED: "red", State.OPEN: "bold", State.ARRANGED: "green",
    State.DONE: "green", State.WAITING: "yellow", State.PAST: _DIM, State.CANCELLED: _DIM,
    State.NOT_DUE: _DIM, State.ELAPSED: _DIM,
}  # fmt: skip

Row = tuple[tuple[str, ...], str]
"""The cells of a line, and the style of the last one, the state."""


def print_items(out: Console, s: Situation, agenda: Agenda, language: str, *, why: bool) -> None:
    """Print one row per item, in the order of the days to act; with ``why``, its reasoning below it."""
    coming = [item for item in agenda.items if (_day(item) or s.today) >= s.today]
    over = [item for item in agenda.items if (_day(item) or s.today) < s.today]
    seen: Row = ((shown(s.today, language), "", _SEEN.in_language(language), "", "", "", ""), _DIM)
    if not why:
        rows = [_row(s, item, language) for item in over]
        rows += [seen] if rows else []
        rows += [_row(s, item, language) for item in coming]
        out.print(_table(out.width, language, rows))
        return
    out.print(_table(out.width, language, ()))
    for item in (*over, *coming):
        out.print(_table(out.width, language, [_row(s, item, language)], head=False))
        row = item_row(s, item, language, typeset=nbsp)
        reason = f"{row.trace} [{colon(language).join(part for part in (item.rule, row.rule) if part)}]"
        say(out, f"↳ {reason}", style=_DIM, indent=2 * (_DAY + 1), hang=2)


def _day(item: Item) -> date | None:
    return item.safe_day or item.legal_last_day


def _table(width: int, language: str, rows: Sequence[Row], *, head: bool = True) -> Table:
    # Widths are fixed, so that rows printed one by one stay under their headings.
    left = max(width - 2 * _DAY - _CERTAINTY - _STATE - 6, 30)
    article, side = max(left * 24 // 100, 8), left * 27 // 100
    widths = (_DAY, _DAY, left - article - side, side, article, _CERTAINTY, _STATE)
    table = Table(box=SIMPLE_HEAD, show_header=head, show_edge=False, pad_edge=False, padding=0)
    for heading, wide in zip(_HEADINGS[language], widths, strict=True):
        table.add_column(heading, width=wide)
    for cells, style in rows:
        lines = [wrapped(cell, wide) for cell, wide in zip(cells, widths, strict=True)]
        table.add_row(*(Words(line) for line in lines[:-1]), Words(lines[-1], style=style))
    return table


def _row(s: Situation, item: Item, language: str) -> Row:
    row = item_row(s, item, language, typeset=nbsp)
    last = "\n".join([row.last or "—", *([row.last_hour] if row.last_hour else [])])
    article = without_asides(row.article)
    return (row.safe or "—", last, row.title, row.who, article, row.certainty or "—", row.state), _STYLES.get(
        item.state, ""
    )
