"""What every fact is: its kind, what is true of all facts of that kind, and for most of them the day on which it lies."""

from datetime import date
from typing import ClassVar, Literal

from echeancier.domain.facts.description import KindWords, Note
from echeancier.domain.model import Frozen


class AnyFact(Frozen):
    """A fact. What is true of a whole kind is said on its model, where it is not as here.

    Attributes:
        WORDS: its name and what it says happened.
        MAY_LIE_AHEAD: it may be recorded before its day: it is planned or announced.
        COUNTS_ONCE_TOLD: it counts from the day it was told, even before its own.
        IS_A_LAST_DAY: its day is a last day in force, often years ahead: today would be a guess.
        IS_A_DECISION: a manager records it too.
        IS_OF_THE_ACT: a step of the deliberation that authorises the signature.
        MOVES_THE_END: it can move the last day in force.
        ABOUT_A_MEETING: it names a meeting: any that is still to be held, or one whose date is fixed.
        SETTLES_BY: the field by which it names the occurrence of the dated thing that it settles, empty where its kind alone says
            which; None where it settles nothing in particular.
        TOLD_OF_SEVERAL: the field that may name several, with commas: one fact each, told in one go; None for most.
        TOLD_ONCE: the fields that the first of them alone keeps.
    """

    WORDS: ClassVar[KindWords]
    MAY_LIE_AHEAD: ClassVar[bool] = False
    COUNTS_ONCE_TOLD: ClassVar[bool] = False
    IS_A_LAST_DAY: ClassVar[bool] = False
    IS_A_DECISION: ClassVar[bool] = False
    IS_OF_THE_ACT: ClassVar[bool] = False
    MOVES_THE_END: ClassVar[bool] = False
    ABOUT_A_MEETING: ClassVar[Literal["", "any", "arranged"]] = ""
    SETTLES_BY: ClassVar[str | None] = None
    TOLD_OF_SEVERAL: ClassVar[str | None] = None
    TOLD_ONCE: ClassVar[tuple[str, ...]] = ()


class Dated(AnyFact):
    """A fact of a day, in the local calendar of the convention's place."""

    on: date
    note: Note = ""
