"""Who is bound by a convention, and the functions (never the persons) that are written to."""

import re
from datetime import date
from typing import Literal

from pydantic import field_validator

from domain.model import Frozen, Slug

ADDRESS = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")


class Renaming(Frozen):
    """An institution that changed its name on a day (Pôle emploi became France Travail on 2024-01-01)."""

    on: date
    name: str


class Party(Frozen):
    """One side of the convention.

    Attributes:
        name: the institution's name as the paper gives it.
        kind: what sort of body it is; a ``commune`` or ``epci`` needs an executory act before it signs.
        signs_as: the quality of the person who signs, as in « le maire ».
        renamed: later names, each from its day; history keeps the old one.
        clauses: where the paper names the party: quoted when its signature is asked for.
    """

    name: str
    kind: Literal["commune", "epci", "operator", "other"]
    signs_as: str = ""
    renamed: tuple[Renaming, ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def is_local_authority(self) -> bool:
        """Whether its acts are executory only once published and transmitted (CGCT L.2131-1, L.5211-3)."""
        return self.kind in ("commune", "epci")

    def name_on(self, day: date) -> str:
        """Return the institution's name on ``day``."""
        return next((r.name for r in reversed(self.renamed) if r.on <= day), self.name)


class Role(Frozen):
    """A function that receives mail: a person's post, a service, a shared mailbox. Never a person's name.

    Attributes:
        party: the key of the party it works for.
        function: the name of the function, in the language of the contact.
        address: where its mail goes.
        language: the language of its mail.
        substitute: the key of the role that receives its mail while it is away.
    """

    party: Slug
    function: str
    address: str
    language: Literal["fr", "en"] = "fr"
    substitute: Slug | None = None

    @field_validator("address")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if not ADDRESS.match(value):
            raise ValueError(f"« {value} » n’est pas une adresse électronique : on attend fonction@domaine.example")
        return value
