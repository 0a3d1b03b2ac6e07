"""The facts of a convention’s birth and course, in words: act, signatures, duties, answers, events."""

from domain.door.help import NOTE, KindHelp, choices_of, dated, field
from domain.door.kinds_of_signing import SIGNING
from domain.door.refusal import both
from domain.facts import AppealLodged

_ITEM = field(
    "item",
    "text",
    "la clé de l’échéance, comme steering-committee/2022",
    "the item’s key, as in steering-committee/2022",
    must=True,
)

COURSE: tuple[KindHelp, ...] = (
    dated(
        "act-adopted",
        "l’assemblée a voté la délibération",
        "the assembly voted the act",
        "jour de la séance",
        "day of the session",
        field("number", "text", "numéro de la délibération", "number of the act"),
    ),
    dated(
        "act-published",
        "la délibération a été publiée",
        "the act was published",
        "jour de la publication",
        "day of publication",
    ),
    dated(
        "act-transmitted",
        "le préfet a reçu la délibération",
        "the prefect received the act",
        "jour de l’accusé de réception",
        "day of the receipt",
    ),
    *SIGNING,
    dated(
        "signed",
        "une partie a signé",
        "a party signed",
        "jour de la signature",
        "day of the signature",
        field("party", "name", "la partie qui a signé", "the party that signed", must=True),
        field(
            "irregular",
            "yes-no",
            "true pour une signature déjà donnée trop tôt",
            "true for a signature already given too early",
        ),
    ),
    dated(
        "contract-publicised",
        "l’avis de signature a été publié",
        "the notice of signature was published",
        "jour de la publicité",
        "day of publicity",
    ),
    dated(
        "appeal-lodged",
        "un recours gracieux a été reçu",
        "an appeal to the authority was received",
        "jour de réception",
        "day of receipt",
        field("by", "choice", "qui l’a formé", "who lodged it", choices=choices_of(AppealLodged, "by")),
    ),
    dated(
        "appeal-answered",
        "le refus exprès du recours a été notifié",
        "the express refusal of the appeal was notified",
        "jour de la notification",
        "day of notification",
    ),
    dated(
        "done",
        "quelque chose de dû a été fait",
        "something owed was done",
        "jour où c’est fait",
        "day it was done",
        _ITEM,
        field("party", "name", "la partie qui l’a fait", "the party that did it"),
        field(
            "at",
            "moment",
            "l’heure et son décalage, si le délai est en heures",
            "the hour and its offset, where hours count",
        ),
    ),
    KindHelp(
        kind="meeting-arranged",
        says=both(
            "la date d’une rencontre est fixée, ou changée", "the date of a meeting is fixed, or changed"
        ),
        fields=(
            _ITEM,
            field(
                "starts_at",
                "moment",
                "jour et heure du début, à l’heure du lieu",
                "day and hour it begins, local time",
                must=True,
            ),
            field("minutes", "number", "durée en minutes", "duration in minutes"),
            field("place", "text", "le lieu", "the place"),
            field("video_link", "text", "l’adresse de la visioconférence", "the address of the video room"),
            NOTE,
        ),
    ),
    dated(
        "meeting-cancelled",
        "une rencontre fixée n’aura pas lieu",
        "an arranged meeting will not take place",
        "jour de l’annulation",
        "day it was cancelled",
        _ITEM,
        field("reason", "text", "le motif", "the reason"),
    ),
    dated(
        "meeting-held",
        "une rencontre a eu lieu",
        "a meeting took place",
        "jour de la rencontre",
        "day of the meeting",
        _ITEM,
        field(
            "present",
            "number",
            "combien étaient présents, si un quorum est prévu : en deçà, la rencontre est à refaire",
            "how many were present, where there is a quorum: below it the meeting is to be held again",
        ),
    ),
    dated(
        "meeting-minutes",
        "le compte rendu d’une rencontre est établi",
        "the minutes of a meeting are drawn up",
        "jour du compte rendu",
        "day of the minutes",
        _ITEM,
        field("document", "text", "où le compte rendu se trouve", "where the minutes are kept"),
    ),
    dated(
        "question-answered",
        "une question a sa réponse",
        "a question has its answer",
        "jour de la réponse",
        "day of the answer",
        field("question", "text", "la question", "the question", must=True),
        field("reading", "name", "la lecture choisie", "the reading chosen"),
        field("day", "day", "le jour répondu", "the day answered"),
        field("months", "number", "le nombre de mois répondu", "the number of months answered"),
        field("text", "text", "la réponse en mots", "the answer in words"),
    ),
    dated(
        "event",
        "un événement qu’une clause attend est arrivé",
        "an event that a clause waits for happened",
        "jour de l’événement",
        "day of the event",
        field(
            "event", "name", "l’événement, comme data-delivered", "the event, as in data-delivered", must=True
        ),
        field(
            "party",
            "name",
            "à qui il est arrivé (qui a trouvé la violation, reçu la demande) ; nous, si rien n’est dit",
            "to whom it happened (who found the breach, was asked); us unless said",
        ),
        field(
            "at",
            "moment",
            "l’heure et son décalage, si le délai se compte en heures",
            "the hour and its offset, where the delay is in hours",
        ),
        field("label", "text", "ce qui distingue cette fois des autres", "what tells this time from others"),
    ),
    dated(
        "accounts-counted",
        "les comptes ouverts ont été comptés",
        "the open accounts were counted",
        "jour du compte",
        "day of the count",
        field(
            "number",
            "number",
            "le nombre de comptes, hors celui du gestionnaire",
            "how many, the manager’s own left out",
            must=True,
        ),
    ),
)
"""In the order of a convention’s life."""
