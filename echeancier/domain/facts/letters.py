"""What happens to a letter: read again and let go by a person, posted, presented, delivered or returned; or given up by both."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, LetterId, kind_words
from echeancier.domain.facts.letter_fields import ADDED, Added, LetterFields, LetterKind
from echeancier.domain.model import OneLine, Prose, Slug


class _LetterRead(Dated):
    """Which letter was read again, and the mark of its text; what was added to it comes after."""

    kind: Literal["letter-validated"] = "letter-validated"
    IS_A_DECISION: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Lettre validée", "Letter validated"),
        says=("une personne a relu et validé une lettre", "a person read a letter again and validated it"),
        on=("jour de la validation", "day of the validation"),
        hint=(
            "Elle vaut pour ce texte exactement : s’il change, la lettre redevient un projet.",
            "It holds for exactly this text: if it changes, the letter is a draft again.",
        ),
    )
    letter: Annotated[LetterKind, field_words("quelle lettre", "which letter", label=("Lettre", "Letter"))]
    about: Annotated[
        OneLine,
        field_words(
            "de quoi elle parle : clé d’agenda, id de clause ou question/ID",
            "what it is about: an agenda key, the id of a clause or question/ID",
        ),
    ]
    mark: Annotated[
        OneLine, Field(max_length=64), field_words("la marque du texte relu", "the mark of the text that was read")
    ]


class LetterValidated(Added[OneLine, Prose], _LetterRead):
    """A person validated a letter, in exactly these words; any other words are a draft again.

    Attributes:
        on: the day it was validated.
        letter: which letter.
        about: the key of the item, clause or question it is about, as the letter itself says it.
        mark: of the text that was read (`domain.letters.progress.content_mark`).

    The other fields are what a person added to the letter; a text of several paragraphs has one per line.
    """

    @property
    def fields(self) -> LetterFields:
        """What a person added to the letter."""
        return LetterFields.model_validate({name: getattr(self, name) for name in ADDED})


class LetterPosted(Dated):
    """A registered letter was posted.

    Attributes:
        letter: which letter; one that ends the convention unless it says otherwise.
        rule: of a termination: the id of the clause used.
        about: of any other letter: what it is about, as its validation says it.
    """

    kind: Literal["letter-posted"] = "letter-posted"
    MOVES_THE_END: ClassVar[bool] = True
    SETTLES_BY: ClassVar[str | None] = "rule"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Lettre postée", "Letter posted"),
        says=("une lettre recommandée a été postée", "a registered letter was posted"),
        on=("jour du dépôt (cachet de la poste)", "day of posting (postmark)"),
    )
    letter: Annotated[
        LetterKind,
        field_words(
            "quelle lettre ; une résiliation si rien n’est dit",
            "which letter; a termination when nothing is said",
            label=("Lettre", "Letter"),
        ),
    ] = "termination"
    rule: Annotated[
        Slug | None,
        field_words(
            "d’une résiliation : la clause utilisée",
            "of a termination: the clause used",
            label=("Clause utilisée", "Clause used"),
        ),
    ] = None
    about: Annotated[
        OneLine,
        field_words(
            "d’une autre lettre : de quoi elle parle, comme manager-left-told/f12",
            "of another letter: what it is about, as in manager-left-told/f12",
        ),
    ] = ""
    by: Annotated[Slug, field_words("la partie qui écrit", "the party that writes", label=("Par", "By"))]
    form: Annotated[
        Literal["lrar", "lr", "other"],
        field_words(
            "la forme de l’envoi",
            "the form of the letter",
            label=("Forme de l’envoi", "Form of the letter"),
            values={
                "lrar": ("recommandé avec avis de réception", "registered with receipt"),
                "lr": ("recommandé", "registered"),
                "other": ("autre", "other"),
            },
        ),
    ] = "lrar"
    reasons: Annotated[
        Prose,
        field_words(
            "les motifs, si la clause les veut",
            "the reasons, where the clause wants them",
            label=("Motifs, si la clause les exige", "Reasons, where the clause wants them"),
        ),
    ] = ""
    effect_wanted: Annotated[
        date | None,
        field_words(
            "le dernier jour écrit dans la lettre",
            "the last day written in the letter",
            label=("Dernier jour écrit dans la lettre", "Last day written in the letter"),
        ),
    ] = None
    tracking: Annotated[
        OneLine, field_words("le numéro de suivi", "the tracking number", label=("Numéro de suivi", "Tracking number"))
    ] = ""


_TO_WHOM = Annotated[
    Slug | None,
    field_words(
        "la partie à qui elle est adressée ; la seule qui reste, si rien n’est dit",
        "the party it is addressed to; the only one left unless said",
        label=("À quelle partie", "To which party"),
    ),
]
"""A letter that ends the convention goes to every other party: each receives its own."""


class LetterPresented(Dated):
    """The letter was first presented to its addressee."""

    kind: Literal["letter-presented"] = "letter-presented"
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Lettre présentée", "Letter presented"),
        says=("la lettre a été présentée pour la première fois", "the letter was first presented"),
        on=("jour de la présentation", "day of presentation"),
    )
    letter: LetterId
    party: _TO_WHOM = None


class LetterDelivered(Dated):
    """The addressee received the letter (date on the receipt)."""

    kind: Literal["letter-delivered"] = "letter-delivered"
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Lettre remise", "Letter delivered"),
        says=("le destinataire a reçu la lettre", "the addressee received the letter"),
        on=("jour de l’avis de réception", "day of the receipt"),
    )
    letter: LetterId
    party: _TO_WHOM = None


class LetterReturned(Dated):
    """The letter came back: refused, unclaimed, or sent to an unknown address."""

    kind: Literal["letter-returned"] = "letter-returned"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Lettre revenue", "Letter returned"),
        says=("la lettre est revenue", "the letter came back"),
        on=("jour du retour", "day it came back"),
    )
    letter: LetterId
    party: _TO_WHOM = None
    outcome: Annotated[
        Literal["refused", "unclaimed", "unknown-address"],
        field_words(
            "pourquoi elle revient",
            "why it came back",
            label=("Issue", "Outcome"),
            values={
                "refused": ("refusée", "refused"),
                "unclaimed": ("non réclamée", "unclaimed"),
                "unknown-address": ("inconnu à l’adresse", "unknown at the address"),
            },
        ),
    ]


class NoticeWithdrawn(Dated):
    """Both sides agreed to go on: the letter has no effect any more."""

    kind: Literal["notice-withdrawn"] = "notice-withdrawn"
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Résiliation retirée d’un commun accord", "Termination withdrawn by agreement"),
        says=("les parties renoncent d’un commun accord à la résiliation", "both sides give the notice up"),
        on=("jour de l’accord", "day they agreed"),
    )
    letter: LetterId


def added_to(fields: LetterFields) -> dict[str, object]:
    """Return what a person added, as the fact keeps it: paragraphs one per line, what is empty left out."""
    found: dict[str, object] = {}
    for name in ADDED:
        value = getattr(fields, name)
        if value:
            found[name] = "\n".join(value) if isinstance(value, tuple) else value
    return found


LetterFact = LetterValidated | LetterPosted | LetterPresented | LetterDelivered | LetterReturned | NoticeWithdrawn
"""The facts of this file, in the order in which one meets them."""
