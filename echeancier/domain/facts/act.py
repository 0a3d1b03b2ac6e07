"""The deliberation that authorises the signature, and the appeals against it."""

from typing import Annotated, ClassVar, Final, Literal

from echeancier.domain.declared import field_words
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.description import KindWords, kind_words
from echeancier.domain.model import OneLine, Slug

ActId = Annotated[
    Slug | None,
    field_words(
        "la délibération, par la clé que lui donne la convention ; la seule, si rien n’est dit",
        "the act, by the key the convention gives it; the only one unless said",
        label=("Délibération", "Act"),
    ),
]
"""The act that a fact is about."""


class ActAdopted(Dated):
    """The assembly voted the deliberation that authorises the signature."""

    kind: Literal["act-adopted"] = "act-adopted"
    IS_OF_THE_ACT: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Délibération adoptée", "Council act adopted"),
        says=("l’assemblée a voté la délibération", "the assembly voted the act"),
        on=("jour de la séance", "day of the session"),
        on_label=("Voté le", "Voted on"),
    )
    act: ActId = None
    number: Annotated[
        OneLine, field_words("numéro de la délibération", "number of the act", label=("Numéro", "Number"))
    ] = ""


class ActPublished(Dated):
    """The deliberation was published (or posted up, before 1 July 2022)."""

    kind: Literal["act-published"] = "act-published"
    IS_OF_THE_ACT: ClassVar[bool] = True
    SETTLES_BY: ClassVar[str | None] = "act"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Délibération publiée", "Council act published"),
        says=("la délibération a été publiée", "the act was published"),
        on=("jour de la publication", "day of publication"),
        on_label=("Publié le", "Published on"),
    )
    act: ActId = None


class ActTransmitted(Dated):
    """The prefecture received the deliberation (@ctes receipt or stamp)."""

    kind: Literal["act-transmitted"] = "act-transmitted"
    IS_OF_THE_ACT: ClassVar[bool] = True
    SETTLES_BY: ClassVar[str | None] = "act"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Délibération reçue en préfecture", "Council act received by the prefecture"),
        says=("le préfet a reçu la délibération", "the prefect received the act"),
        on=("jour de l’accusé de réception", "day of the receipt"),
        on_label=("Reçu par la préfecture le", "Received by the prefecture on"),
    )
    act: ActId = None


class AppealLodged(Dated):
    """A gracious appeal reached the authority: it interrupts the delay (CRPA L.411-2)."""

    kind: Literal["appeal-lodged"] = "appeal-lodged"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Recours gracieux reçu", "Gracious appeal received"),
        says=("un recours gracieux a été reçu", "an appeal to the authority was received"),
        on=("jour de réception", "day of receipt"),
    )
    appellant: Annotated[
        Slug,
        field_words(
            "qui l’a formé : prefect, ou ce qui distingue cet auteur des autres, comme riverain ou association ; jamais un nom "
            "de personne",
            "who lodged it: prefect, or what tells this author from others, as neighbour or association; never a "
            "person’s name",
            label=("Par (prefect, riverain…)", "By (prefect, neighbour…)"),
        ),
    ]
    act: ActId = None


class AppealAnswered(Dated):
    """The express refusal of a gracious appeal was notified: a full new delay runs."""

    kind: Literal["appeal-answered"] = "appeal-answered"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réponse au recours gracieux", "Gracious appeal answered"),
        says=("le refus exprès du recours a été notifié", "the express refusal of the appeal was notified"),
        on=("jour de la notification", "day of notification"),
    )
    appellant: Annotated[
        Slug | None,
        field_words(
            "l’auteur du recours auquel on répond ; celui du seul recours ouvert, si rien n’est dit",
            "the author of the appeal that is answered; that of the only one open unless said",
            label=("Recours de", "Appeal of"),
        ),
    ] = None
    act: ActId = None


PREFECT: Final = "prefect"
"""The appellant whose delay runs from the transmission; that of any other runs from the publication."""

ActFact = ActAdopted | ActPublished | ActTransmitted
AppealFact = AppealLodged | AppealAnswered
"""The facts of this file, in the order in which one meets them."""
