"""What happens to the paper while it goes round for signature, each signature, and the publicity of the contract."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import Prose, Slug


class SignatureCirculated(Dated):
    """The paper was sent round for signature, for the first time or again.

    ``gather_by`` is the day by which the coordinator wants every signature; without it our own policy sets one. With
    ``new_text`` the paper is another one: what was signed before does not count for it.
    """

    kind: Literal["signature-circulated"] = "signature-circulated"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Envoi à la signature", "Sent round for signature"),
        says=(
            "le texte est envoyé à la signature, une première fois ou de nouveau",
            "the paper is sent round for signature, for the first time or again",
        ),
        on=("jour de l’envoi", "day it was sent"),
    )
    gather_by: Annotated[
        date | None,
        field_words(
            "le jour où toutes les signatures doivent être recueillies",
            "the day by which every signature is to be gathered",
            hint=(
                "Sans lui, 90 jours après l’envoi, sauf autre préférence.",
                "Without it, 90 days after it was sent, unless the preferences say otherwise.",
            ),
        ),
    ] = None
    new_text: Annotated[
        bool,
        field_words(
            "true si le texte a changé : chacun signe de nouveau", "true if the text changed: everybody signs again"
        ),
    ] = False


class SignatureRefused(Dated):
    """A party let it be known that it will not sign; the day it said so, and why."""

    kind: Literal["signature-refused"] = "signature-refused"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Refus de signer", "Refusal to sign"),
        says=("une partie refuse de signer", "a party refuses to sign"),
        on=("jour où elle l’a fait savoir", "day it let it be known"),
        hint=(
            "La coordination et le responsable en sont avertis ; les relances de signature cessent.",
            "The coordinator and the manager hear it; the reminders to sign stop.",
        ),
    )
    party: Annotated[Slug, field_words("la partie qui refuse", "the party that refuses", label=("Partie", "Party"))]
    reason: Annotated[
        Prose, field_words("le motif, tel qu’il est donné", "the reason, as given", label=("Motif", "Reason"))
    ]


class Signed(Dated):
    """A party signed. ``irregular`` records a signature that already happened too early, as what it is."""

    kind: Literal["signed"] = "signed"
    SETTLES_BY: ClassVar[str | None] = "party"
    TOLD_OF_SEVERAL: ClassVar[str | None] = "party"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Signature", "Signature"),
        says=("une partie a signé", "a party signed"),
        on=("jour de la signature", "day of the signature"),
    )
    party: Annotated[Slug, field_words("la partie qui a signé", "the party that signed", label=("Partie", "Party"))]
    irregular: Annotated[
        bool,
        field_words(
            "true pour une signature déjà donnée trop tôt",
            "true for a signature already given too early",
            label=("Signature déjà donnée trop tôt : la constater", "Signed too early already: record it as it is"),
        ),
    ] = False


class ContractPublicised(Dated):
    """The conclusion of the convention was made public (object, parties, where it can be read)."""

    kind: Literal["contract-publicised"] = "contract-publicised"
    SETTLES_BY: ClassVar[str | None] = ""
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Avis de signature publié", "Notice of signature published"),
        says=("l’avis de signature a été publié", "the notice of signature was published"),
        on=("jour de la publicité", "day of publicity"),
    )


SigningFact = SignatureCirculated | SignatureRefused | Signed | ContractPublicised
"""The facts of this file, in the order in which one meets them."""
