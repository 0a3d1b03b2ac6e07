"""What happened in the world, append-only: every kind of fact, and the record that keeps it.

A mistake is put right by a new version, the old one is kept.
"""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from echeancier.domain.facts.dated import AnyFact, Dated
from echeancier.domain.facts.description import KindWords, Note, field_words, kind_words
from echeancier.domain.facts.letters import LetterFact
from echeancier.domain.facts.mail import MailFact
from echeancier.domain.facts.meetings import MeetingMinutes
from echeancier.domain.facts.people import InstitutionFact, PeopleFact
from echeancier.domain.facts.personal_data import PersonalDataFact
from echeancier.domain.facts.signing import SigningFact
from echeancier.domain.model import Frozen, OneLine, Prose, Reference, Slug


class FollowedBy(Dated):
    """The convention that follows was registered under that reference."""

    kind: Literal["followed-by"] = "followed-by"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Suite enregistrée", "Follow-on registered"),
        says=("la convention qui suit est enregistrée", "the convention that follows is registered"),
        on=("jour de son enregistrement", "day it was registered"),
        hint=(
            "La commande follow-on --start l’enregistre d’elle-même.",
            "The command follow-on --start records it by itself.",
        ),
    )
    reference: Annotated[Reference, field_words("sa référence", "its reference")]


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
    number: Annotated[
        OneLine, field_words("numéro de la délibération", "number of the act", label=("Numéro", "Number"))
    ] = ""


class ActPublished(Dated):
    """The deliberation was published (or posted up, before 1 July 2022)."""

    kind: Literal["act-published"] = "act-published"
    IS_OF_THE_ACT: ClassVar[bool] = True
    SETTLES_BY: ClassVar[str | None] = ""
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Délibération publiée", "Council act published"),
        says=("la délibération a été publiée", "the act was published"),
        on=("jour de la publication", "day of publication"),
        on_label=("Publié le", "Published on"),
    )


class ActTransmitted(Dated):
    """The prefecture received the deliberation (@ctes receipt or stamp)."""

    kind: Literal["act-transmitted"] = "act-transmitted"
    IS_OF_THE_ACT: ClassVar[bool] = True
    SETTLES_BY: ClassVar[str | None] = ""
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Délibération reçue en préfecture", "Council act received by the prefecture"),
        says=("le préfet a reçu la délibération", "the prefect received the act"),
        on=("jour de l’accusé de réception", "day of the receipt"),
        on_label=("Reçu par la préfecture le", "Received by the prefecture on"),
    )


class Signed(Dated):
    """A party signed. ``irregular`` records a signature that already happened too early, as what it is."""

    kind: Literal["signed"] = "signed"
    SETTLES_BY: ClassVar[str | None] = "party"
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


class AppealLodged(Dated):
    """A gracious appeal reached the authority: it interrupts the delay (CRPA L.411-2)."""

    kind: Literal["appeal-lodged"] = "appeal-lodged"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Recours gracieux reçu", "Gracious appeal received"),
        says=("un recours gracieux a été reçu", "an appeal to the authority was received"),
        on=("jour de réception", "day of receipt"),
    )
    by: Annotated[
        Literal["third-party", "prefect"],
        field_words(
            "qui l’a formé",
            "who lodged it",
            label=("Par", "By"),
            values={"third-party": ("un tiers", "a third party"), "prefect": ("le préfet", "the prefect")},
        ),
    ] = "third-party"


class AppealAnswered(Dated):
    """The express refusal of a gracious appeal was notified: a full new delay runs."""

    kind: Literal["appeal-answered"] = "appeal-answered"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réponse au recours gracieux", "Gracious appeal answered"),
        says=("le refus exprès du recours a été notifié", "the express refusal of the appeal was notified"),
        on=("jour de la notification", "day of notification"),
    )


