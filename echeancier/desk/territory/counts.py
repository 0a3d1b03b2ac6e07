"""Many communes, the same few families of clauses: who keeps them, who is late."""

from collections.abc import Iterable
from dataclasses import dataclass

from echeancier.desk.reading.seen import Seen
from echeancier.desk.territory.families import FAMILIES, Cell
from echeancier.domain.agenda.item_row import title_in_words
from echeancier.domain.typography import said


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
    return tuple(said(words, language) for words in FAMILIES.values())


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
    title = title_in_words(convention, language)
    return TerritoryLine(seen.reference, said(name, language), title, seen.cells)
