"""What several blocks of a convention hold in the same words, and the words of a block itself."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from echeancier.domain.declared import Pair, field_words, text
from echeancier.domain.model import Named, OneLine, Prose, Slug, Text


@dataclass(frozen=True)
class BlockWords:
    """What a block of the paper is called, and the button that adds one more to a list inside a block."""

    called: Text
    adding: Text | None = None


def block_words(*, called: Pair, adding: Pair | None = None) -> BlockWords:
    """Return the words of a block, to stand on its model as ``WORDS``."""
    return BlockWords(text(called), text(adding) if adding else None)


class Whose(StrEnum):
    """Whose key a field holds: what it can be chosen from is what the paper already names."""

    PARTY = "party"
    SIDE = "side"  # a party, or ``both``
    ROLE = "role"


PartyKey = Annotated[Slug, Whose.PARTY]
RoleKey = Annotated[Slug, Whose.ROLE]
Side = Annotated[Slug, Whose.SIDE]
"""The key of a party, or ``both``."""

Id = Annotated[Slug, field_words("Identifiant (pour toujours)", "Id (for life)", folded=True)]
Title = Annotated[Named, field_words("Intitulé", "Title")]
TitleEn = Annotated[
    OneLine,
    field_words(
        "Intitulé en anglais",
        "Title in English",
        hint=(
            "À défaut, celui du catalogue tant que l’intitulé français en vient, sinon l’intitulé français.",
            "Failing that, the catalogue’s while the French title is its own, else the French title.",
        ),
        folded=True,
    ),
]
InEnglish = Annotated[Prose, field_words("En anglais", "In English", folded=True)]
OwedBy = Annotated[Side, field_words("Dû par", "Owed by")]
OwedTo = Annotated[Side, field_words("Dû à", "Owed to")]
Responsible = Annotated[
    tuple[RoleKey, ...],
    field_words(
        "Qui s’en charge",
        "Who sees to it",
        hint=(
            "Dans l’ordre ; à défaut, le premier interlocuteur de la partie qui doit.",
            "In order; failing that, the first contact of the side that owes.",
        ),
    ),
]
Informed = Annotated[tuple[RoleKey, ...], field_words("Qui est tenu au courant", "Who is kept informed", folded=True)]
CitedIfAny = Annotated[
    tuple[OneLine, ...],
    field_words(
        "Articles cités (identifiants)",
        "Articles quoted (ids)",
        hint=("Le premier est cité dans les courriels.", "The first one is quoted in mails."),
        folded=True,
    ),
]
Cited = Annotated[CitedIfAny, Field(min_length=1)]
"""The articles that say it: at least one, the first is quoted wherever its date is explained."""