class DutyDone(Dated):
    """Something owed was done: data received, report handed over, access closed, data destroyed, step taken.

    ``at``: the instant, wanted where hours decide; the note: what was told, to whom.
    """

    kind: Literal["done"] = "done"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Fait", "Done"),
        says=("quelque chose de dû a été fait", "something owed was done"),
        on=("jour où c’est fait", "day it was done"),
    )
    item: Annotated[
        OneLine,
        field_words(
            "la clé de l’échéance, comme steering-committee/2022",
            "the item’s key, as in steering-committee/2022",
            label=("Échéance", "Deadline"),
        ),
    ]
    party: Annotated[
        Slug | None, field_words("la partie qui l’a fait", "the party that did it", label=("Partie", "Party"))
    ] = None
    at: Annotated[
        AwareDatetime | None,
        field_words(
            "l’heure et son décalage, si le délai est en heures",
            "the hour and its offset, where hours count",
            label=("Heure, si le délai se compte en heures", "Hour, where the delay is in hours"),
            hint=("À donner le dernier jour d’un délai en heures.", "To be given on the last day of a delay in hours."),
        ),
    ] = None


class MeetingArranged(AnyFact):
    """A date was fixed for a meeting, or changed: each new one replaces the former and moves the invitation."""

    kind: Literal["meeting-arranged"] = "meeting-arranged"
    MAY_LIE_AHEAD: ClassVar[bool] = True
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    ABOUT_A_MEETING: ClassVar[Literal["", "any", "arranged"]] = "any"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Date de réunion fixée", "Meeting date fixed"),
        says=("la date d’une rencontre est fixée, ou changée", "the date of a meeting is fixed, or changed"),
    )
    item: Annotated[
        OneLine,
        field_words(
            "la clé de l’échéance, comme steering-committee/2022",
            "the item’s key, as in steering-committee/2022",
            label=("Échéance", "Deadline"),
        ),
    ]
    starts_at: Annotated[
        datetime,
        field_words(
            "jour et heure du début, à l’heure du lieu",
            "day and hour it begins, local time",
            label=("Jour et heure", "Day and hour"),
        ),
    ]
    minutes: Annotated[
        int | None,
        field_words("durée en minutes", "duration in minutes", label=("Durée, en minutes", "Duration, in minutes")),
    ] = Field(default=None, ge=5, le=600)
    place: Annotated[OneLine | None, field_words("le lieu", "the place", label=("Lieu", "Place"))] = None
    video_link: Annotated[
        OneLine | None,
        field_words(
            "l’adresse de la visioconférence",
            "the address of the video room",
            label=("Lien de visioconférence", "Video link"),
        ),
    ] = None
    note: Note = ""


class MeetingCancelled(Dated):
    """An arranged meeting will not take place on its date."""

    kind: Literal["meeting-cancelled"] = "meeting-cancelled"
    ABOUT_A_MEETING: ClassVar[Literal["", "any", "arranged"]] = "arranged"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réunion annulée", "Meeting cancelled"),
        says=("une rencontre fixée n’aura pas lieu", "an arranged meeting will not take place"),
        on=("jour de l’annulation", "day it was cancelled"),
    )
    item: Annotated[
        OneLine,
        field_words(
            "la clé de l’échéance, comme steering-committee/2022",
            "the item’s key, as in steering-committee/2022",
            label=("Échéance", "Deadline"),
        ),
    ]
    reason: Annotated[Prose, field_words("le motif", "the reason", label=("Motif", "Reason"))] = ""


class MeetingHeld(Dated):
    """A meeting took place.

    ``present``: how many of those expected were there; below the quorum of the preferences it is to be held again.
    """

    kind: Literal["meeting-held"] = "meeting-held"
    ABOUT_A_MEETING: ClassVar[Literal["", "any", "arranged"]] = "any"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réunion tenue", "Meeting held"),
        says=("une rencontre a eu lieu", "a meeting took place"),
        on=("jour de la rencontre", "day of the meeting"),
    )
    item: Annotated[
        OneLine,
        field_words(
            "la clé de l’échéance, comme steering-committee/2022",
            "the item’s key, as in steering-committee/2022",
            label=("Échéance", "Deadline"),
        ),
    ]
    present: Annotated[
        int | None,
        field_words(
            "combien étaient présents, si un quorum est prévu : en deçà, la rencontre est à refaire",
            "how many were present, where there is a quorum: below it the meeting is to be held again",
        ),
    ] = Field(default=None, ge=0, le=1000)


