"""What money waits for (a statement of account, a request, another paper), and an amount that is counted, set or revised."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from echeancier.domain.declared import field_words
from echeancier.domain.euros import Euros, Quantity
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


class AmountRevised(Dated):
    """The amount of a payment that comes back was revised, as its clause provides: an index, a new rate.

    Attributes:
        effect: the first day of the new amount, that of the fact where it is left out.
    """

    kind: Literal["revised"] = "revised"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Montant révisé", "Amount revised"),
        says=("le montant d’un paiement qui revient est révisé", "the amount of a payment that comes back was revised"),
        on=("jour où il est notifié ou convenu", "day it was notified or agreed"),
        hint=(
            "Une période commencée avant ce jour garde l’ancien montant.",
            "A period begun before that day keeps the former amount.",
        ),
    )
    payment: Annotated[Slug, field_words("le paiement", "the payment", label=("Paiement", "Payment"))]
    amount: Annotated[
        Euros,
        field_words(
            "le nouveau montant en euros, comme 312.50",
            "the new amount in euros, as 312.50",
            label=("Nouveau montant, en euros", "New amount, in euros"),
        ),
    ]
    effect: Annotated[
        date | None,
        field_words(
            "le premier jour du nouveau montant, si c’est un autre",
            "the first day of the new amount, if it is another",
            label=("Premier jour du nouveau montant, si c’est un autre", "First day of the new amount, if another"),
        ),
    ] = None

    @property
    def begins(self) -> date:
        """The first day of the new amount."""
        return self.effect or self.on


_WHICH = field_words(
    "la fois, comme 2027 ou 2027-03, quand il y en a plusieurs",
    "which time, as in 2027 or 2027-03, where there are several",
    label=("Quelle fois", "Which time"),
)


class UnitsCounted(Dated):
    """How many there were, of what a payment has a price for: the meals of a month, the inhabitants of a year."""

    kind: Literal["counted"] = "counted"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Décompte", "Count"),
        says=("ce qu’un paiement compte à l’unité est compté", "what a payment has a price for was counted"),
        on=("jour du décompte", "day of the count"),
        hint=(
            "La somme se calcule alors : le nombre, au prix écrit dans la convention.",
            "The sum follows: the number, at the price written in the convention.",
        ),
    )
    payment: Annotated[Slug, field_words("le paiement", "the payment", label=("Paiement", "Payment"))]
    number: Annotated[
        Quantity, field_words("le nombre, comme 412", "the number, as 412", label=("Nombre compté", "Number counted"))
    ]
    about: Annotated[Slug | None, _WHICH] = None


class AmountSet(Dated):
    """The amount of a sum for which the paper gives none is known: what was not spent, what is to be paid back."""

    kind: Literal["amount-set"] = "amount-set"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Montant arrêté", "Amount set"),
        says=(
            "le montant d’une somme que le texte ne chiffre pas est connu",
            "the amount of a sum for which the text gives none is known",
        ),
        on=("jour où il est arrêté", "day it was set"),
    )
    payment: Annotated[Slug, field_words("le paiement", "the payment", label=("Paiement", "Payment"))]
    amount: Annotated[
        Euros,
        field_words(
            "le montant en euros, comme 1200.00",
            "the amount in euros, as 1200.00",
            label=("Montant, en euros", "Amount, in euros"),
        ),
    ]
    about: Annotated[Slug | None, _WHICH] = None


MoneyFact = PaperReceived | AmountRevised | UnitsCounted | AmountSet
"""The facts of this file, in the order in which one meets them."""
