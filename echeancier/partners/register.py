"""What the partners' pages ask of the running conventions; `engine.gateway.Conventions` answers, a fake does in tests."""

from typing import Protocol

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from workflows.messages import Recording


class PartnersRegister(Protocol):
    """Every convention, by reference. What a method raises is what `engine.gateway.Conventions` raises."""

    async def dossier(self, reference: str) -> Dossier:
        """Return the whole dossier of a convention."""

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        """Record a fact; a repeated ``request`` records once."""
