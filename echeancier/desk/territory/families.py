"""The families of clauses, and how one convention keeps each: counted once for each reading of its dossier."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from echeancier.domain.agenda.items import TO_DO, Item, State
from echeancier.domain.messages.context import Context
from echeancier.domain.model import Text
from echeancier.domain.terms.item_kinds import Family

FAMILIES: Final[dict[Family, Text]] = {
    "meetings": Text(fr="Réunions", en="Meetings"),
    "data": Text(fr="Données", en="Data"),
    "reports": Text(fr="Bilans", en="Reports"),
    "money": Text(fr="Paiements", en="Payments"),
    "birth": Text(fr="Acte et signature", en="Act and signature"),
    "renewal": Text(fr="Renouvellement", en="Renewal"),
    "end": Text(fr="Devoirs de fin", en="End duties"),
}
"""Families of clauses; each kind of item says to which it belongs."""


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


def cells_of(ctx: Context) -> tuple[Cell, ...]:
    """Return one cell for each family, in their order."""
    return tuple(_cell([i for i in ctx.agenda.items if i.traits.family == family], ctx.s.today) for family in FAMILIES)


def _cell(items: list[Item], today: date) -> Cell:
    return Cell(
        total=sum(item.state is not State.NOT_DUE for item in items),
        kept=sum(item.state is State.DONE for item in items),
        late=sum(item.state is State.LATE for item in items),
        missed=sum(item.state is State.MISSED for item in items),
        next_day=min((d for item in items if (d := _ahead(item, today))), default=None),
    )


def _ahead(item: Item, today: date) -> date | None:
    day = item.safe_day or item.legal_last_day
    known = day is not None and day >= today
    return day if known and item.state in TO_DO else None
