"""A feed: a calendar behind a secret address, for one person, one convention or one service."""

from datetime import date
from typing import Literal

from pydantic import Field

from domain.mail import Language
from domain.model import Frozen

ScopeKind = Literal["person", "convention", "service"]

Coverage = Literal["deadlines", "all"]
"""What a subscriber chooses by the address: what is still to be done, or that, the meetings and what was done."""


class Scope(Frozen):
    """What a feed is about.

    Attributes:
        kind: one person across conventions, one convention, or the conventions of a service.
        name: the address of a function, a reference, or the name of a service.
    """

    kind: ScopeKind
    name: str = Field(min_length=1, max_length=254)

    @property
    def key(self) -> str:
        """The name to compare with: neither addresses nor services are told apart by their case."""
        return self.name if self.kind == "convention" else self.name.casefold()


class Feed(Frozen):
    """One secret address, as it is kept: never the secret itself.

    Attributes:
        id: short, to name it in a list; not a secret.
        label: what whoever made it wants to read in the list, such as « téléphone ».
        digest: SHA-256 of the secret, in hexadecimal; the secret has 256 bits, so it cannot be guessed back.
        created_by: the function that made it.
        last_used_on: the last day a calendar asked for it; never the hour, which would tell of people's habits.
    """

    id: str = Field(pattern=r"^a[0-9]+$")
    label: str = Field(max_length=80)
    scope: Scope
    language: Language = "fr"
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    created_on: date
    created_by: str = ""
    last_used_on: date | None = None
    revoked_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still answers."""
        return self.revoked_on is None
