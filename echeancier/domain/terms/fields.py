"""What several blocks of a convention hold in the same words, and the words of a block itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, StringConstraints, model_validator

from echeancier.domain.declared import Pair, field_words, text
from echeancier.domain.model import Frozen, Named, OneLine, Prose, Slug, Text
from echeancier.domain.terms.item_kinds import Stake


@dataclass(frozen=True)
class BlockWords:
    """What a block of the paper is called, and how a form shows it.

    Attributes:
        called: its name.
        adding: the button that adds one more to a list inside a block.
        either: groups of fields of which a paper says one: those it does not say stand among the details.
    """

    called: Text
    adding: Text | None = None
    either: tuple[tuple[str, ...], ...] = ()


def block_words(*, called: Pair, adding: Pair | None = None, either: tuple[tuple[str, ...], ...] = ()) -> BlockWords:
    """Return the words of a block, to stand on its model as ``WORDS``."""
    return BlockWords(text(called), text(adding) if adding else None, either)


class WithFormerKeys(Frozen):
    """A block whose keys have changed: a former one is refused with what is said now.

    Attributes:
        FORMER: each former key, and what to write instead, in French.
    """

    FORMER: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _former_keys(cls, given: object) -> object:
        former = [key for key in cls.FORMER if isinstance(given, dict) and key in given]
        if former:
            raise ValueError(" ; ".join(f"« {key} » ne s’écrit plus ainsi : {cls.FORMER[key]}" for key in former))
        return given


DigestEvery = Literal["daily", "weekly", "monthly", "none"]
"""How often somebody reads a digest: each morning that has something to say, once a week, once a month, never."""

DigestChoice = Annotated[
    DigestEvery | None,
    field_words(
        "Récapitulatif",
        "Digest",
        hint=(
            "Vide : chaque semaine pour nos services, chaque mois pour les partenaires.",
            "Empty: each week for our own side, each month for partners.",
        ),
        values={
            "daily": ("chaque matin", "each morning"),
            "weekly": ("chaque semaine", "each week"),
            "monthly": ("chaque mois", "each month"),
            "none": ("jamais : les courriels du jour seuls", "never: the mails of the day alone"),
        },
        folded=True,
    ),
]
"""The same, in the words of a form; None where the wider choice counts."""


class Whose(StrEnum):
    """Whose key a field holds: what it can be chosen from is what the paper already names."""

    PARTY = "party"
    SIDE = "side"  # a party, or all of them together
    SIDE_OR_EACH = "side-or-each"  # a side, or ``each``: every party on its own
    PARTY_OR_EITHER = "party-or-either"  # a party, or any of them, known once it acts
    PARTY_OR_OTHER = "party-or-other"  # a party, or the other side of whoever acts
    ROLE = "role"
    EVENT = "event"  # what happens: the file may say what it is called
    NEED = "need"  # a duty, a payment, an event or a paper, of the file or not


PartyKey = Annotated[Slug, Whose.PARTY]
PartyOrEither = Annotated[Slug, Whose.PARTY_OR_EITHER]
"""The key of a party, or ``either``: any of them."""
PartyOrOther = Annotated[Slug, Whose.PARTY_OR_OTHER]
"""The key of a party, or ``other``: every one but the one that acts."""
RoleKey = Annotated[Slug, Whose.ROLE]
EventKey = Annotated[Slug, Whose.EVENT]
"""What happens: of the convention’s life, known to all conventions, or named by the file."""
NeedKey = Annotated[Slug, Whose.NEED]
"""A duty, a payment, an event, a paper to receive."""
Side = Annotated[Slug, Whose.SIDE]
"""The key of a party, or all of them: ``both`` of two, ``all`` of three or more."""

DELAY_HINT = (
    (
        "En mots : 15 jours, 2 jours ouvrés, 6 jours ouvrables, 5 jours francs, 3 semaines, 1 mois et 15 jours, 1 an, 36 heures, "
        "huitaine, 45 jours fin de mois, au moins 15 jours."
    ),
    (
        "In the words of the paper: 15 jours, 2 jours ouvrés (working days), 6 jours ouvrables (days of the six-day week), "
        "5 jours francs (clear days), 1 mois et 15 jours, 1 an, 36 heures, huitaine, 45 jours fin de mois, au moins 15 jours."
    ),
)
DAY_OF_YEAR_HINT = ("Le mois puis le jour : 05-15 pour le 15 mai.", "The month then the day: 05-15 is 15 May.")
THRESHOLD_HINT = (
    "En mots : plus de 30 jours, premier jour compté (une absence) ; plus de 30 jours, premier jour non compté (un silence).",
    (
        "In the words of the paper: plus de 30 jours, premier jour compté (an absence); plus de 30 jours, premier jour "
        "non compté (a silence)."
    ),
)
Id = Annotated[Slug, field_words("Identifiant (pour toujours)", "Id (for life)", folded=True, of_file=True)]
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
SHORT_ROOM: Final = 40
"""Characters of a short name: it stands whole in the subject of a mail, with its day."""

Short = Annotated[
    OneLine,
    StringConstraints(max_length=SHORT_ROOM),
    field_words(
        "Nom court (40 caractères au plus)",
        "Short name (40 characters at most)",
        hint=(
            "Dit dans l’objet des courriels. À défaut, l’intitulé.",
            "Said in the subjects of mails. Failing that, the title.",
        ),
        folded=True,
    ),
]
ShortEn = Annotated[
    OneLine,
    StringConstraints(max_length=SHORT_ROOM),
    field_words("Nom court en anglais", "Short name in English", folded=True),
]
InEnglish = Annotated[Prose, field_words("En anglais", "In English", folded=True)]
OwedBy = Annotated[Slug, Whose.SIDE_OR_EACH, field_words("Dû par", "Owed by")]
"""The key of a party, all of them together, or ``each`` on its own."""
OwedTo = Annotated[Side, field_words("Dû à", "Owed to", folded=True)]
Responsible = Annotated[
    tuple[RoleKey, ...],
    field_words(
        "Qui s’en charge",
        "Who sees to it",
        hint=(
            "Dans l’ordre ; à défaut, le premier interlocuteur de la partie qui doit.",
            "In order; failing that, the first contact of the side that owes.",
        ),
        folded=True,
    ),
]
Informed = Annotated[tuple[RoleKey, ...], field_words("Qui est tenu au courant", "Who is kept informed", folded=True)]
StakeIfSaid = Annotated[
    Stake | None,
    field_words(
        "Enjeu (vide : celui de sa nature)",
        "Stake (empty: that of its kind)",
        values={
            "hard": ("fort : relances jusqu’à la direction", "high: called up to the manager"),
            "soft": ("courant : un rappel, puis le récapitulatif", "usual: one call, then the digest"),
        },
        folded=True,
    ),
]
"""What is lost when it is not done in time, where this convention does not take it as its kind is taken elsewhere."""
CitedIfAny = Annotated[
    tuple[OneLine, ...],
    field_words(
        "Articles cités (identifiants)",
        "Articles quoted (ids)",
        hint=("Le premier est cité dans les courriels.", "The first one is quoted in mails."),
        folded=True,
        of_file=True,
    ),
]
Cited = Annotated[CitedIfAny, Field(min_length=1)]
"""The articles that say it: at least one, the first is quoted wherever its date is explained."""
