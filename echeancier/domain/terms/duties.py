"""What the paper makes somebody do: recurring duties, single ones, those an event starts, those of the end."""

from collections.abc import Mapping
from datetime import time
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from echeancier.domain.dates.delay import (
    Delay,
    DelayAfter,
    DelayBeforeEvent,
    DelayPlace,
    PlainDelay,
    Threshold,
    WarningBefore,
    WindowDelay,
    fit,
)
from echeancier.domain.declared import FieldWords, field_words
from echeancier.domain.model import Day, Frozen, Hour, Named, OneLine, Slug, Text
from echeancier.domain.terms.fields import (
    DELAY_HINT,
    THRESHOLD_HINT,
    BlockWords,
    Cited,
    EventKey,
    Id,
    Informed,
    NeedKey,
    OwedBy,
    OwedTo,
    Responsible,
    RoleKey,
    Short,
    ShortEn,
    StakeIfSaid,
    Title,
    TitleEn,
    WithFormerKeys,
    block_words,
)
from echeancier.domain.terms.item_kinds import ITEM_KINDS, ItemKind
from echeancier.domain.terms.only import TimesNamed, check_only
from echeancier.domain.terms.owing import Owing
from echeancier.domain.terms.when import AfterClose, MonthlyDay, PeriodDay, When, YearlyDay

DutyKind = Literal[
    "data", "meeting", "committee", "report", "evaluation", "information", "session", "document",
    "payment", "amendment", "survey", "other",
]  # fmt: skip

KIND = FieldWords(
    Text(fr="Nature", en="Kind"), values={name: kind.called for name, kind in ITEM_KINDS.items()}, folded=True
)
"""The kind of a duty is that of the dated things it makes."""


