"""People and institutions change.

A substitute for a time, a successor for good; a party renamed or merged, a territory that grows or shrinks.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator

from echeancier.domain.facts.dated import Dated
from echeancier.domain.model import OneLine, Prose, Slug
from echeancier.domain.terms.parties import Address, Postal


class Away(Dated):
    """Whoever holds a role is away: its mail goes to the role that the file names as its substitute.

    Attributes:
        on: the first day away.
        until: the last day away.
    """

    kind: Literal["away"] = "away"
    role: Slug
    until: date


class RoleChanged(Dated):
    """A role has another holder, or another address, from a day on; what was said before keeps the former one.

    Attributes:
        on: the first day on which the new address counts.
        function: the name of the function, when it changes too.
        language: of its mail, when it changes too.
    """

    kind: Literal["role-changed"] = "role-changed"
    role: Slug
    address: Address
    function: OneLine = ""
    language: Literal["fr", "en"] | None = None


def _lines(value: object) -> object:
    return tuple(line.strip() for line in value.split("|")) if isinstance(value, str) and value else value or ()


class PartyChanged(Dated):
    """A party has another name from a day on, because it was renamed or another institution took its place.

    What was said before keeps the former name. The obligations go on: a successor takes them over as they are.

    Attributes:
        on: the first day of the new name.
        new_name: the whole new name.
        why: renamed, merged into a new institution, or succeeded by another one.
        signs_as: the quality of who signs for it now, when that changes too.
        postal: where its letters go now, as on an envelope; on one line, with `` | `` between its lines.
    """

    kind: Literal["party-changed"] = "party-changed"
    party: Slug
    new_name: OneLine
    why: Literal["renamed", "merged", "succeeded"] = "renamed"
    signs_as: OneLine = ""
    postal: Annotated[Postal, BeforeValidator(_lines)] = ()


class TerritoryChanged(Dated):
    """Communes joined the territory of a party, or left it.

    Attributes:
        on: the first day of the new territory.
        joined, left: the communes, by name, separated by commas; one of the two at least.
    """

    kind: Literal["territory-changed"] = "territory-changed"
    party: Slug
    joined: Prose = ""
    left: Prose = ""
