"""What the paper makes somebody do: recurring duties, single ones, those an event starts, those of the end."""

from datetime import time
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from echeancier.domain.declared import FieldWords, field_words
from echeancier.domain.model import Day, Frozen, Hour, OneLine, Reference, Slug, Text
from echeancier.domain.terms.fields import (
    BlockWords,
    Cited,
    Id,
    Informed,
    OwedBy,
    OwedTo,
    Responsible,
    RoleKey,
    Title,
    TitleEn,
    block_words,
)
from echeancier.domain.terms.item_kinds import ITEM_KINDS, ItemKind

DutyKind = Literal[
    "data", "meeting", "committee", "report", "evaluation", "information", "session", "document",
    "payment", "amendment", "survey", "other",
]  # fmt: skip

KIND = FieldWords(Text(fr="Nature", en="Kind"), values={name: kind.called for name, kind in ITEM_KINDS.items()})
"""The kind of a duty is that of the dated things it makes."""


class Rhythm(Frozen):
    """How often a duty falls due.

    Attributes:
        every_months: length of one period, in months, counted from the effect (or civil) date.
        count: how many times in each period.
        at_least: a quota (« au moins », « à minima ») rather than an exact number.
        year: whether periods follow the contract's anniversary or the civil year.
        chosen: the text gives no number and the coordinator chose this one: never shown as contractual.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Rythme", "Rhythm"))
    every_months: Annotated[
        int,
        field_words(
            "Tous les combien de mois (vide : le texte ne dit rien, la question sera posée)",
            "Every how many months (empty: the text gives none, the question will be asked)",
        ),
    ] = Field(ge=1, le=120)
    count: Annotated[int, field_words("Combien de fois", "How many times")] = Field(default=1, ge=1, le=60)
    at_least: Annotated[bool, field_words("« au moins », « à minima »", "“at least”")] = False
    year: Annotated[
        Literal["contract", "civil"],
        field_words(
            "Année",
            "Year",
            values={
                "contract": ("du contrat (anniversaire)", "of the contract (anniversary)"),
                "civil": ("civile", "civil"),
            },
        ),
    ] = "contract"
    chosen: Annotated[
        bool, field_words("Choisi par nous, le texte n’en dit rien", "Chosen by us, the text is silent", folded=True)
    ] = False


class MeetingPreferences(Frozen):
    """What the convention's people prefer for a kind of meeting; used to propose, never to impose.

    Attributes:
        weekday: ISO number, Monday is 1; a closed day is never proposed.
        at: local time of day.
        minutes: duration.
        place: where; free text.
        video_link: address of the video room, if any.
        invite: roles invited; the coordinator chairs.
        notice_days: clear days, counted to receipt, that the text requires before the meeting (0: none).
        excluded: periods (first day, last day) in which nothing is proposed.
        quorum: how many must be present for the meeting to count (0: any number).
        minutes_within_days: days after the meeting within which its minutes are awaited (0: they are not).
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Préférences pour la réunion", "Preferences for the meeting"))
    weekday: Annotated[
        int, field_words("Jour de la semaine (1 lundi … 5 vendredi)", "Day of the week (1 Monday … 5 Friday)")
    ] = Field(default=2, ge=1, le=5)
    at: Annotated[Hour, field_words("Heure", "Hour")] = time(10, 0)
    minutes: Annotated[int, field_words("Durée en minutes", "Minutes")] = Field(default=90, ge=5, le=600)
    place: Annotated[OneLine, field_words("Lieu de la réunion", "Place of the meeting")] = ""
    video_link: Annotated[OneLine, field_words("Lien de visioconférence", "Video link", folded=True)] = ""
    invite: Annotated[tuple[RoleKey, ...], field_words("Invités", "Invited")] = ()
    notice_days: Annotated[
        int, field_words("Jours francs de convocation exigés", "Clear days of notice required", folded=True)
    ] = Field(default=0, ge=0, le=90)
    excluded: Annotated[
        tuple[tuple[Day, Day], ...],
        field_words(
            "Périodes exclues (2026-08-01 au 2026-08-20, une par ligne)",
            "Periods excluded (2026-08-01 to 2026-08-20, one per line)",
            folded=True,
        ),
    ] = ()
    quorum: Annotated[int, field_words("Quorum", "Quorum", folded=True)] = Field(default=0, ge=0, le=1000)
    minutes_within_days: Annotated[
        int, field_words("Compte rendu attendu sous (jours)", "Minutes awaited within (days)", folded=True)
    ] = Field(default=0, ge=0, le=365)


