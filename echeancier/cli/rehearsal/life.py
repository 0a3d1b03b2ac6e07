"""What a rehearsal leaves of a convention."""

from dataclasses import dataclass
from datetime import datetime

from echeancier.domain.facts.dossier import Dossier


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
