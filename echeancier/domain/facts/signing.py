"""What happens to the paper while it goes round for signature."""

from datetime import date
from typing import Literal

from echeancier.domain.facts.dated import Dated
from echeancier.domain.model import Prose, Slug


class SignatureCirculated(Dated):
    """The paper was sent round for signature, for the first time or again.

    ``gather_by`` is the day by which the coordinator wants every signature; without it our own policy sets one. With
    ``new_text`` the paper is another one: what was signed before does not count for it.
    """

    kind: Literal["signature-circulated"] = "signature-circulated"
    gather_by: date | None = None
    new_text: bool = False


class SignatureRefused(Dated):
    """A party let it be known that it will not sign; the day it said so, and why."""

    kind: Literal["signature-refused"] = "signature-refused"
    party: Slug
    reason: Prose
