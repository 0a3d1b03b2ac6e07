"""What an event that only the text names is called in words: « la remise des clés », for the key ``cles-remises``."""

from typing import Annotated, ClassVar

from echeancier.domain.declared import field_words
from echeancier.domain.model import Frozen, Slug
from echeancier.domain.terms.fields import BlockWords, CitedIfAny, Title, TitleEn, block_words


class NamedEvent(Frozen):
    """An event that the file waits for, or a paper that a sum needs, in words; the command records it by its key.

    Attributes:
        id: its key: what ``starts``, ``event``, ``needs``… name elsewhere in the file.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Événement en clair", "Event in words"))
    id: Annotated[
        Slug,
        field_words(
            "Événement ou pièce (la clé que nomme le fichier)",
            "Event or paper (the key that the file names)",
            hint=(
                "Comme cles-remises, là où une clause l’attend.",
                "As keys-handed-over, where a clause waits for it.",
            ),
            of_file=True,
        ),
    ]
    title: Title
    title_en: TitleEn = ""
    clauses: CitedIfAny = ()
