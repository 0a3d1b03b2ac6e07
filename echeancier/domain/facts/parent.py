"""What the parent convention tells its annexes."""

from typing import Annotated, ClassVar, Literal

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words


class ParentSigned(Dated):
    """The parent convention was signed by all (told by its own workflow, or by hand)."""

    kind: Literal["parent-signed"] = "parent-signed"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Convention mère signée", "Parent convention signed"),
        says=("la convention mère est signée par tous", "the parent was signed by all"),
        on=("jour de la dernière signature", "day of the last signature"),
    )


class ParentEnds(Dated):
    """The parent's last day in force, as now known: its natural end, an extension, or an early end."""

    kind: Literal["parent-ends"] = "parent-ends"
    MAY_LIE_AHEAD: ClassVar[bool] = True
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    IS_A_LAST_DAY: ClassVar[bool] = True
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Fin de la convention mère connue", "End of the parent convention known"),
        says=("le dernier jour de la convention mère est connu", "the parent’s last day is known"),
        on=("dernier jour en vigueur de la mère", "the parent’s last day in force"),
    )
    why: Annotated[
        Literal["term", "extended", "terminated"],
        field_words(
            "pourquoi elle finit ce jour-là",
            "why it ends that day",
            label=("Raison", "Reason"),
            values={
                "term": ("à son terme", "at its term"),
                "extended": ("prolongée", "extended"),
                "terminated": ("résiliée ou dénoncée", "terminated or denied"),
            },
        ),
    ] = "term"


ParentFact = ParentSigned | ParentEnds
"""The facts of this file, in the order in which one meets them."""