class Duty(Frozen):
    """A duty that comes back during the whole term.

    ``rhythm`` left out means that the text gives no number (« régulièrement »): that is a question, not a date.

    Attributes:
        for_next_period: what is done in one period serves the next (« une revalorisation fait l’objet d’un
            avenant chaque année »), so the last period of the term owes none.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Ce qui revient", "What comes back"))
    id: Id
    kind: Annotated[DutyKind, KIND]
    title: Title
    title_en: TitleEn
    owed_by: OwedBy
    owed_to: OwedTo
    rhythm: Rhythm | None = None
    responsible: Responsible = ()
    informed: Informed = ()
    meeting: MeetingPreferences | None = None
    before: Annotated[Slug | None, field_words("Avant", "Before", folded=True)] = None
    prepares_renewal: Annotated[bool, field_words("Prépare le renouvellement", "Prepares the renewal", folded=True)] = (
        False
    )
    for_next_period: Annotated[
        bool,
        field_words("Ce qui est fait sert la période suivante", "What is done serves the next period", folded=True),
    ] = False
    clauses: Cited

    @model_validator(mode="after")
    def _meetings_have_preferences(self) -> "Duty":
        if self.meeting is not None and not self.traits.is_meeting:
            raise ValueError(f"« {self.id} » : seule une rencontre peut avoir un bloc meeting (kind = {self.kind})")
        return self

    @property
    def traits(self) -> ItemKind:
        """What is true of every thing of its kind."""
        return ITEM_KINDS[self.kind]


class Delay(Frozen):
    """A delay in exactly one unit.

    Attributes:
        days: calendar days, the trigger day not counted (CPC art. 641).
        open_days: working days (« jours ouvrés »).
        months: months, same day number, clamped to the end of the month (CPC art. 641).
        hours: real elapsed hours, through week-ends and clock changes.
    """

    days: Annotated[int | None, field_words("jours (calendaires)", "days (calendar)")] = Field(
        default=None, ge=0, le=3660
    )
    open_days: Annotated[int | None, field_words("jours ouvrés", "working days")] = Field(default=None, ge=0, le=3660)
    months: Annotated[int | None, field_words("un nombre de mois", "a number of months")] = Field(
        default=None, ge=0, le=120
    )
    hours: Annotated[int | None, field_words("heures", "hours")] = Field(default=None, ge=0, le=87_600)

    @model_validator(mode="after")
    def _one_unit(self) -> "Delay":
        if sum(v is not None for v in (self.days, self.open_days, self.months, self.hours)) != 1:
            raise ValueError("un délai s’écrit dans une seule unité : days, open_days, months ou hours")
        return self


class EventDuty(Frozen):
    """A duty that each occurrence of an event starts (a delivery received, an account manager who left, a breach).

    Attributes:
        starts_on: the event, as recorded by an ``event`` fact.
        direction: after the event, or before it (« 5 jours avant sa mise en ligne »).
        strictly_more: the delay must be exceeded (« absence de plus de trois mois »).
        capped_by_end_duty: the end duty whose date wins when it is earlier.
        huitaine: eight calendar days, safe on the seventh (« sous huitaine »).
        tell: the roles of the other side that must be told (for an incident), named to whoever has to tell them.
        no_number: the text only says « rapidement » or « à première demande »: due from the event on, without a
            last day; ``delay`` is then zero days, and whatever day is shown is ours, never contractual.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Ce qu’un événement déclenche", "What an event starts"))
    id: Id
    title: Title
    title_en: TitleEn
    kind: Annotated[
        DutyKind | Literal["destruction", "incident", "answer", "access-closure", "notification", "suspension"], KIND
    ]
    starts_on: Annotated[
        Slug,
        field_words(
            "Événement (clé)",
            "Event (key)",
            hint=(
                "Le nom de l’événement à enregistrer quand il arrive, comme data-delivered.",
                "The event to record when it happens, as data-delivered.",
            ),
        ),
    ]
    delay: Annotated[Delay, field_words("Délai", "Delay")]
    direction: Annotated[
        Literal["after", "before"],
        field_words(
            "Sens",
            "Direction",
            values={
                "after": ("après l’événement", "after the event"),
                "before": ("avant l’événement", "before the event"),
            },
            folded=True,
        ),
    ] = "after"
    strictly_more: Annotated[bool, field_words("« plus de »", "“more than”", folded=True)] = False
    huitaine: Annotated[bool, field_words("« sous huitaine »", "“within the week” (huitaine)", folded=True)] = False
    no_number: Annotated[
        bool, field_words("« sans délai », « rapidement » : aucun nombre", "“without delay”: no number", folded=True)
    ] = False
    capped_by_end_duty: Annotated[
        Slug | None, field_words("Au plus tard avec ce devoir de fin", "No later than this end duty", folded=True)
    ] = None
    owed_by: OwedBy
    owed_to: OwedTo
    responsible: Responsible = ()
    informed: Informed = ()
    tell: Annotated[
        tuple[RoleKey, ...], field_words("Qui prévenir de l’autre côté", "Whom to tell on the other side", folded=True)
    ] = ()
    clauses: Cited

    @model_validator(mode="after")
    def _no_number_means_no_delay(self) -> "EventDuty":
        if self.no_number and self.delay != Delay(days=0):
            raise ValueError(f"« {self.id} » : sans nombre dans le texte, le délai s’écrit days = 0")
        return self


