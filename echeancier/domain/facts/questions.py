"""The answer to a question of the paper, or to one of ours."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from echeancier.domain.declared import field_words
from echeancier.domain.euros import Euros
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import OneLine, Prose, Slug


class QuestionAnswered(Dated):
    """A question got its answer; it can be changed by a later answer."""

    kind: Literal["question-answered"] = "question-answered"
    IS_A_DECISION: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réponse à une question", "Question answered"),
        says=("une question a sa réponse", "a question has its answer"),
        on=("jour de la réponse", "day of the answer"),
        hint=(
            "Une seule réponse, celle que la question attend : lecture, jour, nombre de mois, montant ou mots.",
            "One answer only, the one the question expects: a reading, a day, a number of months, an amount or words.",
        ),
    )
    question: Annotated[OneLine, field_words("la question", "the question", label=("Question", "Question"))]
    reading: Annotated[
        Slug | None,
        field_words("la lecture choisie", "the reading chosen", label=("Lecture retenue", "Reading chosen")),
    ] = None
    day: Annotated[date | None, field_words("le jour répondu", "the day answered", label=("Jour", "Day"))] = None
    months: Annotated[
        int | None,
        field_words(
            "le nombre de mois répondu", "the number of months answered", label=("Nombre de mois", "Number of months")
        ),
    ] = Field(default=None, ge=1, le=120)
    amount: Annotated[
        Euros | None,
        field_words(
            "le montant répondu, en euros",
            "the amount answered, in euros",
            label=("Montant, en euros", "Amount, in euros"),
        ),
    ] = None
    text: Annotated[Prose, field_words("la réponse en mots", "the answer in words", label=("Réponse", "Answer"))] = ""