class NoticeWithdrawn(Dated):
    """Both sides agreed to go on: the letter has no effect any more."""

    kind: Literal["notice-withdrawn"] = "notice-withdrawn"
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Résiliation retirée d’un commun accord", "Termination withdrawn by agreement"),
        says=("les parties renoncent d’un commun accord à la résiliation", "both sides give the notice up"),
        on=("jour de l’accord", "day they agreed"),
    )
    letter: Annotated[
        OneLine,
        field_words(
            "le numéro du fait letter-posted, comme f12",
            "the id of the letter-posted fact, as in f12",
            label=("Lettre", "Letter"),
        ),
    ]


class RenewalDecided(Dated):
    """What becomes of the convention at its end: renewed as it is, amended, replaced by a new one, or left to lapse."""

    kind: Literal["renewal-decided"] = "renewal-decided"
    IS_A_DECISION: ClassVar[bool] = True
    SETTLES_BY: ClassVar[str | None] = ""
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Suite décidée", "What follows is decided"),
        says=("la suite de la convention est décidée", "what becomes of the convention is decided"),
        on=("jour de la décision", "day of the decision"),
    )
    decision: Annotated[
        Literal["renew", "amend", "new-convention", "let-lapse"],
        field_words(
            "la décision",
            "the decision",
            label=("Décision", "Decision"),
            values={
                "renew": ("renouveler", "renew"),
                "new-convention": ("conclure une nouvelle convention", "make a new convention"),
                "let-lapse": ("laisser s’éteindre", "let it lapse"),
            },
        ),
    ]


class Amended(Dated):
    """An amendment was signed by all; ``ends_on`` is the new last day when it changes."""

    kind: Literal["amended"] = "amended"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Avenant signé", "Amendment signed"),
        says=("un avenant est signé par tous", "an amendment is signed by all"),
        on=("jour de la dernière signature", "day of the last signature"),
    )
    ends_on: Annotated[
        date | None,
        field_words(
            "le nouveau dernier jour, s’il change",
            "the new last day, if it changes",
            label=("Nouveau dernier jour en vigueur, s’il change", "New last day in force, if it changes"),
        ),
    ] = None
    label: Annotated[
        OneLine, field_words("le nom de l’avenant", "the name of the amendment", label=("Libellé", "Label"))
    ] = ""


class QuestionAnswered(Dated):
    """A question got its answer; it can be changed by a later answer."""

    kind: Literal["question-answered"] = "question-answered"
    IS_A_DECISION: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Réponse à une question", "Question answered"),
        says=("une question a sa réponse", "a question has its answer"),
        on=("jour de la réponse", "day of the answer"),
        hint=(
            "Une seule réponse, celle que la question attend : lecture, jour, nombre de mois ou mots.",
            "One answer only, the one the question expects: a reading, a day, a number of months or words.",
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
    text: Annotated[Prose, field_words("la réponse en mots", "the answer in words", label=("Réponse", "Answer"))] = ""


class LitigationOpened(Dated):
    """A litigation began: what must be destroyed waits."""

    kind: Literal["litigation-opened"] = "litigation-opened"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Contentieux ouvert", "Litigation opened"),
        says=("un contentieux commence", "a litigation began"),
        on=("jour du début", "day it began"),
        hint=(
            "Ce qui doit être détruit attend jusqu’à la fin du contentieux.",
            "What must be destroyed waits until the litigation is over.",
        ),
    )


class LitigationClosed(Dated):
    """The litigation is over: destruction runs again."""

    kind: Literal["litigation-closed"] = "litigation-closed"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Contentieux clos", "Litigation closed"),
        says=("le contentieux est fini", "the litigation is over"),
        on=("jour de la fin", "day it ended"),
    )


