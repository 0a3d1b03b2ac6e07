"""The record that keeps what happened in the world, append-only.

A mistake is put right by a new version, the old one is kept.
"""

from pydantic import AwareDatetime

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.model import Frozen


class Recorded(Frozen):
    """A fact as the file keeps it.

    Attributes:
        id: stable, short, given at recording (``f1``, ``f2``…).
        version: 1, then one more for each correction.
        recorded_at: instant, from the clock of the door it came in by.
        recorded_by: the function that recorded it, never a person's name.
        cancelled: this version says that the fact was recorded by mistake.
        request: what makes a repeated request the same request.
    """

    id: str
    version: int = 1
    fact: Fact
    recorded_at: AwareDatetime
    recorded_by: str
    cancelled: bool = False
    request: str = ""


def in_force(records: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """Return the latest version of each fact, in recording order, without those recorded by mistake."""
    latest: dict[str, Recorded] = {}
    for record in records:
        known = latest.get(record.id)
        if known is None or record.version > known.version:
            latest[record.id] = record
    return tuple(r for r in latest.values() if not r.cancelled)
