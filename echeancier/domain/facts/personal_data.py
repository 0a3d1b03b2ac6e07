"""Personal data: how grave an incident is, a longer time to answer a person, certificates of destruction, holds."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import OneLine


class IncidentAssessed(Dated):
    """What a data breach means for the people concerned was judged; it can be judged again (GDPR art. 33 and 34).

    Attributes:
        incident: the id of the fact that told of the breach, as in ``f12``.
        risk: ``unlikely`` takes the authority's seventy-two hours away, ``high`` adds telling the people themselves.
    """

    kind: Literal["incident-assessed"] = "incident-assessed"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Risque d’une violation jugé", "Risk of a breach judged"),
        says=(
            "le risque d’une violation de données pour les personnes est jugé",
            "the risk of a data breach for people is judged",
        ),
        on=("jour où il est jugé", "day it was judged"),
        hint=(
            "Il peut être jugé de nouveau.",
            "It can be judged again.",
        ),
    )
    incident: Annotated[
        OneLine,
        field_words(
            "le numéro du fait, comme f12",
            "the number of the fact, as in f12",
            label=("Violation (numéro du fait)", "Breach (number of the fact)"),
        ),
    ]
    risk: Annotated[
        Literal["unlikely", "risk", "high"],
        field_words(
            "le risque",
            "the risk",
            label=("Risque pour les personnes", "Risk for people"),
            values={
                "unlikely": ("aucun risque vraisemblable", "a risk is unlikely"),
                "risk": ("un risque : la CNIL est à prévenir", "a risk: the authority must be told"),
                "high": ("un risque élevé : les personnes aussi", "a high risk: the persons too"),
            },
        ),
    ]


class AnswerExtended(Dated):
    """A person who asked was told, with the reasons, that the answer will take longer (GDPR art. 12.3).

    Attributes:
        on: the day the person was told.
        item: the key of the answer owed.
        months: how many more months; the door takes two at most.
    """

    kind: Literal["answer-extended"] = "answer-extended"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réponse à une personne prolongée", "Answer to a person extended"),
        says=(
            "la personne est informée, avec les motifs, que la réponse prendra plus de temps",
            "the person was told, with the reasons, that the answer takes longer",
        ),
        on=("jour où elle en est informée", "day she was told"),
        hint=(
            "Elle doit l’être dans le mois de sa demande, et une seule fois.",
            "It must be told within the month of the request, and only once.",
        ),
    )
    item: Annotated[
        OneLine,
        field_words(
            "la clé de la réponse due, comme person-answer/f12",
            "the key of the answer owed",
            label=("Échéance", "Deadline"),
        ),
    ]
    months: Annotated[
        int,
        field_words(
            "un ou deux mois de plus ; deux si rien n’est dit",
            "one or two more months; two unless said",
            label=("Nombre de mois", "Number of months"),
        ),
    ] = Field(default=2, ge=1, le=120)


class CertificateReceived(Dated):
    """The written certificate of a destruction was handed over: received by us, or given by us.

    Attributes:
        on: the day it was handed over.
        item: the key of the destruction it certifies.
        destroyed_on: the day of the destruction as it says it, where nobody recorded it yet.
        document: where the certificate is kept.
    """

    kind: Literal["certificate-received"] = "certificate-received"
    SETTLES_BY: ClassVar[str | None] = "item"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Attestation de destruction", "Certificate of destruction"),
        says=(
            "une attestation de destruction est remise, reçue ou donnée",
            "a certificate of destruction was handed over, to us or by us",
        ),
        on=("jour de la remise", "day it was handed over"),
    )
    item: Annotated[
        OneLine,
        field_words(
            "la clé de la destruction, comme destruction/operator",
            "the key of the destruction",
            label=("Échéance", "Deadline"),
        ),
    ]
    destroyed_on: Annotated[
        date | None,
        field_words(
            "le jour de la destruction qu’elle donne",
            "the day of the destruction that it gives",
            label=("Jour de la destruction", "Day of the destruction"),
        ),
    ] = None
    document: Annotated[
        OneLine, field_words("où elle est gardée", "where it is kept", label=("Où elle est gardée", "Where it is kept"))
    ] = ""


class HoldReviewed(Dated):
    """Whether a litigation still asks that data be kept was looked at; ``lifted`` lets the destruction run again."""

    kind: Literal["hold-reviewed"] = "hold-reviewed"
    SETTLES_BY: ClassVar[str | None] = ""
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Suspension pour contentieux revue", "Litigation hold reviewed"),
        says=(
            "la suspension de la destruction pour contentieux est revue",
            "the hold put on destruction by a litigation was looked at",
        ),
        on=("jour de l’examen", "day it was looked at"),
    )
    outcome: Annotated[
        Literal["kept", "lifted"],
        field_words(
            "l’issue",
            "the outcome",
            label=("Issue", "Outcome"),
            values={
                "kept": ("la suspension continue", "the hold goes on"),
                "lifted": ("la suspension est levée", "the hold is lifted"),
            },
        ),
    ] = "kept"


PersonalDataFact = IncidentAssessed | AnswerExtended | CertificateReceived | HoldReviewed
"""The facts of this file, in the order in which one meets them."""