class Rhythm(Frozen):
    """How often a duty falls due.

    Attributes:
        every_months: length of one period, in months, counted from the effect (or civil) date.
        count: how many times in each period.
        at_least: a quota (« au moins », « à minima ») rather than an exact number.
        year: whether periods follow the contract's anniversary, the civil year or the school year (from 1 September).
        prorata: whether a period cut short owes every time all the same, or in proportion to its days.
        chosen: the text gives no number and the coordinator chose this one: never shown as contractual.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Rythme", "Rhythm"))
    every_months: Annotated[
        int,
        field_words(
            "Tous les combien de mois",
            "Every how many months",
            hint=(
                "Vide : le texte ne dit rien, la question sera posée.",
                "Empty: the text gives none, the question will be asked.",
            ),
        ),
    ] = Field(ge=1, le=120)
    count: Annotated[int, field_words("Combien de fois", "How many times")] = Field(default=1, ge=1, le=60)
    at_least: Annotated[bool, field_words("« au moins », « à minima »", "“at least”")] = False
    year: Annotated[
        Literal["contract", "civil", "school"],
        field_words(
            "Année",
            "Year",
            values={
                "contract": ("du contrat (anniversaire)", "of the contract (anniversary)"),
                "civil": ("civile", "civil"),
                "school": ("scolaire (du 1er septembre)", "school (from 1 September)"),
            },
            folded=True,
        ),
    ] = "contract"
    prorata: Annotated[
        Literal["full", "days"],
        field_words(
            "Dans une période entamée",
            "In a period cut short",
            values={
                "full": ("toutes les fois", "every time"),
                "days": ("en proportion des jours (« au prorata »)", "in proportion to its days"),
            },
            folded=True,
        ),
    ] = "full"
    chosen: Annotated[
        bool, field_words("Choisi par nous, le texte n’en dit rien", "Chosen by us, the text is silent", folded=True)
    ] = False


class MeetingPreferences(WithFormerKeys):
    """What the convention's people prefer for a kind of meeting; used to propose, never to impose.

    Attributes:
        weekday: ISO number, Monday is 1; a closed day is never proposed.
        at: local time of day.
        minutes: duration.
        place: where; free text.
        video_link: address of the video room, if any.
        chair: the role that presides and convenes; the coordinator where the text names nobody.
        invite: roles invited beside whoever presides.
        topics: what the text wants spoken of, one line each; said in the invitation and in the committee's file.
        indicators: what the text wants looked at, one line each; said there too.
        notice: what the text requires before the meeting, counted to receipt; None where it says nothing.
        excluded: periods (first day, last day) in which nothing is proposed.
        quorum: how many must be present for the meeting to count (0: any number).
        minutes_within: the time after the meeting within which its minutes are awaited; None: they are not.
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "notice_days": "notice = { days = 15 } ou { clear_days = 15 }",
        "minutes_within_days": "minutes_within = { days = 15 }",
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("Préférences pour la réunion", "Preferences for the meeting"))
    weekday: Annotated[
        int, field_words("Jour de la semaine (1 lundi … 5 vendredi)", "Day of the week (1 Monday … 5 Friday)")
    ] = Field(default=2, ge=1, le=5)
    at: Annotated[Hour, field_words("Heure", "Hour")] = time(10, 0)
    minutes: Annotated[int, field_words("Durée en minutes", "Minutes")] = Field(default=90, ge=5, le=600)
    place: Annotated[OneLine, field_words("Lieu de la réunion", "Place of the meeting")] = ""
    video_link: Annotated[OneLine, field_words("Lien de visioconférence", "Video link", folded=True)] = ""
    chair: Annotated[
        RoleKey | None,
        field_words("Qui préside (vide : la coordination)", "Who chairs (empty: the coordinator)", folded=True),
    ] = None
    invite: Annotated[tuple[RoleKey, ...], field_words("Invités", "Invited")] = ()
    topics: Annotated[
        tuple[Named, ...],
        field_words(
            "Sujets que le texte met à l’ordre du jour (un par ligne)",
            "Topics that the text wants (one per line)",
            folded=True,
        ),
    ] = ()
    topics_en: Annotated[
        tuple[Named, ...],
        field_words("Les mêmes sujets en anglais, dans l’ordre", "The same topics in English, in order", folded=True),
    ] = ()
    indicators: Annotated[
        tuple[Named, ...],
        field_words(
            "Indicateurs que le texte veut voir (un par ligne)",
            "Indicators that the text wants (one per line)",
            folded=True,
        ),
    ] = ()
    indicators_en: Annotated[
        tuple[Named, ...],
        field_words(
            "Les mêmes indicateurs en anglais, dans l’ordre", "The same indicators in English, in order", folded=True
        ),
    ] = ()
    notice: Annotated[
        WarningBefore | None,
        field_words("Délai de convocation exigé", "Notice required", hint=DELAY_HINT, folded=True),
    ] = None
    excluded: Annotated[
        tuple[tuple[Day, Day], ...],
        field_words(
            "Périodes exclues (2026-08-01 au 2026-08-20, une par ligne)",
            "Periods excluded (2026-08-01 to 2026-08-20, one per line)",
            folded=True,
        ),
    ] = ()
    quorum: Annotated[int, field_words("Quorum", "Quorum", folded=True)] = Field(default=0, ge=0, le=1000)
    minutes_within: Annotated[
        PlainDelay | None,
        field_words("Compte rendu attendu sous", "Minutes awaited within", hint=DELAY_HINT, folded=True),
    ] = None

    @model_validator(mode="after")
    def _said_line_by_line(self) -> "MeetingPreferences":
        for name, said, english in (
            ("topics", self.topics, self.topics_en),
            ("indicators", self.indicators, self.indicators_en),
        ):
            if english and len(english) != len(said):
                raise ValueError(
                    f"meeting : {name}_en a {len(english)} lignes, {name} en a {len(said)} : une ligne en anglais pour chacune, "
                    "dans le même ordre, ou aucune"
                )
        return self

    @property
    def spoken_of(self) -> tuple[Text, ...]:
        """The topics in both languages; in French twice where nobody wrote them in English."""
        return _in_both(self.topics, self.topics_en)

    @property
    def looked_at(self) -> tuple[Text, ...]:
        """The indicators in both languages."""
        return _in_both(self.indicators, self.indicators_en)


def _in_both(said: tuple[str, ...], english: tuple[str, ...]) -> tuple[Text, ...]:
    return tuple(Text(fr=one, en=other) for one, other in zip(said, english or said, strict=True))


