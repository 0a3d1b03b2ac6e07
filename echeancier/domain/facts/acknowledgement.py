"""Somebody answered a call without having done the thing: seen, put off, or there is a problem."""

from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from echeancier.domain.dates.words import in_words
from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import ItemKey, KindWords, kind_words
from echeancier.domain.model import Slug, Text

AckWord = Literal["seen", "later", "problem"]
"""What may be said of a call: I take charge of it; not before such a day; something stands in the way."""


PROBLEM: Final = Text(fr="signale un problème", en="tells of a problem")


class Acknowledged(Dated):
    """Whoever owes something says where it stands. It never counts as done: it only says when to speak of it again.

    Attributes:
        on: the day it was said.
        role: who says it; it speaks for its whole party.
        until: of ``later`` alone: the day on which to be called again, the safe day at the latest.
        of_day: what the dates of the item stood on when it was said (`Item.ground`): once they stand on another day, it
            silences nothing any more. None: as the agenda was when it was recorded.
        note: of ``problem``: what the problem is.
    """

    kind: Literal["acknowledged"] = "acknowledged"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Vu, remis à plus tard, ou problème", "Seen, put off, or a problem"),
        says=(
            "quelqu’un prend une échéance en charge, la remet à plus tard, ou signale un problème",
            "somebody takes charge of a deadline, puts it off, or tells of a problem",
        ),
        on=("jour où cela a été dit", "day it was said"),
        hint=(
            "Cela ne compte jamais comme fait : les relances se taisent seulement jusqu’au jour dit.",
            "It never counts as done: the reminders only keep quiet until the day said.",
        ),
    )
    item: ItemKey
    role: Annotated[
        Slug, field_words("le rôle qui le dit", "the role that says it", label=("Qui le dit", "Who says it"))
    ]
    answer: Annotated[
        AckWord,
        field_words(
            "ce qui est dit : vu, plus tard, un problème",
            "what is said: seen, later, a problem",
            label=("Ce qui est dit", "What is said"),
            values={
                "seen": ("vu, s’en charge", "seen, takes charge of it"),
                "later": ("pas avant un jour", "not before a day"),
                "problem": ("un problème", "a problem"),
            },
        ),
    ]
    until: Annotated[
        date | None,
        field_words(
            "avec later : le jour à partir duquel relancer",
            "with later: the day from which to call again",
            label=("Pas avant le", "Not before"),
        ),
    ] = None
    of_day: Annotated[
        date | None,
        field_words(
            "le dernier jour de l’échéance quand cela a été dit ; sans lui, celui de l’agenda d’alors",
            "the deadline’s last day when it was said; without it, that of the agenda then",
            label=("Dernier jour dit", "Last day told"),
        ),
    ] = None


def said_in_words(fact: Acknowledged) -> Text:
    """Return what was said, as it reads after a colon: « vu, s’en charge »."""
    if fact.answer == "later" and fact.until is not None:
        return Text(fr=f"pas avant le {in_words(fact.until)}", en=f"not before {in_words(fact.until, 'en')}")
    return Text(fr="vu, s’en charge", en="seen, takes charge of it") if fact.answer == "seen" else PROBLEM
