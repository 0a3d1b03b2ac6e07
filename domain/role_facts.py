"""Who holds a role changes: for a time, by a substitute, or for good, by a successor."""

from datetime import date
from typing import Literal

from domain.dated import Dated
from domain.model import OneLine, Slug
from domain.parties import Address


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