class Duty(Owing):
    """A duty that comes back during the whole term.

    ``rhythm`` or ``when``; both left out means that the text gives no number (« régulièrement »): that is a question, not a date.

    Attributes:
        ahead_of: the meeting it must come before, each time: what that meeting examines, or what prepares it.
        prepares_renewal: a meeting that prepares what follows: its last one is held before the text of it is agreed.
        for_next_period: what is done in one period serves the next (« une revalorisation fait l’objet d’un
            avenant chaque année »), so the last period of the term owes none.
        only: the times of ``when`` that are owed, where not all are: « le bilan de 2027 seulement ».
        stops_at_end: the text ends it with the convention: what falls due after the end is not owed, though it is about before.
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "before": "ahead_of",
    }
    WORDS: ClassVar[BlockWords] = block_words(
        called=("Ce qui revient", "What comes back"), either=(("rhythm", "when"),)
    )
    id: Id
    kind: Annotated[DutyKind, KIND]
    title: Title
    title_en: TitleEn
    short: Short = ""
    short_en: ShortEn = ""
    owed_by: OwedBy
    owed_to: OwedTo
    rhythm: Rhythm | None = None
    when: Annotated[
        When | None,
        field_words(
            "Ou des jours du calendrier",
            "Or days of the calendar",
            label=("Ou le calendrier", "Or the calendar"),
            hint=(
                "Choisir, puis « Garder » : ses champs viennent ensuite.",
                "Choose, then “Keep”: its own fields come next.",
            ),
        ),
    ] = None
    responsible: Responsible = ()
    informed: Informed = ()
    stake: StakeIfSaid = None
    meeting: MeetingPreferences | None = None
    ahead_of: Annotated[
        NeedKey | None,
        field_words(
            "Avant quelle rencontre (son identifiant)",
            "Before which meeting (its id)",
            label=("Avant quelle rencontre", "Before which meeting"),
            folded=True,
        ),
    ] = None
    prepares_renewal: Annotated[bool, field_words("Prépare le renouvellement", "Prepares the renewal", folded=True)] = (
        False
    )
    for_next_period: Annotated[
        bool,
        field_words("Ce qui est fait sert la période suivante", "What is done serves the next period", folded=True),
    ] = False
    only: TimesNamed = ()
    stops_at_end: Annotated[
        bool,
        field_words(
            "Rien n’est plus dû après la fin, le texte le dit",
            "Nothing is owed after the end, the text says so",
            folded=True,
        ),
    ] = False
    clauses: Cited

    @model_validator(mode="after")
    def _when_it_comes(self) -> "Duty":
        if self.rhythm is not None and self.when is not None:
            raise ValueError(f"« {self.id} » : un rythme (rhythm) ou des jours du calendrier (when), pas les deux")
        if self.when is not None and self.for_next_period:
            raise ValueError(f'« {self.id} » : for_next_period va avec un rythme ; avec when, écrire covers = "next"')
        if self.only and self.when is None:
            raise ValueError(
                f"« {self.id} » : only choisit entre des jours du calendrier : il va avec when, pas avec un rythme"
            )
        check_only(self.id, self.only, self.when)
        if self.stops_at_end and not may_outlive(self.when):
            raise ValueError(
                f'« {self.id} » : stops_at_end ne va qu’avec ce qui peut tomber après la fin : when avec covers = "previous", '
                'next_month, after_close, ou due = "arrears" avec days'
            )
        return self

    @model_validator(mode="after")
    def _meetings_have_preferences(self) -> "Duty":
        if self.meeting is not None and not self.traits.is_meeting:
            raise ValueError(f"« {self.id} » : seule une rencontre peut avoir un bloc meeting (kind = {self.kind})")
        return self

    @property
    def traits(self) -> ItemKind:
        """What is true of every thing of its kind."""
        return ITEM_KINDS[self.kind]


def may_outlive(when: When | None) -> bool:
    """Return whether something about a time that the convention covers may fall due after its end."""
    match when:
        case YearlyDay():
            return when.covers == "previous"
        case MonthlyDay():
            return when.next_month
        case PeriodDay():
            return when.due == "arrears" and when.days is not None
    return isinstance(when, AfterClose)


class EventDuty(Owing):
    """A duty that each occurrence of an event starts (a delivery received, an account manager who left, a breach).

    ``delay`` alone, ``threshold`` alone, ``threshold`` then ``delay``, or ``no_number``.

    Attributes:
        event: the event, as recorded by an ``event`` fact.
        delay: after the event, or before it (``direction``); after a threshold, from the day it is exceeded.
        threshold: the event begins a state that must last longer than this (« absence de plus de trois mois »).
        direction: after the event, or before it (« 5 jours avant sa mise en ligne »).
        no_number: the text only says « rapidement » or « à première demande »: due from the event on, without a
            last day; whatever day is shown is ours, never contractual.
        silence: what silence means once the delay is over: « réputé accepté », « réputé refusé ».
        capped_by_end_duty: the end duty whose date wins when it is earlier.
        tell: the roles of the other side that must be told (for an incident), named to whoever has to tell them.
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "starts_on": "event",
        "strictly_more": 'threshold = { months = 3, more_than = true, since = "state" }',
        "huitaine": 'delay = { days = 8, named = "huitaine" }',
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("Ce qu’un événement déclenche", "What an event starts"))
    id: Id
    title: Title
    title_en: TitleEn
    short: Short = ""
    short_en: ShortEn = ""
    kind: Annotated[
        DutyKind | Literal["destruction", "incident", "answer", "access-closure", "notification", "suspension"], KIND
    ]
    event: Annotated[
        EventKey,
        field_words(
            "Événement (clé)",
            "Event (key)",
            label=("Événement", "Event"),
            hint=(
                "Le nom de l’événement à enregistrer quand il arrive, comme data-delivered.",
                "The event to record when it happens, as data-delivered.",
            ),
        ),
    ]
    delay: Annotated[
        Delay | None,
        field_words(
            "Délai (vide : aucun nombre)", "Delay (empty: no number)", label=("Délai", "Delay"), hint=DELAY_HINT
        ),
    ] = None
    threshold: Annotated[
        Threshold | None,
        field_words("Seuil à dépasser d’abord", "Threshold to exceed first", hint=THRESHOLD_HINT, folded=True),
    ] = None
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
    no_number: Annotated[
        bool, field_words("« sans délai », « rapidement » : aucun nombre", "“without delay”: no number", folded=True)
    ] = False
    silence: Annotated[
        Literal["accepts", "refuses"] | None,
        field_words(
            "Le silence vaut",
            "Silence means",
            values={"accepts": ("acceptation", "acceptance"), "refuses": ("refus", "refusal")},
            folded=True,
        ),
    ] = None
    capped_by_end_duty: Annotated[
        NeedKey | None, field_words("Au plus tard avec ce devoir de fin", "No later than this end duty", folded=True)
    ] = None
    owed_by: OwedBy
    owed_to: OwedTo
    responsible: Responsible = ()
    informed: Informed = ()
    stake: StakeIfSaid = None
    tell: Annotated[
        tuple[RoleKey, ...], field_words("Qui prévenir de l’autre côté", "Whom to tell on the other side", folded=True)
    ] = ()
    clauses: Cited

    @model_validator(mode="after")
    def _one_saying(self) -> "EventDuty":
        if self.no_number == (self.delay is not None or self.threshold is not None):
            raise ValueError(
                f"« {self.id} » : donner un délai (delay), un seuil (threshold) ou les deux ; sans nombre dans le texte, "
                "no_number = true et rien d’autre"
            )
        before = self.direction == "before"
        if before and (self.threshold is not None or self.no_number):
            raise ValueError(
                f"« {self.id} » : avant un événement, le délai se donne par delay, sans threshold ni no_number"
            )
        if self.delay is not None:
            fit(self.delay, DelayPlace.BEFORE_EVENT if before else DelayPlace.AFTER)
        if self.silence is not None and (before or self.delay is None or self.delay.bound == "at_least"):
            raise ValueError(
                f"« {self.id} » : le silence ne vaut réponse qu’à la fin d’un délai compté après l’événement"
            )
        return self

    @property
    def in_hours(self) -> bool:
        """Whether its delay runs in hours from its event, so that the hour of the event decides."""
        return self.delay is not None and self.delay.in_hours and self.threshold is None


