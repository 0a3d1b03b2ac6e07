"""Every kind of fact and its fields, in words: a closed table for help texts, forms and refusals."""

from collections.abc import Iterable
from typing import Literal, get_args

from domain.door.refusal import both
from domain.facts import (
    AppealLodged,
    LetterPosted,
    LetterReturned,
    ParentEnds,
    RenewalDecided,
)
from domain.model import Frozen, Text

Sort = Literal["day", "moment", "text", "name", "number", "yes-no", "choice"]
"""What a field holds; a ``name`` is one of the convention's file, a ``moment`` a day with its hour."""


class FieldHelp(Frozen):
    """One field of a kind of fact.

    Attributes:
        name: as written in a file.
        sort: what it holds.
        required: whether it must be given.
        says: what it means.
        choices: the words allowed, for a choice.
    """

    name: str
    sort: Sort
    required: bool
    says: Text
    choices: tuple[str, ...] = ()


class KindHelp(Frozen):
    """One kind of fact, in words, with its fields in the order in which one fills them."""

    kind: str
    says: Text
    fields: tuple[FieldHelp, ...]

    def field(self, name: str) -> FieldHelp | None:
        """Return the field of that name, None if there is none."""
        return next((field for field in self.fields if field.name == name), None)


def _f(
    name: str, sort: Sort, fr: str, en: str, *, must: bool = False, choices: Iterable[str] = ()
) -> FieldHelp:
    return FieldHelp(name=name, sort=sort, required=must, says=both(fr, en), choices=tuple(choices))


def _of(model: type[Frozen], field: str) -> tuple[str, ...]:
    """Return the words a field allows, read from the model itself."""
    return get_args(model.model_fields[field].annotation)


_NOTE = _f("note", "text", "ce qu’il faut savoir de plus", "anything else worth knowing")
_ITEM = _f(
    "item",
    "text",
    "la clé de l’échéance, comme steering-committee/2022",
    "the item’s key, as in steering-committee/2022",
    must=True,
)
_LETTER = _f(
    "letter",
    "text",
    "le numéro du fait letter-posted, comme f12",
    "the id of the letter-posted fact, as in f12",
    must=True,
)


def _dated(kind: str, fr: str, en: str, day_fr: str, day_en: str, *fields: FieldHelp) -> KindHelp:
    on = _f("on", "day", day_fr, day_en, must=True)
    return KindHelp(kind=kind, says=both(fr, en), fields=(on, *fields, _NOTE))


