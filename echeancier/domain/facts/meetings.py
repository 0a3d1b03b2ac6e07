"""What is known of a meeting once it was held."""

from typing import Annotated, ClassVar, Literal

from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, field_words, kind_words
from echeancier.domain.model import OneLine


class MeetingMinutes(Dated):
    """The minutes of a meeting that was held were drawn up; ``document`` says where they are kept."""

    kind: Literal["meeting-minutes"] = "meeting-minutes"
    SETTLES_BY: ClassVar[str | None] = "item"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Compte rendu établi", "Minutes drawn up"),
        says=("le compte rendu d’une rencontre est établi", "the minutes of a meeting are drawn up"),
        on=("jour du compte rendu", "day of the minutes"),
    )
    item: Annotated[
        OneLine,
        field_words(
            "la clé de l’échéance, comme steering-committee/2022",
            "the item’s key, as in steering-committee/2022",
            label=("Échéance", "Deadline"),
        ),
    ]
    document: Annotated[
        OneLine,
        field_words(
            "où le compte rendu se trouve",
            "where the minutes are kept",
            label=("Où elle est gardée", "Where it is kept"),
        ),
    ] = ""
