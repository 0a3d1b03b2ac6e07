"""Institutions that changed their name: the convention as it stands now, its former names kept with their days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from echeancier.domain.facts.people import PartyChanged
from echeancier.domain.terms.parties import Party, Renaming

if TYPE_CHECKING:
    from echeancier.domain.facts.recorded import Recorded
    from echeancier.domain.terms.convention import Convention


def as_changed(convention: Convention, records: tuple[Recorded, ...]) -> Convention:
    """Return the convention with the names its parties took since; what is dated before keeps the former name.

    « Either » of them is said as each of them.

    Args:
        convention: its terms.
        records: the facts in force.
    """
    convention = convention.as_said()
    changes = [r.fact for r in records if isinstance(r.fact, PartyChanged)]
    if not changes:
        return convention
    parties = dict(convention.parties)
    for change in sorted(changes, key=lambda fact: fact.on):
        if change.party in parties:
            parties[change.party] = _changed(parties[change.party], change)
    return convention.model_copy(update={"parties": parties})


def _changed(party: Party, change: PartyChanged) -> Party:
    names = [*party.renamed, Renaming(on=change.on, name=change.new_name)]
    return party.model_copy(
        update={
            "renamed": tuple(sorted(names, key=lambda one: one.on)),
            "signs_as": change.signs_as or party.signs_as,
            "postal": change.postal or party.postal,
        }
    )