_TABLE = (
    _dated(
        "act-adopted",
        "l’assemblée a voté la délibération",
        "the assembly voted the act",
        "jour de la séance",
        "day of the session",
        _f("number", "text", "numéro de la délibération", "number of the act"),
    ),
    _dated(
        "act-published",
        "la délibération a été publiée",
        "the act was published",
        "jour de la publication",
        "day of publication",
    ),
    _dated(
        "act-transmitted",
        "le préfet a reçu la délibération",
        "the prefect received the act",
        "jour de l’accusé de réception",
        "day of the receipt",
    ),
    _dated(
        "signed",
        "une partie a signé",
        "a party signed",
        "jour de la signature",
        "day of the signature",
        _f("party", "name", "la partie qui a signé", "the party that signed", must=True),
        _f(
            "irregular",
            "yes-no",
            "true pour une signature déjà donnée trop tôt",
            "true for a signature already given too early",
        ),
    ),
    _dated(
        "contract-publicised",
        "l’avis de signature a été publié",
        "the notice of signature was published",
        "jour de la publicité",
        "day of publicity",
    ),
    _dated(
        "appeal-lodged",
        "un recours gracieux a été reçu",
        "an appeal to the authority was received",
        "jour de réception",
        "day of receipt",
        _f("by", "choice", "qui l’a formé", "who lodged it", choices=_of(AppealLodged, "by")),
    ),
    _dated(
        "appeal-answered",
        "le refus exprès du recours a été notifié",
        "the express refusal of the appeal was notified",
        "jour de la notification",
        "day of notification",
    ),
    _dated(
        "done",
        "quelque chose de dû a été fait",
        "something owed was done",
        "jour où c’est fait",
        "day it was done",
        _ITEM,
        _f("party", "name", "la partie qui l’a fait", "the party that did it"),
    ),
    KindHelp(
        kind="meeting-arranged",
        says=both(
            "la date d’une rencontre est fixée, ou changée", "the date of a meeting is fixed, or changed"
        ),
        fields=(
            _ITEM,
            _f(
                "starts_at",
                "moment",
                "jour et heure du début, à l’heure du lieu",
                "day and hour it begins, local time",
                must=True,
            ),
            _f("minutes", "number", "durée en minutes", "duration in minutes"),
            _f("place", "text", "le lieu", "the place"),
            _f("video_link", "text", "l’adresse de la visioconférence", "the address of the video room"),
            _NOTE,
        ),
    ),
    _dated(
        "meeting-cancelled",
        "une rencontre fixée n’aura pas lieu",
        "an arranged meeting will not take place",
        "jour de l’annulation",
        "day it was cancelled",
        _ITEM,
        _f("reason", "text", "le motif", "the reason"),
    ),
    _dated(
        "meeting-held",
        "une rencontre a eu lieu",
        "a meeting took place",
        "jour de la rencontre",
        "day of the meeting",
        _ITEM,
    ),
    _dated(
        "letter-posted",
        "une lettre de résiliation a été postée",
        "a termination letter was posted",
        "jour du dépôt (cachet de la poste)",
        "day of posting (postmark)",
        _f("rule", "name", "la clause de résiliation utilisée", "the termination clause used", must=True),
        _f("by", "name", "la partie qui écrit", "the party that writes", must=True),
        _f(
            "form",
            "choice",
            "la forme de l’envoi",
            "the form of the letter",
            choices=_of(LetterPosted, "form"),
        ),
        _f(
            "reasons", "text", "les motifs, si la clause les veut", "the reasons, where the clause wants them"
        ),
        _f(
            "effect_wanted",
            "day",
            "le dernier jour écrit dans la lettre",
            "the last day written in the letter",
        ),
        _f("tracking", "text", "le numéro de suivi", "the tracking number"),
    ),
    _dated(
        "letter-presented",
        "la lettre a été présentée pour la première fois",
        "the letter was first presented",
        "jour de la présentation",
        "day of presentation",
        _LETTER,
    ),
    _dated(
        "letter-delivered",
        "le destinataire a reçu la lettre",
        "the addressee received the letter",
        "jour de l’avis de réception",
        "day of the receipt",
        _LETTER,
    ),
    _dated(
        "letter-returned",
        "la lettre est revenue",
        "the letter came back",
        "jour du retour",
        "day it came back",
        _LETTER,
        _f(
            "outcome",
            "choice",
            "pourquoi elle revient",
            "why it came back",
            must=True,
            choices=_of(LetterReturned, "outcome"),
        ),
    ),
    _dated(
        "notice-withdrawn",
        "les parties renoncent d’un commun accord à la résiliation",
        "both sides give the notice up",
        "jour de l’accord",
        "day they agreed",
        _LETTER,
    ),
    _dated(
        "renewal-decided",
        "la suite de la convention est décidée",
        "what becomes of the convention is decided",
        "jour de la décision",
        "day of the decision",
        _f(
            "decision",
            "choice",
            "la décision",
            "the decision",
            must=True,
            choices=_of(RenewalDecided, "decision"),
        ),
    ),
    _dated(
        "amended",
        "un avenant est signé par tous",
        "an amendment is signed by all",
        "jour de la dernière signature",
        "day of the last signature",
        _f("ends_on", "day", "le nouveau dernier jour, s’il change", "the new last day, if it changes"),
        _f("label", "text", "le nom de l’avenant", "the name of the amendment"),
    ),
    _dated(
        "question-answered",
        "une question a sa réponse",
        "a question has its answer",
        "jour de la réponse",
        "day of the answer",
        _f("question", "text", "la question", "the question", must=True),
        _f("reading", "name", "la lecture choisie", "the reading chosen"),
        _f("day", "day", "le jour répondu", "the day answered"),
        _f("months", "number", "le nombre de mois répondu", "the number of months answered"),
        _f("text", "text", "la réponse en mots", "the answer in words"),
    ),
    _dated(
        "litigation-opened", "un contentieux commence", "a litigation began", "jour du début", "day it began"
    ),
    _dated(
        "litigation-closed",
        "le contentieux est fini",
        "the litigation is over",
        "jour de la fin",
        "day it ended",
    ),
    _dated(
        "event",
        "un événement qu’une clause attend est arrivé",
        "an event that a clause waits for happened",
        "jour de l’événement",
        "day of the event",
        _f(
            "event", "name", "l’événement, comme data-delivered", "the event, as in data-delivered", must=True
        ),
        _f(
            "at",
            "moment",
            "l’heure et son décalage, si le délai se compte en heures",
            "the hour and its offset, where the delay is in hours",
        ),
        _f("label", "text", "ce qui distingue cette fois des autres", "what tells this time from others"),
    ),
    _dated(
        "parent-signed",
        "la convention mère est signée par tous",
        "the parent was signed by all",
        "jour de la dernière signature",
        "day of the last signature",
    ),
    _dated(
        "parent-ends",
        "le dernier jour de la convention mère est connu",
        "the parent’s last day is known",
        "dernier jour en vigueur de la mère",
        "the parent’s last day in force",
        _f(
            "why",
            "choice",
            "pourquoi elle finit ce jour-là",
            "why it ends that day",
            choices=_of(ParentEnds, "why"),
        ),
    ),
)

KINDS: dict[str, KindHelp] = {help_.kind: help_ for help_ in _TABLE}
"""Kind -> its help; a test compares it with the models, field by field."""
