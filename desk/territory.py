"""Many communes, the same few families of clauses: who keeps them, who is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from desk.agenda_view import SETTLED
from desk.seen import Seen
from desk.words import said, typeset
from domain.items import TO_DO, Item, State
from domain.model import Text

FAMILIES: Final[dict[str, tuple[Text, frozenset[str]]]] = {
    "meetings": (Text(fr="Réunions", en="Meetings"), frozenset({"meeting", "committee", "session"})),
    "data": (Text(fr="Données", en="Data"), frozenset({"data", "information", "survey"})),
    "reports": (
        Text(fr="Bilans", en="Reports"),
        frozenset({"report", "evaluation", "document", "statement"}),
    ),
    "money": (Text(fr="Paiements", en="Payments"), frozenset({"payment", "amendment"})),
    "birth": (
        Text(fr="Acte et signature", en="Act and signature"),
        frozenset({"act", "signature", "window"}),
    ),
    "renewal": (Text(fr="Renouvellement", en="Renewal"), frozenset({"renewal"})),
    "end": (
        Text(fr="Devoirs de fin", en="End duties"),
        frozenset({"destruction", "access-closure", "certificate", "notification"}),
    ),
}
"""Families of clauses, by the kinds of items they hold."""


@dataclass(frozen=True)
class Cell:
    """One family in one convention; ``total`` zero when the convention has no such clause."""

    total: int
    kept: int
    late: int
    missed: int
    next_day: date | None

    @property
    def level(self) -> str:
        """``late`` when something is."""
        return "late" if self.late or self.missed else ""


@dataclass(frozen=True)
class TerritoryLine:
    """One convention across the families."""

    reference: str
    local: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def late(self) -> int:
        """Everything late or missed."""
        return sum(cell.late + cell.missed for cell in self.cells)


def families(language: str) -> tuple[str, ...]:
    """Return the names of the families."""
    return tuple(said(words, language) for words, _ in FAMILIES.values())


def territory(seen: Iterable[Seen], language: str) -> tuple[TerritoryLine, ...]:
    """Return every convention across the families, those with most delays first."""
    lines = [_line(one, language) for one in seen]
    return tuple(sorted(lines, key=lambda line: (-line.late, line.local.casefold(), line.reference)))


def totals(lines: Iterable[TerritoryLine]) -> tuple[Cell, ...]:
    """Return the sum of each family."""
    found = list(lines)
    return tuple(
        Cell(
            sum(line.cells[n].total for line in found),
            sum(line.cells[n].kept for line in found),
            sum(line.cells[n].late for line in found),
            sum(line.cells[n].missed for line in found),
            min((day for line in found if (day := line.cells[n].next_day)), default=None),
        )
        for n in range(len(FAMILIES))
    )


def _line(seen: Seen, language: str) -> TerritoryLine:
    convention = seen.ctx.dossier.convention
    local = next((p for p in convention.parties.values() if p.is_local_authority), None)
    name = (local or convention.parties[convention.us]).name_on(seen.ctx.s.today)
    title = convention.title_en if language == "en" and convention.title_en else typeset(convention.title)
    cells = tuple(_cell(seen, kinds) for _, kinds in FAMILIES.values())
    return TerritoryLine(seen.reference, said(name, language), title, cells)


def _cell(seen: Seen, kinds: frozenset[str]) -> Cell:
    items = [item for item in seen.ctx.agenda.items if item.kind in kinds]
    return Cell(
        total=sum(item.state is not State.NOT_DUE for item in items),
        kept=sum(item.state is State.DONE for item in items),
        late=sum(item.state is State.LATE for item in items),
        missed=sum(item.state is State.MISSED for item in items),
        next_day=min((d for item in items if (d := _ahead(seen, item))), default=None),
    )


def _ahead(seen: Seen, item: Item) -> date | None:
    day = item.safe_day or item.legal_last_day
    known = day is not None and day >= seen.ctx.s.today
    return day if known and item.state in TO_DO and item.state not in SETTLED else None
