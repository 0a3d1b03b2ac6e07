"""A letter ready to be laid out: who writes to whom, how it is sent, what it says, who signs."""

from typing import Annotated, Literal

from pydantic import Field

from domain.letters_to_write.says import Cited, Says
from domain.model import Frozen

LetterKind = Literal[
    "termination", "formal-notice", "termination-reasons", "comments", "account-manager", "request", "destruction",
    "incident", "renewal", "amicable",
]  # fmt: skip
"""The letters there are."""

Sending = Literal["lrar", "lr", "plain"]


class Head(Frozen):
    """Who writes, from where, and how to reach them.

    Attributes:
        lines: our address as on an envelope.
        service: the service that carries the convention.
        followed_by: the function that runs it; ``mail`` its address.
        party: our institution as a sentence names it, as in « la commune de … ».
    """

    lines: tuple[str, ...]
    service: str
    followed_by: str
    mail: str
    party: str


class Signature(Frozen):
    """Who signs: a quality, never a name. With a delegation, the quality of whoever holds it."""

    quality: str
    delegation: str


class LetterContent(Frozen):
    """Everything a letter says.

    Attributes:
        about: the key of the item, clause or question it is about.
        reference: ours, the same on every letter about a convention.
        recipient: the address that shows in the window.
        place, dated: of the signature; ``dated`` empty leaves a blank.
        sending: how it leaves.
        convention: as a sentence names it; ``partner`` likewise.
        cited: the clauses it relies on.
        remarks: for whoever validates it; never printed.
    """

    kind: LetterKind
    about: str
    reference: str
    head: Head
    recipient: tuple[str, ...]
    place: str
    dated: str
    sending: Sending
    tracking: str
    subject: str
    convention: str
    number: str
    partner: str
    cited: tuple[Cited, ...]
    says: Annotated[Says, Field(discriminator="kind")]
    signature: Signature
    enclosures: tuple[str, ...]
    copies: tuple[str, ...]
    remarks: tuple[str, ...]
