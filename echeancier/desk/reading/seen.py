"""A convention as the desk last saw it: its dossier, and the agenda the domain computed from it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from echeancier.desk.territory.families import Cell, cells_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.todo import Todo, todos
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import Policy
from echeancier.engine.gateway import Row


@dataclass(frozen=True)
class Seen:
    """One reading of a dossier.

    Attributes:
        row: its line in the engine's list when it was read, None when it was read for itself.
        ctx: the dossier, its situation and its agenda.
        at: instant of the reading.
    """

    row: Row | None
    ctx: Context
    at: datetime

    @property
    def reference(self) -> str:
        """The convention's reference."""
        return self.ctx.dossier.convention.reference

    @property
    def convention(self) -> Convention:
        """Its terms."""
        return self.ctx.dossier.convention

    @property
    def is_open(self) -> bool:
        """Whether something can still be recorded in it."""
        return self.ctx.dossier.withdrawn is None and self.ctx.dossier.closed_at is None

    @cached_property
    def todos(self) -> tuple[Todo, ...]:
        """What it asks of somebody now."""
        return todos(self.ctx)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """How it keeps each family of clauses."""
        return cells_of(self.ctx)

    @cached_property
    def renewals(self) -> dict[str, tuple[str, str]]:
        """What « Échéances » last said of its renewal, by language: kept with the reading it comes from."""
        return {}

    def is_of_today(self, now: datetime) -> bool:
        """Whether the local day is still the one of the reading: yesterday's agenda is never shown."""
        return now.astimezone(self.ctx.s.zone).date() == self.ctx.s.today


def see(dossier: Dossier, now: datetime, policy: Policy, row: Row | None = None) -> Seen:
    """Return a reading of a dossier, its agenda, what it asks and what it keeps computed at once."""
    seen = Seen(row, Context(dossier, now, policy), now)
    _ = seen.todos, seen.cells
    return seen
