"""The steps of a breach procedure, its outcome, and a suspended convention that is in force again."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import Slug


class BreachStep(Dated):
    """One step of a breach procedure happened.

    ``on`` is the day it was done; for a step taken by letter, the day the letter was posted. The answer (« comment »,
    « cure ») counts from its own posting too. ``found`` opens a breach whose clause has no steps at all.
    """

    kind: Literal["breach-step"] = "breach-step"
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Étape d’une procédure de manquement", "Step of a breach procedure"),
        says=("une étape d’une procédure de manquement a eu lieu", "a step of a breach procedure happened"),
        on=("jour de l’étape (du dépôt, pour une lettre)", "day of the step (of posting, for a letter)"),
    )
    breach: Annotated[
        Slug, field_words("la procédure, comme fault", "the procedure, as in fault", label=("Procédure", "Procedure"))
    ]
    step: Annotated[
        Literal["found", "inform-reasons", "comment", "decide", "suspend", "formal-notice", "cure"],
        field_words(
            "l’étape",
            "the step",
            label=("Étape", "Step"),
            values={
                "found": ("manquement constaté", "breach found"),
                "inform-reasons": ("motifs communiqués", "reasons communicated"),
                "comment": ("observations", "comments"),
                "decide": ("décision", "decision"),
                "suspend": ("suspension", "suspension"),
                "cure": ("réponse ou remède", "answer or cure"),
            },
        ),
    ]
    against: Annotated[
        Slug | None,
        field_words(
            "la partie mise en cause, à dire d’abord, si la clause met en cause « l’autre partie »",
            "the party complained of, to be said first, where the clause speaks of “the other party”",
            label=("Partie mise en cause", "Party complained of"),
        ),
    ] = None
    who: Annotated[
        Slug | None,
        field_words(
            "la partie qui se plaint, si plusieurs le peuvent ; nous, si rien n’est dit",
            "the party that complains, where several may; us unless said",
            label=("Partie qui se plaint", "Party that complains"),
        ),
    ] = None
    presented_on: Annotated[
        date | None,
        field_words(
            "jour de la première présentation",
            "day of first presentation",
            label=("Première présentation", "First presentation"),
        ),
    ] = None
    delivered_on: Annotated[
        date | None, field_words("jour de la remise", "day of delivery", label=("Remise", "Delivery"))
    ] = None


class BreachClosed(Dated):
    """A breach procedure is over.

    ``cured`` and ``withdrawn``: the convention goes on. ``maintained``: it ends, and ``on`` is its last day in force.
    """

    kind: Literal["breach-closed"] = "breach-closed"
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    IS_A_LAST_DAY: ClassVar[bool] = True
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Procédure de manquement close", "Breach procedure closed"),
        says=("une procédure de manquement est close", "a breach procedure is over"),
        on=(
            "jour de la clôture ; maintained : dernier jour en vigueur",
            "day it was closed; maintained: last day in force",
        ),
    )
    breach: Annotated[
        Slug, field_words("la procédure, comme fault", "the procedure, as in fault", label=("Procédure", "Procedure"))
    ]
    outcome: Annotated[
        Literal["cured", "withdrawn", "maintained"],
        field_words(
            "l’issue",
            "the outcome",
            label=("Issue", "Outcome"),
            values={
                "cured": ("remédié, la convention continue", "cured, the convention goes on"),
                "withdrawn": ("abandonné, la convention continue", "dropped, the convention goes on"),
                "maintained": ("maintenu, la convention prend fin", "maintained, the convention ends"),
            },
        ),
    ]


class Resumed(Dated):
    """A suspended convention is in force again from this day on (its clause says what must have happened first)."""

    kind: Literal["resumed"] = "resumed"
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Reprise après une suspension", "Resumed after a suspension"),
        says=("une convention suspendue reprend", "a suspended convention is in force again"),
        on=("premier jour de la reprise", "first day in force again"),
    )


BreachFact = BreachStep | BreachClosed | Resumed
"""The facts of this file, in the order in which one meets them."""
