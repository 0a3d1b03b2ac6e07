"""Something owed was done."""

from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import ItemKey, KindWords, kind_words
from echeancier.domain.model import Slug


class DutyDone(Dated):
    """Something owed was done: data received, report handed over, access closed, data destroyed, step taken.

    ``at``: the instant, wanted where hours decide; the note: what was told, to whom.
    """

    kind: Literal["done"] = "done"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Fait", "Done"),
        says=("quelque chose de dû a été fait", "something owed was done"),
        on=("jour où c’est fait", "day it was done"),
    )
    item: ItemKey
    party: Annotated[
        Slug | None, field_words("la partie qui l’a fait", "the party that did it", label=("Partie", "Party"))
    ] = None
    at: Annotated[
        AwareDatetime | None,
        field_words(
            "l’heure et son décalage, si le délai est en heures",
            "the hour and its offset, where hours count",
            label=("Heure, si le délai se compte en heures", "Hour, where the delay is in hours"),
            hint=("À donner le dernier jour d’un délai en heures.", "To be given on the last day of a delay in hours."),
        ),
    ] = None
