"""What makes money fall due: a statement of account, a request for payment, or another paper that a payment needs."""

from typing import Annotated, ClassVar, Literal

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import Slug


class PaperReceived(Dated):
    """A paper that a payment waits for has arrived: the statement of a period, the invoices."""

    kind: Literal["received"] = "received"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Pièce reçue", "Paper received"),
        says=("une pièce qu’un paiement attend est arrivée", "a paper that a payment waits for arrived"),
        on=("jour de la réception", "day it was received"),
        hint=(
            "Chaque mémoire nomme sa période : payer l’un ne règle que lui.",
            "Each statement names its period: paying one settles that one alone.",
        ),
    )
    what: Annotated[
        Slug,
        field_words(
            "le paiement dont c’est le mémoire, ou la pièce, comme factures",
            "the payment whose statement it is, or the paper, as in invoices",
            label=("Ce qui est reçu", "What was received"),
        ),
    ]
    about: Annotated[
        Slug | None,
        field_words(
            "la période du mémoire, comme 2023, quand il y en a plusieurs",
            "the period of the statement, as in 2023, where there are several",
            label=("Période", "Period"),
        ),
    ] = None
