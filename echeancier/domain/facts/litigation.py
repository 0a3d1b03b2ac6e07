"""A litigation, while which nothing is destroyed."""

from typing import ClassVar, Literal

from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words


class LitigationOpened(Dated):
    """A litigation began: what must be destroyed waits."""

    kind: Literal["litigation-opened"] = "litigation-opened"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Contentieux ouvert", "Litigation opened"),
        says=("un contentieux commence", "a litigation began"),
        on=("jour du début", "day it began"),
        hint=(
            "Ce qui doit être détruit attend jusqu’à la fin du contentieux.",
            "What must be destroyed waits until the litigation is over.",
        ),
    )


class LitigationClosed(Dated):
    """The litigation is over: destruction runs again."""

    kind: Literal["litigation-closed"] = "litigation-closed"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Contentieux clos", "Litigation closed"),
        says=("le contentieux est fini", "the litigation is over"),
        on=("jour de la fin", "day it ended"),
    )


LitigationFact = LitigationOpened | LitigationClosed
"""The facts of this file, in the order in which one meets them."""
