"""Papers kept with a convention: signed, deliberation, annexes, minutes, proofs. They change no date."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field, StringConstraints, model_validator

from echeancier.domain.declared import field_words, words_of
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import Named, OneLine, Text

PieceSort = Literal["convention", "deliberation", "annex", "amendment", "minutes", "proof", "letter", "other"]
_LONGEST: Final = 1_000_000_000
"""Bytes that any file of ours could have: what is taken is less, and the door says so."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


class PieceAttached(Dated):
    """A paper was put with the file. Two of one sort and one title are two versions of it: the last told is the one that counts.

    Attributes:
        on: the day the paper bears, or the day it was put there.
        what: what sort of paper it is.
        title: what it is called.
        name: of its file as it was given; empty for a paper that is kept elsewhere.
        size: of its file, in bytes; 0 for a paper that is kept elsewhere.
        sha256: of its file: what proves that it is still the one that was given; empty for a paper that is kept elsewhere.
        about: the deadline that it proves, by its key; empty where it proves none.
    """

    kind: Literal["piece-attached"] = "piece-attached"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Pièce au dossier", "Paper on file"),
        says=("une pièce est jointe au dossier, ou gardée ailleurs", "a paper is put on file, or kept elsewhere"),
        on=("jour de la pièce", "day of the paper"),
        hint=(
            "Pour joindre un fichier, passer par « Pièces » sur la page de la convention.",
            "To attach a file, use “Papers” on the page of the convention.",
        ),
    )
    what: Annotated[
        PieceSort,
        field_words(
            "quelle pièce",
            "which paper",
            label=("Quelle pièce", "Which paper"),
            values={
                "convention": ("la convention signée", "the signed convention"),
                "deliberation": ("une délibération", "an act of the assembly"),
                "annex": ("une annexe", "an annex"),
                "amendment": ("un avenant", "an amendment"),
                "minutes": ("un compte rendu", "minutes"),
                "proof": ("un justificatif", "a proof"),
                "letter": ("un courrier", "a letter"),
                "other": ("autre chose", "something else"),
            },
        ),
    ]
    title: Annotated[Named, field_words("son intitulé", "its title", label=("Intitulé", "Title"))]
    about: Annotated[
        OneLine, field_words("l’échéance qu’elle prouve", "the deadline that it proves", label=("Prouve", "Proves"))
    ] = ""
    name: Annotated[
        OneLine, field_words("le nom du fichier", "the name of its file", label=("Fichier", "File"), of_file=True)
    ] = ""
    size: Annotated[
        int,
        Field(ge=0, le=_LONGEST),
        field_words("sa taille, en octets", "its size, in bytes", label=("Octets", "Bytes"), of_file=True),
    ] = 0
    sha256: Annotated[
        Sha256, field_words("l’empreinte du fichier", "the hash of its file", label=("Empreinte", "Hash"), of_file=True)
    ] = ""

    @model_validator(mode="after")
    def _whole_or_elsewhere(self) -> "PieceAttached":
        if not (bool(self.name) == bool(self.size) == bool(self.sha256)):
            raise ValueError(
                "une pièce jointe a un nom de fichier, une taille et une empreinte ; gardée ailleurs, elle n’a rien de cela"
            )
        return self


def sorts_in_words() -> Mapping[str, Text]:
    """Return the sorts of papers, in the order of the model, in words."""
    words = words_of(PieceAttached.model_fields["what"])
    assert words is not None  # noqa: S101 - the model carries them
    return words.values
