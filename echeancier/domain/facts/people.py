"""People and institutions change.

A substitute for a time, a successor for good; a party renamed or merged, a territory that grows or shrinks.
"""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import OneLine, Prose, Slug
from echeancier.domain.terms.parties import Address, Postal


class Away(Dated):
    """Whoever holds a role is away: its mail goes to the role that the file names as its substitute.

    Attributes:
        on: the first day away.
        until: the last day away.
    """

    kind: Literal["away"] = "away"
    MAY_LIE_AHEAD: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Absence, le remplaçant reçoit le courrier", "Away, the substitute gets the mail"),
        says=(
            "le titulaire d’un rôle est absent : son remplaçant reçoit son courrier",
            "whoever holds a role is away: its substitute gets its mail",
        ),
        on=("premier jour d’absence", "first day away"),
    )
    role: Annotated[
        Slug,
        field_words("le rôle, comme coordinator", "the role, as in coordinator", label=("Rôle", "Role")),
    ]
    until: Annotated[date, field_words("dernier jour d’absence", "last day away")]


class RoleChanged(Dated):
    """A role has another holder, or another address, from a day on; what was said before keeps the former one.

    Attributes:
        on: the first day on which the new address counts.
        function: the name of the function, when it changes too.
        language: of its mail, when it changes too.
    """

    kind: Literal["role-changed"] = "role-changed"
    MAY_LIE_AHEAD: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Nouveau titulaire ou nouvelle adresse", "New holder or new address"),
        says=("un rôle change de titulaire ou d’adresse", "a role has another holder, or another address"),
        on=("premier jour où la nouvelle adresse compte", "first day on which the new address counts"),
        hint=(
            "Ce qui est parti avant garde l’ancienne adresse.",
            "What was sent before keeps the former address.",
        ),
    )
    role: Annotated[
        Slug,
        field_words("le rôle, comme coordinator", "the role, as in coordinator", label=("Rôle", "Role")),
    ]
    address: Annotated[
        Address, field_words("la nouvelle adresse", "the new address", label=("Nouvelle adresse", "New address"))
    ]
    function: Annotated[
        OneLine, field_words("le nom de la fonction, s’il change", "the name of the function, if it changes")
    ] = ""
    language: Annotated[
        Literal["fr", "en"] | None,
        field_words("la langue de ses courriels, si elle change", "the language of its mail, if it changes"),
    ] = None


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
    MAY_LIE_AHEAD: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Nouveau nom d’une partie", "New name of a party"),
        says=(
            "une partie change de nom : renommée, fusionnée, ou une autre institution lui succède",
            "a party has another name: renamed, merged, or another institution took its place",
        ),
        on=("premier jour du nouveau nom", "first day of the new name"),
        hint=(
            "Ce qui a été écrit avant garde l’ancien nom.",
            "What was written before keeps the former name.",
        ),
    )
    party: Annotated[Slug, field_words("la partie", "the party", label=("Partie", "Party"))]
    new_name: Annotated[
        OneLine, field_words("son nouveau nom entier", "its whole new name", label=("Nouveau nom", "New name"))
    ]
    why: Annotated[
        Literal["renamed", "merged", "succeeded"],
        field_words(
            "pourquoi",
            "why",
            label=("Raison", "Reason"),
            values={
                "renamed": ("renommée", "renamed"),
                "merged": ("fusionnée", "merged"),
                "succeeded": ("une autre institution lui succède", "another institution takes its place"),
            },
        ),
    ] = "renamed"
    signs_as: Annotated[
        OneLine,
        field_words(
            "la qualité de qui signe, si elle change",
            "who signs for it, if that changes",
            label=("Qui signe", "Who signs"),
        ),
    ] = ""
    postal: Annotated[
        Postal,
        BeforeValidator(_lines),
        field_words(
            "sa nouvelle adresse postale, les lignes séparées par « | »",
            "its new postal address, lines separated by “|”",
            label=("Adresse postale", "Postal address"),
        ),
    ] = ()


class TerritoryChanged(Dated):
    """Communes joined the territory of a party, or left it.

    Attributes:
        on: the first day of the new territory.
        joined, left: the communes, by name, separated by commas; one of the two at least.
    """

    kind: Literal["territory-changed"] = "territory-changed"
    MAY_LIE_AHEAD: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Territoire modifié", "Territory changed"),
        says=(
            "des communes rejoignent ou quittent le territoire d’une partie",
            "communes joined or left the territory of a party",
        ),
        on=("premier jour du nouveau territoire", "first day of the new territory"),
    )
    party: Annotated[
        Slug,
        field_words("la partie dont c’est le territoire", "the party whose territory it is", label=("Partie", "Party")),
    ]
    joined: Annotated[
        Prose,
        field_words(
            "les communes qui arrivent, séparées par des virgules",
            "the communes that join, with commas",
            label=("Communes qui arrivent", "Communes that join"),
        ),
    ] = ""
    left: Annotated[
        Prose,
        field_words("celles qui partent", "those that leave", label=("Communes qui partent", "Communes that leave")),
    ] = ""


PeopleFact = Away | RoleChanged
InstitutionFact = PartyChanged | TerritoryChanged
