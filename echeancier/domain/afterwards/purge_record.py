"""What is kept of a purge: dates, counts, marks and institutions; no person, no address, nothing that was typed freely."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime

from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Frozen, Slug

Basis = Literal["visa", "no-visa"]
"""What allows the elimination: the visa of the State's archivist (Code du patrimoine, art. R. 212-14), or a written
authorisation for this category of documents, which spares the visa."""

Kind = Literal["elsewhere", "replies", "documents", "runs", "keys"]
"""What a purge destroys, in its order."""


class PurgedError(EcheancierError):
    """The file was purged, or is being purged: nothing of it can be read, and its reference serves no more."""


class Destroyed(Frozen):
    """One kind of thing that was destroyed.

    Attributes:
        count: how many there were when the purge began.
        size: in bytes, where it means something.
        mark: SHA-256 of the sorted SHA-256 of each, so that a list kept elsewhere can be compared; empty where there is none.
        at: when nothing was left, None while it is not done.
    """

    kind: Kind
    count: int = 0
    size: int = 0
    mark: str = ""
    at: AwareDatetime | None = None


class PurgeRecord(Frozen):
    """The record of a purge: written before anything is destroyed, finished once everything is.

    Attributes:
        closed_on: day the file closed; ``purge_on`` its own date for the purge.
        notice_days: our policy of the notice between both.
        confirmed_on, confirmed_by: when, and which role.
        first, last: days of the first and last fact of the file.
        begun_at: aware instant.
        removed: it was stuck and removed, before any closing; the days of what could not be read are that of the removal.
    """

    reference: str
    closed_on: date
    purge_on: date
    notice_days: int
    basis: Basis
    confirmed_on: date
    confirmed_by: Slug
    parties: tuple[str, ...] = ()
    registered_on: date
    effect_on: date | None = None
    ends_on: date | None = None
    begun_at: AwareDatetime
    destroyed: tuple[Destroyed, ...] = ()
    removed: bool = False
    finished_at: AwareDatetime | None = None

    def of(self, kind: Kind) -> Destroyed:
        """Return what is recorded of one kind."""
        return next((d for d in self.destroyed if d.kind == kind), Destroyed(kind=kind))