class Happened(AnyFact):
    """An event that starts a delay: a delivery received, an account manager who left, a breach discovered.

    ``at`` is the instant, when the delay is in hours; with its offset, because a local time can exist twice. ``party``
    is whose event it is (who found the breach, who was asked), us when left out.
    """

    kind: Literal["event"] = "event"
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Événement", "Event"),
        says=("un événement qu’une clause attend est arrivé", "an event that a clause waits for happened"),
        on=("jour de l’événement", "day of the event"),
    )
    event: Annotated[
        Slug,
        field_words(
            "l’événement, comme data-delivered", "the event, as in data-delivered", label=("Événement", "Event")
        ),
    ]
    on: date
    party: Annotated[
        Slug | None,
        field_words(
            "à qui il est arrivé (qui a trouvé la violation, reçu la demande) ; nous, si rien n’est dit",
            "to whom it happened (who found the breach, was asked); us unless said",
            label=("Partie", "Party"),
        ),
    ] = None
    at: Annotated[
        AwareDatetime | None,
        field_words(
            "l’heure et son décalage, si le délai se compte en heures",
            "the hour and its offset, where the delay is in hours",
            label=("Heure, si le délai se compte en heures", "Hour, where the delay is in hours"),
        ),
    ] = None
    label: Annotated[
        OneLine,
        field_words(
            "ce qui distingue cette fois des autres", "what tells this time from others", label=("Libellé", "Label")
        ),
    ] = ""
    note: Note = ""


class ParentSigned(Dated):
    """The parent convention was signed by all (told by its own workflow, or by hand)."""

    kind: Literal["parent-signed"] = "parent-signed"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Convention mère signée", "Parent convention signed"),
        says=("la convention mère est signée par tous", "the parent was signed by all"),
        on=("jour de la dernière signature", "day of the last signature"),
    )


class ParentEnds(Dated):
    """The parent's last day in force, as now known: its natural end, an extension, or an early end."""

    kind: Literal["parent-ends"] = "parent-ends"
    MAY_LIE_AHEAD: ClassVar[bool] = True
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    IS_A_LAST_DAY: ClassVar[bool] = True
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Fin de la convention mère connue", "End of the parent convention known"),
        says=("le dernier jour de la convention mère est connu", "the parent’s last day is known"),
        on=("dernier jour en vigueur de la mère", "the parent’s last day in force"),
    )
    why: Annotated[
        Literal["term", "extended", "terminated"],
        field_words(
            "pourquoi elle finit ce jour-là",
            "why it ends that day",
            label=("Raison", "Reason"),
            values={
                "term": ("à son terme", "at its term"),
                "extended": ("prolongée", "extended"),
                "terminated": ("résiliée", "terminated"),
            },
        ),
    ] = "term"


class BreachStep(Dated):
    """One step of a breach procedure happened.

    ``on`` is the day it was done; for a step taken by letter, the day the letter was posted. The answer (« comment »,
    « cure ») counts from its own posting too. ``found`` opens a breach whose clause has no steps at all.
    """

    kind: Literal["breach-step"] = "breach-step"
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Étape d’une procédure de manquement", "Step of a breach procedure"),
        says=("une étape d’une procédure de manquement a eu lieu", "a step of a breach procedure happened"),
        on=("jour de l’étape (du dépôt, pour une lettre)", "day of the step (of posting, for a letter)"),
    )
    breach: Annotated[
        Slug, field_words("la procédure, comme fault", "the procedure, as in fault", label=("Procédure", "Procedure"))
    ]
    step: Annotated[
        Literal["found", "inform-reasons", "comment", "decide", "suspend", "formal-notice", "cure"],
        field_words(
            "l’étape",
            "the step",
            label=("Étape", "Step"),
            values={
                "found": ("manquement constaté", "breach found"),
                "inform-reasons": ("motifs communiqués", "reasons communicated"),
                "comment": ("observations", "comments"),
                "decide": ("décision", "decision"),
                "suspend": ("suspension", "suspension"),
                "cure": ("réponse ou remède", "answer or cure"),
            },
        ),
    ]
    presented_on: Annotated[
        date | None,
        field_words(
            "jour de la première présentation",
            "day of first presentation",
            label=("Première présentation", "First presentation"),
        ),
    ] = None
    delivered_on: Annotated[
        date | None, field_words("jour de la remise", "day of delivery", label=("Remise", "Delivery"))
    ] = None


