"""From a situation and a kind of letter to a letter ready to be laid out: who writes to whom, how it leaves, what it says."""

import re
from collections.abc import Mapping
from typing import Annotated, Final, cast, get_args

from pydantic import Field

from echeancier.domain.dates.words import in_words
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind, LetterRefusedError
from echeancier.domain.letters.account_manager import AccountManagerLetter
from echeancier.domain.letters.amicable import AmicableLetter
from echeancier.domain.letters.comments import CommentsLetter
from echeancier.domain.letters.destruction import DestructionLetter
from echeancier.domain.letters.formal_notice import FormalNoticeLetter
from echeancier.domain.letters.frame import (
    capital,
    cited,
    clauses_of,
    convention_named,
    named,
    of,
    party_of,
    recipient_lines,
    titled,
)
from echeancier.domain.letters.incident import IncidentLetter
from echeancier.domain.letters.letter import Cited, Letter, LetterDraft, Sending
from echeancier.domain.letters.renewal import RenewalLetter
from echeancier.domain.letters.request import RequestLetter
from echeancier.domain.letters.termination import TerminationLetter
from echeancier.domain.letters.termination_reasons import TerminationReasonsLetter
from echeancier.domain.model import Frozen
from echeancier.domain.standing.situation import Situation

Says = (
    TerminationLetter | FormalNoticeLetter | TerminationReasonsLetter | CommentsLetter | AccountManagerLetter
    | RequestLetter | DestructionLetter | IncidentLetter | RenewalLetter | AmicableLetter
)  # fmt: skip
"""What any letter says."""

LETTERS: Final[Mapping[str, type[Letter]]] = {one.model_fields["kind"].default: one for one in get_args(Says)}
"""The letters there are, by kind."""

KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)


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


def letter_for(s: Situation, kind: LetterKind, about: str = "", fields: LetterFields | None = None) -> LetterContent:
    """Return a letter of ``kind`` for a convention as it stands. Pure: the same situation gives the same letter.

    Args:
        s: terms, facts and the instant the letter is written at.
        kind: which letter.
        about: the key of an agenda item, the id of a clause block, or ``question/ID``; it may be left out where only
            one thing fits.
        fields: what neither the convention nor its facts can know.

    Raises:
        LetterRefusedError: the letter cannot be written; the French message says what to add.
    """
    given = fields or LetterFields()
    return _framed(s, kind, LETTERS[kind].draft(s, about, given), given)


def _framed(s: Situation, kind: LetterKind, draft: LetterDraft, fields: LetterFields) -> LetterContent:
    """Return the finished letter.

    Raises:
        LetterRefusedError: an address is missing, or the addressee is unknown or on our own side.
    """
    c = s.convention
    us, coordinator = c.parties[c.us], c.roles[c.coordinator]
    name, to = us.name_on(s.today), fields.to or draft.to
    ours = _our_lines(s)
    # The town is told from our own address: « 00000 VILLE-EXEMPLE CEDEX » is signed in Ville-Exemple.
    place = fields.place or _town(ours[-1])
    return LetterContent(
        kind=kind,
        about=draft.about,
        reference=c.reference,
        head=Head(
            lines=ours,
            service=c.service,
            followed_by=coordinator.function,
            mail=coordinator.address,
            party=of(name),
        ),
        recipient=recipient_lines(s, to),
        place=place,
        dated=in_words(fields.dated, weekday=False) if fields.dated else "",
        sending=draft.sending,
        tracking=fields.tracking,
        subject=f"{draft.subject}{draft.says.LINK}{titled(c)}",
        convention=convention_named(s),
        number=c.number,
        partner=named(c.parties[party_of(s, to)].name_on(s.today)),
        cited=cited(clauses_of(s, draft.cited)),
        says=cast(Says, draft.says),
        signature=Signature(quality=capital(us.signs_as.split(" ou ")[0] or name), delegation=fields.delegation),
        enclosures=fields.enclosures,
        copies=tuple(dict.fromkeys(fields.copies)),
        remarks=(*draft.remarks, "La convention est citée en substance : relire les clauses sur l’original."),
    )


def _our_lines(s: Situation) -> tuple[str, ...]:
    us = s.convention.us
    if not s.convention.parties[us].postal:
        raise LetterRefusedError(
            f"Il manque notre adresse postale : ajouter au fichier de la convention, sous [parties.{us}], "
            'postal = ["Institution", "Hôtel de ville", "00000 VILLE"].'
        )
    return s.convention.parties[us].postal


def _town(last_line: str) -> str:
    words = re.sub(r"\d+|\bCEDEX\b", "", last_line).split()
    return " ".join(words).title()
