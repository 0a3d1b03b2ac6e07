"""What a rehearsal is given of a convention, and what it leaves of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.rehearsal.player import Player
from echeancier.domain.terms.convention import Convention


class ActedConvention(Protocol):
    """A convention to live."""

    @property
    def convention(self) -> Convention:
        """Its terms."""

    @property
    def player(self) -> Player:
        """Who plays its people."""

    @property
    def begins(self) -> datetime:
        """When it is registered."""

    @property
    def records(self) -> tuple[Recorded, ...]:
        """The facts it is registered with."""


@dataclass(frozen=True)
class LivedLife:
    """What was lived.

    Attributes:
        closed: the file closed by itself; otherwise it still waits for somebody, or the rehearsal was stopped.
        refused: what the door refused on the way, in words.
        never: names of the lines whose moment never came.
    """

    dossier: Dossier
    began: datetime
    ended: datetime
    closed: bool
    refused: tuple[str, ...]
    never: tuple[str, ...] = ()