class OneOff(Owing):
    """Something to do once: on a day, on a day still to be asked for, or so long after or before an event.

    Exactly one of ``on``, ``question``, ``after``, ``before``. With ``question`` the item waits for the answer and is then
    *chosen*.

    Attributes:
        event: what ``after`` and ``before`` are counted from: an event that is recorded, or ``effective``, ``signed``,
            ``executory``, ``ended``; for ``after``, the effect when left out.
        outlives: the day may come after the end: the file stays open until it is done.
    """

    WORDS: ClassVar[BlockWords] = block_words(
        called=("Une seule fois", "Once"), either=(("on", "after", "before", "event"),)
    )
    id: Id
    kind: Annotated[DutyKind, KIND]
    title: Title
    title_en: TitleEn
    short: Short = ""
    short_en: ShortEn = ""
    owed_by: OwedBy
    owed_to: OwedTo
    on: Annotated[
        Day | None,
        field_words(
            "Jour (vide, et sans délai : la question sera posée)",
            "Day (empty, and without a delay: the question will be asked)",
        ),
    ] = None
    question: Annotated[
        Slug | None,
        field_words("Question qui demandera le jour", "Question that asks for the day", folded=True, of_file=True),
    ] = None
    after: Annotated[
        PlainDelay | None, field_words("Ou tant de temps après", "Or so long after", hint=DELAY_HINT, folded=True)
    ] = None
    before: Annotated[
        DelayBeforeEvent | None,
        field_words("Ou tant de temps avant", "Or so long before", hint=DELAY_HINT, folded=True),
    ] = None
    event: Annotated[
        EventKey | None,
        field_words(
            "L’événement d’où l’on compte (vide : la prise d’effet)",
            "The event it is counted from (empty: the effect)",
            folded=True,
        ),
    ] = None
    outlives: Annotated[
        bool, field_words("Dû même après la fin de la convention", "Owed even after the convention ends", folded=True)
    ] = False
    responsible: Responsible = ()
    informed: Informed = ()
    stake: StakeIfSaid = None
    clauses: Cited

    @model_validator(mode="after")
    def _one_day(self) -> "OneOff":
        if sum(one is not None for one in (self.on, self.question, self.after, self.before)) != 1:
            raise ValueError(
                f"« {self.id} » : donner l’un de on (le jour), question (qui le demandera), after ou before (un délai)"
            )
        if self.before is not None and (self.event is None or self.before.in_hours or self.before.bound == "at_most"):
            raise ValueError(
                f"« {self.id} » : before se compte en jours ou plus, sans at_most, avant un événement (event)"
            )
        if self.event is not None and self.after is None and self.before is None:
            raise ValueError(f"« {self.id} » : event ne va qu’avec after ou before")
        return self