class BreachClosed(Dated):
    """A breach procedure is over.

    ``cured`` and ``withdrawn``: the convention goes on. ``maintained``: it ends, and ``on`` is its last day in force.
    """

    kind: Literal["breach-closed"] = "breach-closed"
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    IS_A_LAST_DAY: ClassVar[bool] = True
    MOVES_THE_END: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Procédure de manquement close", "Breach procedure closed"),
        says=("une procédure de manquement est close", "a breach procedure is over"),
        on=(
            "jour de la clôture ; maintained : dernier jour en vigueur",
            "day it was closed; maintained: last day in force",
        ),
    )
    breach: Annotated[
        Slug, field_words("la procédure, comme fault", "the procedure, as in fault", label=("Procédure", "Procedure"))
    ]
    outcome: Annotated[
        Literal["cured", "withdrawn", "maintained"],
        field_words(
            "l’issue",
            "the outcome",
            label=("Issue", "Outcome"),
            values={
                "cured": ("remédié, la convention continue", "cured, the convention goes on"),
                "withdrawn": ("abandonné, la convention continue", "dropped, the convention goes on"),
                "maintained": ("maintenu, la convention prend fin", "maintained, the convention ends"),
            },
        ),
    ]


class Resumed(Dated):
    """A suspended convention is in force again from this day on (its clause says what must have happened first)."""

    kind: Literal["resumed"] = "resumed"
    COUNTS_ONCE_TOLD: ClassVar[bool] = True
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Reprise après une suspension", "Resumed after a suspension"),
        says=("une convention suspendue reprend", "a suspended convention is in force again"),
        on=("premier jour de la reprise", "first day in force again"),
    )


class AccountsCounted(Dated):
    """How many accounts are open on the operator's tool, the manager's own account left out."""

    kind: Literal["accounts-counted"] = "accounts-counted"
    WORDS: ClassVar[KindWords] = kind_words(
        called=("Comptes ouverts dénombrés", "Open accounts counted"),
        says=("les comptes ouverts ont été comptés", "the open accounts were counted"),
        on=("jour du compte", "day of the count"),
    )
    number: Annotated[
        int,
        field_words(
            "le nombre de comptes, hors celui du gestionnaire",
            "how many, the manager’s own left out",
            label=("Nombre de comptes", "How many accounts"),
        ),
    ] = Field(ge=0, le=1_000_000)


Fact = Annotated[
    ActAdopted | ActPublished | ActTransmitted | SigningFact | Signed | ContractPublicised | AppealLodged
    | AppealAnswered | DutyDone | MeetingArranged | MeetingCancelled | MeetingHeld | MeetingMinutes
    | QuestionAnswered | Happened | AccountsCounted | LetterFact | NoticeWithdrawn | RenewalDecided | FollowedBy
    | Amended | BreachStep | BreachClosed | Resumed | LitigationOpened | LitigationClosed | ParentSigned | ParentEnds
    | MailFact | PeopleFact | PersonalDataFact | InstitutionFact,
    Field(discriminator="kind"),
]  # fmt: skip
"""Anything that can be recorded, in the order in which a person reads the kinds."""

FACT: TypeAdapter[Fact] = TypeAdapter(Fact)


class Recorded(Frozen):
    """A fact as the file keeps it.

    Attributes:
        id: stable, short, given at recording (``f1``, ``f2``…).
        version: 1, then one more for each correction.
        recorded_at: instant, from the clock of the door it came in by.
        recorded_by: the function that recorded it, never a person's name.
        cancelled: this version says that the fact was recorded by mistake.
        request: what makes a repeated request the same request.
    """

    id: str
    version: int = 1
    fact: Fact
    recorded_at: AwareDatetime
    recorded_by: str
    cancelled: bool = False
    request: str = ""


def day_of(fact: Fact) -> date:
    """Return the local day on which the fact lies (a meeting's: the day it is fixed for)."""
    return fact.starts_at.date() if isinstance(fact, MeetingArranged) else fact.on


def in_force(records: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """Return the latest version of each fact, in recording order, without those recorded by mistake."""
    latest: dict[str, Recorded] = {}
    for record in records:
        known = latest.get(record.id)
        if known is None or record.version > known.version:
            latest[record.id] = record
    return tuple(r for r in latest.values() if not r.cancelled)
