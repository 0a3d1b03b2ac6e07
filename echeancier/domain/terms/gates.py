"""What must be done before something else may begin (« au préalable », « sauf accord préalable exprès »)."""

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from echeancier.domain.declared import field_words
from echeancier.domain.model import Frozen
from echeancier.domain.terms.fields import BlockWords, Cited, Id, NeedKey, Title, TitleEn, block_words

NEVER_RECORDED: Final = ("effective", "signed", "executory", "ended", "suspended", "terminated-for-breach")
"""Events that follow from the dates of a convention or from other facts: nobody tells them."""


class Gate(Frozen):
    """Something that may not begin until something else is done; it gives no day of its own.

    Attributes:
        title: what is not to begin, in words, as « transmettre les données ».
        opens: what waits: ids of the file, or events.
        needs: what must be there before: ids of the file (each party's share of what each owes), or events; all of them.
        without: what becomes of a fact that comes too soon. ``warned``: it happened, it is kept, and it is said;
            ``refused``: it is an act of the parties that the text forbids, and it is not recorded.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Au préalable", "Beforehand"))
    id: Id
    title: Title
    title_en: TitleEn = ""
    opens: Annotated[
        tuple[NeedKey, ...],
        field_words(
            "Ce qui doit attendre (identifiants ou événements)",
            "What must wait (ids or events)",
            label=("Ce qui doit attendre", "What must wait"),
            hint=(
                "Ce que la convention nomme déjà, ou l’événement à enregistrer quand il arrive.",
                "What the convention names already, or the event to record when it happens.",
            ),
        ),
    ] = Field(min_length=1)
    needs: Annotated[
        tuple[NeedKey, ...],
        field_words(
            "Ce qu’il faut d’abord (identifiants ou événements)",
            "What must come first (ids or events)",
            label=("Ce qu’il faut d’abord", "What must come first"),
        ),
    ] = Field(min_length=1)
    without: Annotated[
        Literal["warned", "refused"],
        field_words(
            "Si cela arrive avant",
            "If it happens before",
            values={
                "warned": ("c’est enregistré, et signalé", "it is recorded, and said"),
                "refused": ("le fait est refusé", "the fact is refused"),
            },
        ),
    ] = "warned"
    clauses: Cited