class OneOff(Frozen):
    """Something to do once: on a day, within a window, or on a day still to be asked for.

    ``on`` and ``question`` exclude each other; with ``question`` the item waits for the answer and is then *chosen*.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Une seule fois", "Once"))
    id: Id
    kind: Annotated[DutyKind, KIND]
    title: Title
    title_en: TitleEn
    owed_by: OwedBy
    owed_to: OwedTo
    on: Annotated[
        Day | None,
        field_words(
            "Jour (vide : le texte ne le donne pas, la question sera posée)",
            "Day (empty: the text gives none, the question will be asked)",
        ),
    ] = None
    question: Annotated[
        Slug | None, field_words("Question qui demandera le jour", "Question that asks for the day", folded=True)
    ] = None
    responsible: Responsible = ()
    informed: Informed = ()
    clauses: Cited

    @model_validator(mode="after")
    def _day_or_question(self) -> "OneOff":
        if (self.on is None) == (self.question is None):
            raise ValueError(f"« {self.id} » : donner soit on (le jour), soit question (qui le demandera)")
        return self


class EndDuty(Frozen):
    """A duty that the end of the convention starts.

    Attributes:
        after: the delay from the last day in force; zero days means on that day.
        unless_litigation: suspended while a litigation is recorded (« en l’absence de contentieux »).
        each_party: both sides owe it separately.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("À la fin", "At the end"))
    id: Id
    kind: Annotated[Literal["destruction", "access-closure", "certificate", "statement", "evaluation", "other"], KIND]
    title: Title
    title_en: TitleEn
    after: Annotated[Delay, field_words("Délai après la fin", "Delay after the end")]
    owed_by: OwedBy
    owed_to: OwedTo
    unless_litigation: Annotated[bool, field_words("Sauf contentieux", "Unless there is a litigation")] = False
    each_party: Annotated[bool, field_words("Chaque partie de son côté", "Each party separately")] = False
    responsible: Responsible = ()
    informed: Informed = ()
    clauses: Cited


class AnnualWindow(Frozen):
    """Something to sign each year within the month before a due date (Metz: the yearly financial annex)."""

    WORDS: ClassVar[BlockWords] = block_words(called=("À signer chaque année", "To sign each year"))
    id: Id
    title: Title
    title_en: TitleEn
    months_before: Annotated[int, field_words("Dans combien de mois avant", "Within how many months before")] = Field(
        default=1, ge=1, le=12
    )
    before: Annotated[
        Literal["civil-year-end", "annual-due-date"],
        field_words(
            "Avant quelle échéance",
            "Before which due date",
            values={
                "civil-year-end": ("la fin de l’année civile", "the end of the civil year"),
                "annual-due-date": ("de l’échéance annuelle, à rebours", "the annual due date, backwards"),
            },
            folded=True,
        ),
    ] = "civil-year-end"
    effect: Annotated[
        Literal["next-day"],
        field_words("Prend effet", "Takes effect", values={"next-day": ("le lendemain", "the next day")}),
    ] = "next-day"
    owed_by: OwedBy
    owed_to: OwedTo
    responsible: Responsible = ()
    informed: Informed = ()
    clauses: Cited


class Payment(Frozen):
    """Money due.

    Attributes:
        amount_cents: in euro cents, None when the text does not give it yet.
        due: at the later of several signatures, or on receipt of a statement. What is free of charge owes nothing and
            is not written as a payment.
        documents: the references whose signatures are awaited.
        policy_days: days we allow ourselves after the trigger where the text gives none.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Paiement", "Payment"))
    id: Id
    title: Title
    title_en: TitleEn
    amount_cents: Annotated[
        int | None, field_words("Montant en centimes (vide : non donné)", "Amount in cents (empty: not given)")
    ] = Field(default=None, ge=0, le=10**13)
    due: Annotated[
        Literal["last-of-signatures", "statement"],
        field_words(
            "Dû",
            "Due",
            values={
                "last-of-signatures": ("à la dernière des signatures", "at the last of the signatures"),
                "statement": ("sur mémoire", "on a statement"),
            },
        ),
    ]
    documents: Annotated[
        tuple[Reference, ...],
        field_words("Documents dont la signature est attendue", "Documents whose signature is awaited", folded=True),
    ] = ()
    policy_days: Annotated[int, field_words("Jours que nous nous donnons", "Days we allow ourselves", folded=True)] = (
        Field(default=30, ge=0, le=3660)
    )
    owed_by: OwedBy
    owed_to: OwedTo
    responsible: Responsible = ()
    informed: Informed = ()
    clauses: Cited
