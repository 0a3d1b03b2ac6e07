"""What the desk asks of the running conventions; `engine.gateway.Conventions` answers, a fake does in tests."""

from datetime import date
from typing import Protocol

from echeancier.domain.afterwards.purge_record import Basis
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.running.health import Round
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.terms.convention import Convention
from echeancier.engine.gateway import Row
from workflows.messages import Recording


class DeskRegister(Protocol):
    """Every convention, by reference. What a method raises is what `engine.gateway.Conventions` raises."""

    async def start(self, convention: Convention, by: str, facts: tuple[Recorded, ...] = ()) -> Dossier:
        """Register a convention, once for ever."""

    async def dossier(self, reference: str) -> Dossier:
        """Return the whole dossier of a convention."""

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        """Record a fact; a repeated ``request`` records once."""

    async def correct(self, reference: str, fact_id: str, changes: dict[str, object], by: str) -> Recording:
        """Put some fields of a fact right."""

    async def cancel(self, reference: str, fact_id: str, by: str) -> Recording:
        """Say that a fact was recorded by mistake."""

    async def correct_terms(self, convention: Convention, by: str, why: str) -> None:
        """Replace terms that were typed wrongly."""

    async def withdraw(self, reference: str, by: str, why: str) -> None:
        """Withdraw a convention registered by mistake."""

    async def rows(self, query: str = "", *, closed: bool = False) -> list[Row]:
        """Return the conventions that match a visibility query, the most pressing first; closed and purged too if asked."""

    async def upcoming(self, until: date) -> list[Row]:
        """Return the conventions with an end, a posting day or a safe day up to ``until``."""

    async def troubles(self) -> tuple[Trouble, ...]:
        """Return everything that is stuck, the whole installation first."""

    async def remove(self, reference: str, by: str, basis: Basis) -> None:
        """Remove a convention that is stuck: its workflow is ended, everything of it is purged."""

    async def last_round(self) -> Round | None:
        """Return what the robot's last round found, None before the first."""
