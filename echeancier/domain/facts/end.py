"""What becomes of a convention at its end: decided, amended, followed by another."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import OneLine, Reference
from echeancier.domain.terms.changes import Piece


class RenewalDecided(Dated):
    """What becomes of the convention at its end: renewed as it is, amended, replaced by a new one, or left to lapse."""

    kind: Literal["renewal-decided"] = "renewal-decided"
    IS_A_DECISION: ClassVar[bool] = True
    SETTLES_BY: ClassVar[str | None] = ""
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Suite décidée", "What follows is decided"),
        says=("la suite de la convention est décidée", "what becomes of the convention is decided"),
        on=("jour de la décision", "day of the decision"),
    )
    decision: Annotated[
        Literal["renew", "amend", "new-convention", "let-lapse"],
        field_words(
            "la décision",
            "the decision",
            label=("Décision", "Decision"),
            values={
                "renew": ("renouveler", "renew"),
                "new-convention": ("conclure une nouvelle convention", "make a new convention"),
                "let-lapse": ("laisser s’éteindre", "let it lapse"),
            },
        ),
    ]


class FollowedBy(Dated):
    """The convention that follows was registered under that reference."""

    kind: Literal["followed-by"] = "followed-by"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Suite enregistrée", "Follow-on registered"),
        says=("la convention qui suit est enregistrée", "the convention that follows is registered"),
        on=("jour de son enregistrement", "day it was registered"),
        hint=(
            "La commande follow-on --start l’enregistre d’elle-même.",
            "The command follow-on --start records it by itself.",
        ),
    )
    reference: Annotated[Reference, field_words("sa référence", "its reference")]


class Amended(Dated):
    """An amendment was signed by all; ``ends_on`` is the new last day when it changes.

    The last one by its own effect rules, then by its number, whatever the order in which they are told.

    Attributes:
        effect: the day from which it counts, that of its last signature where it names none.
        number: printed on it.
        moves: the key of the one thing owed that it puts on another day, ``moved_to``; the rule of the others stays.
        changes: the terms that it replaces from its effect on, a piece of the file.
    """

    kind: Literal["amended"] = "amended"
    TOLD_OF_SEVERAL: ClassVar[str | None] = "moves"
    TOLD_ONCE: ClassVar[tuple[str, ...]] = ("ends_on", "changes")
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Avenant signé", "Amendment signed"),
        says=("un avenant est signé par tous", "an amendment is signed by all"),
        on=("jour de la dernière signature", "day of the last signature"),
    )
    ends_on: Annotated[
        date | None,
        field_words(
            "le nouveau dernier jour, s’il change",
            "the new last day, if it changes",
            label=("Nouveau dernier jour en vigueur, s’il change", "New last day in force, if it changes"),
        ),
    ] = None
    effect: Annotated[
        date | None,
        field_words(
            "sa date d’effet, si elle n’est pas celle de la signature",
            "the day it takes effect, if not that of its signature",
            label=("Date d’effet, si elle n’est pas celle de la signature", "Effective on, if not on its signature"),
        ),
    ] = None
    number: Annotated[
        int | None, field_words("son numéro", "its number", label=("Numéro de l’avenant", "Number of the amendment"))
    ] = Field(default=None, ge=1, le=99)
    moves: Annotated[
        OneLine | None,
        field_words(
            "l’échéance qu’il déplace, elle seule",
            "the one due date that it moves",
            label=("Échéance qu’il déplace, s’il n’en déplace qu’une", "Due date that it moves, if it moves one"),
        ),
    ] = None
    moved_to: Annotated[
        date | None,
        field_words(
            "le nouveau dernier jour de cette échéance",
            "the new last day of that due date",
            label=("Nouveau dernier jour de cette échéance", "New last day of that due date"),
        ),
    ] = None
    changes: Annotated[
        Piece | None,
        field_words(
            "les termes qu’il change à partir de son effet : les lignes du fichier qui changent, ou le fichier entier amendé",
            "the terms it changes from its effect on: the lines of the file that change, or the whole file as amended",
            label=("Termes changés (lignes du fichier)", "Terms changed (lines of the file)"),
            hint=(
                "Par bloc et identifiant, comme [termination.preavis] puis length = { months = 2 } ; le reste ne change pas.",
                "By block and id, as [termination.notice] then length = { months = 2 }; the rest stays.",
            ),
        ),
    ] = None
    label: Annotated[
        OneLine, field_words("le nom de l’avenant", "the name of the amendment", label=("Libellé", "Label"))
    ] = ""

    @model_validator(mode="after")
    def _a_number(self) -> "Amended":
        if self.changes is not None and self.number is None:
            raise ValueError("un avenant qui change des termes dit son numéro (number)")
        return self

    @model_validator(mode="after")
    def _both_or_none(self) -> "Amended":
        if (self.moves is None) != (self.moved_to is None):
            raise ValueError("moves (l’échéance) et moved_to (son nouveau dernier jour) vont ensemble")
        return self


class RenewedByAct(Dated):
    """The act that the text wants renewed it for one more period: taken by one party, or signed by all."""

    kind: Literal["renewed"] = "renewed"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Convention renouvelée", "Convention renewed"),
        says=(
            "l’acte que veut le texte la renouvelle pour une période de plus",
            "the act that the text wants renews it for one more period",
        ),
        on=("jour de l’acte, ou de la dernière signature", "day of the act, or of the last signature"),
    )
    SETTLES_BY: ClassVar[str | None] = ""


EndFact = RenewalDecided | RenewedByAct | FollowedBy | Amended
"""The facts of this file, in the order in which one meets them."""
