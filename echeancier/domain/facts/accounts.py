"""The accounts open on the operator's tool."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words


class AccountsCounted(Dated):
    """How many accounts are open on the operator's tool, the manager's own account left out."""

    kind: Literal["accounts-counted"] = "accounts-counted"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Comptes ouverts dénombrés", "Open accounts counted"),
        says=("les comptes ouverts ont été comptés", "the open accounts were counted"),
        on=("jour du compte", "day of the count"),
    )
    number: Annotated[
        int,
        field_words(
            "le nombre de comptes, hors celui du gestionnaire",
            "how many, the manager’s own left out",
            label=("Nombre de comptes", "How many accounts"),
        ),
    ] = Field(ge=0, le=1_000_000)