class EndDuty(Owing):
    """A duty that the end of the convention starts.

    Attributes:
        after: the delay from the last day in force; zero days means on that day.
        unless_litigation: suspended while a litigation is recorded (« en l’absence de contentieux »).
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "each_party": 'owed_by = "each"',
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("À la fin", "At the end"))
    id: Id
    kind: Annotated[Literal["destruction", "access-closure", "certificate", "statement", "evaluation", "other"], KIND]
    title: Title
    title_en: TitleEn
    short: Short = ""
    short_en: ShortEn = ""
    after: Annotated[DelayAfter, field_words("Délai après la fin", "Delay after the end", hint=DELAY_HINT)]
    owed_by: OwedBy
    owed_to: OwedTo
    unless_litigation: Annotated[bool, field_words("Sauf contentieux", "Unless there is a litigation", folded=True)] = (
        False
    )
    responsible: Responsible = ()
    informed: Informed = ()
    stake: StakeIfSaid = None
    clauses: Cited


class AnnualWindow(Owing):
    """Something to sign each year within a while before a due date, neither earlier nor later; it takes effect the next day.

    Attributes:
        delay: how long before: the window opens then.
        until: the due date.
    """

    FORMER: ClassVar[Mapping[str, str]] = {
        "months_before": "delay = { months = 1 }",
        "before": "until",
        "effect": "rien, elle prend effet le lendemain",
    }
    WORDS: ClassVar[BlockWords] = block_words(called=("À signer chaque année", "To sign each year"))
    id: Id
    title: Title
    title_en: TitleEn
    short: Short = ""
    short_en: ShortEn = ""
    delay: Annotated[WindowDelay, field_words("Dans combien de temps avant", "Within how long before", hint=DELAY_HINT)]
    until: Annotated[
        Literal["civil-year-end", "anniversary"],
        field_words(
            "Avant quelle échéance",
            "Before which due date",
            values={
                "civil-year-end": ("la fin de l’année civile", "the end of the civil year"),
                "anniversary": ("chaque échéance annuelle", "each annual due date"),
            },
        ),
    ]
    owed_by: OwedBy
    owed_to: OwedTo
    responsible: Responsible = ()
    informed: Informed = ()
    stake: StakeIfSaid = None
    clauses: Cited
