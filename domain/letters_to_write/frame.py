"""What every letter has around what it says: who writes, to whom, how it leaves, who signs."""

import re
from dataclasses import dataclass

from domain.letters_to_write.content import Head, LetterContent, LetterKind, Sending, Signature
from domain.letters_to_write.fields import LetterFields
from domain.letters_to_write.refusal import LetterRefusedError
from domain.letters_to_write.says import Says
from domain.letters_to_write.wording import capital, cited, clauses_of, convention_named, named, of, titled
from domain.situation import Situation
from domain.words import in_words

_LINKS = {"termination": " de la ", "renewal": " de la "}
"""How a subject is tied to the convention's title."""


@dataclass(frozen=True)
class Draft:
    """What one kind of letter decides; the frame adds the rest.

    Attributes:
        subject: its first words; the convention's title follows.
        cited: the ids of the clauses it relies on.
        to: the role or the party written to when the person names nobody else.
        copies: functions that receive a copy beside those the person names.
        remarks: for whoever validates it.
    """

    about: str
    subject: str
    says: Says
    cited: tuple[str, ...]
    sending: Sending
    to: str
    copies: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def framed(s: Situation, kind: LetterKind, draft: Draft, fields: LetterFields) -> LetterContent:
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
        subject=f"{draft.subject}{_LINKS.get(kind, ' – ')}{titled(c)}",
        convention=convention_named(s),
        number=c.number,
        partner=named(c.parties[party_of(s, to)].name_on(s.today)),
        cited=cited(clauses_of(s, draft.cited)),
        says=draft.says,
        signature=Signature(
            quality=capital(us.signs_as.split(" ou ")[0] or name), delegation=fields.delegation
        ),
        enclosures=fields.enclosures,
        copies=tuple(dict.fromkeys((*draft.copies, *fields.copies))),
        remarks=(*draft.remarks, "La convention est citée en substance : relire les clauses sur l’original."),
    )


def recipient_lines(s: Situation, to: str) -> tuple[str, ...]:
    """Return the address of a role or of a party.

    Raises:
        LetterRefusedError: it is not known, is ours, or has no postal address.
    """
    party = party_of(s, to)
    if party == s.convention.us:
        raise LetterRefusedError(f"« {to} » est de notre côté : une lettre s’adresse à l’autre partie.")
    role = s.convention.roles.get(to)
    lines = (role.postal if role else ()) or s.convention.parties[party].postal
    if not lines:
        asked = f"[roles.{to}] ou [parties.{party}]" if role else f"[parties.{party}]"
        raise LetterRefusedError(
            f"Il manque l’adresse postale du destinataire : ajouter au fichier de la convention, sous {asked}, "
            'postal = ["Institution", "Service", "Voie ou BP", "00000 VILLE"].'
        )
    return lines


def party_of(s: Situation, to: str) -> str:
    """Return the party of a role, or the party itself.

    Raises:
        LetterRefusedError: neither a role nor a party.
    """
    if to in s.convention.roles:
        return s.convention.roles[to].party
    if to in s.convention.parties:
        return to
    others = [key for key, role in s.convention.roles.items() if role.party != s.convention.us]
    raise LetterRefusedError(f"« {to} » n’est ni un rôle ni une partie ; au choix {', '.join(others)}.")


def usual_addressee(s: Situation, party: str) -> str:
    """Return who is written to at a party: the function its termination clause names for our letters, else the party."""
    named_roles = (t.letter_to for t in s.convention.termination if s.convention.us in t.who and t.letter_to)
    return next((role for role in named_roles if s.convention.roles[role].party == party), party)


def also_to_write_to(s: Situation, to: str) -> tuple[str, ...]:
    """Return a remark for the other parties that must receive the same letter; none when there are only two."""
    told = {s.convention.us, party_of(s, to)}
    others = [key for key in s.convention.parties if key not in told]
    return (f"À adresser aussi, par une lettre à part, à : {', '.join(others)} (--to).",) if others else ()


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
