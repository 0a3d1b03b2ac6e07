"""A convention as the paper states it. Immutable: an amendment makes a new version, the old one is kept."""

from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from echeancier.domain.dates.calendar import TIME_ZONES, WorkingDays, Zone
from echeancier.domain.declared import field_words
from echeancier.domain.model import Day, Frozen, Hour, OneLine, Prose, Reference, ReferenceOrNone, Slug, Text, title_of
from echeancier.domain.terms.clauses import (
    AccountManager,
    AutomaticEnd,
    Breach,
    CouncilAct,
    DataProtection,
    Dispute,
    Parent,
    Signing,
    Survival,
    Suspension,
    Termination,
    Territory,
)
from echeancier.domain.terms.duties import AnnualWindow, Duty, EndDuty, EventDuty, OneOff
from echeancier.domain.terms.fields import (
    BlockWords,
    Cited,
    DigestChoice,
    Id,
    InEnglish,
    PartyKey,
    RoleKey,
    Title,
    TitleEn,
    block_words,
)
from echeancier.domain.terms.gates import Gate
from echeancier.domain.terms.money import Payment
from echeancier.domain.terms.named_event import NamedEvent
from echeancier.domain.terms.owing import EITHER, OneOwed, named_by, shares, together
from echeancier.domain.terms.parties import Party, Role
from echeancier.domain.terms.renewal import Renewal
from echeancier.domain.terms.term import Effect, Term


class Clause(Frozen):
    """One clause: where it stands and what it says in a few words of our own, quoting only the words that decide."""

    WORDS: ClassVar[BlockWords] = block_words(called=("Articles", "Articles"))
    id: Annotated[OneLine, field_words("Identifiant (pour toujours)", "Id (for life)", folded=True)]
    article: Annotated[OneLine, field_words("Article", "Article")]
    says: Annotated[
        Prose, field_words("Ce que dit l’article, en quelques mots", "What the article says, in a few words")
    ]
    says_en: InEnglish = ""

    @property
    def meaning(self) -> Text:
        """What it says in both languages; in French twice where nobody wrote it in English."""
        return Text(fr=self.says, en=self.says_en or self.says)


@lru_cache(maxsize=64)  # one calendar per place: it remembers the days it was asked about
def _calendar(zone: Zone, good_friday: bool, closed: tuple[date, ...], time_zone: str) -> WorkingDays:
    return WorkingDays(zone, good_friday, closed, time_zone)


class Place(Frozen):
    """Where the acts are done: which days are closed there, and which time zone counts.

    Attributes:
        zone: whose statutory holidays apply.
        good_friday: a commune of Alsace-Moselle where Good Friday is a holiday.
        time_zone: IANA name; that of the zone when left out.
        closed: days on which our offices are closed; they move our safe days, never a legal day.
        hours: when the house opens and closes; only a delay in « heures ouvrées » needs it.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Lieu", "Place"))
    zone: Annotated[
        Zone,
        field_words(
            "Jours fériés du lieu",
            "Holidays of the place",
            values={
                "FR": ("France", "France"),
                "ALSACE-MOSELLE": ("Alsace-Moselle", "Alsace-Moselle"),
                "GUADELOUPE": ("Guadeloupe", "Guadeloupe"),
                "MARTINIQUE": ("Martinique", "Martinique"),
                "GUYANE": ("Guyane", "French Guiana"),
                "REUNION": ("La Réunion", "Réunion"),
                "MAYOTTE": ("Mayotte", "Mayotte"),
                "SAINT-BARTHELEMY": ("Saint-Barthélemy", "Saint Barthélemy"),
                "SAINT-MARTIN": ("Saint-Martin", "Saint Martin"),
            },
        ),
    ] = "FR"
    good_friday: Annotated[
        bool, field_words("Le Vendredi saint y est férié", "Good Friday is a holiday there", folded=True)
    ] = False
    time_zone: Annotated[OneLine, field_words("Fuseau horaire", "Time zone", folded=True)] = ""
    closed: Annotated[
        tuple[Day, ...],
        field_words(
            "Jours de fermeture de nos bureaux (2026-05-15, un par ligne)",
            "Days our offices are closed (2026-05-15, one per line)",
            folded=True,
        ),
    ] = ()
    hours: Annotated[
        tuple[Hour, Hour] | None,
        field_words(
            "Heures d’ouverture",
            "Opening hours",
            hint=(
                "Comme 09:00, 17:00 ; pour un délai en heures ouvrées seulement.",
                "As 09:00, 17:00; only for a delay in working hours.",
            ),
            folded=True,
        ),
    ] = None

    @model_validator(mode="before")
    @classmethod
    def _time_zone_of_the_zone(cls, given: object) -> object:
        if isinstance(given, dict) and not given.get("time_zone"):
            return {**given, "time_zone": TIME_ZONES.get(given.get("zone", "FR"), "")}
        return given

    @model_validator(mode="after")
    def _known_place(self) -> "Place":
        self.calendar()
        if self.hours is not None and self.hours[0] >= self.hours[1]:
            raise ValueError('place : hours = ["09:00", "17:00"], l’heure d’ouverture avant celle de fermeture')
        return self

    def house(self) -> tuple[time, time]:
        """Return when the house opens and closes; the door refuses what needs it without it (`terms.checks`)."""
        assert self.hours is not None  # noqa: S101 - the door looked
        return self.hours

    def calendar(self) -> WorkingDays:
        """Return the working days of the place; its time zone is the zone's own unless given.

        Raises:
            ValueError: unknown time zone, or Good Friday outside Alsace-Moselle.
        """
        return _calendar(self.zone, self.good_friday, self.closed, self.time_zone)


class Reading(Frozen):
    """One way to read a clause, and what it would change."""

    WORDS: ClassVar[BlockWords] = block_words(
        called=("Lecture", "Reading"), adding=("Ajouter une lecture", "Add a reading")
    )
    id: Id
    says: Annotated[Prose, field_words("Lecture", "Reading")]
    says_en: InEnglish
    changes: Annotated[Prose, field_words("Ce que cela change", "What it changes")]
    changes_en: Annotated[
        Prose, field_words("Ce que cela change, en anglais", "What it changes, in English", folded=True)
    ]


class OpenQuestion(Frozen):
    """A question the paper itself raises, put to a role.

    Attributes:
        kind: ``blank`` (nothing can be computed) or ``contested`` (the prudent reading runs meanwhile).
        answer: what is expected back: one of the readings, a day, a number of months, or words.
        prudent: the reading that runs until the answer, for a contested question.
    """

    WORDS: ClassVar[BlockWords] = block_words(called=("Question", "Question"))
    id: Id
    about: Annotated[Prose, field_words("Question", "Question")]
    about_en: Annotated[Prose, field_words("Question en anglais", "Question in English", folded=True)]
    kind: Annotated[
        Literal["blank", "contested"],
        field_words(
            "Blanc ou clause à deux lectures",
            "Blank or two readings",
            values={
                "blank": ("un blanc du papier", "a blank of the paper"),
                "contested": ("plusieurs lectures possibles", "several readings are possible"),
            },
        ),
    ]
    answer: Annotated[
        Literal["reading", "date", "months", "text"],
        field_words(
            "Réponse attendue",
            "Answer expected",
            values={
                "reading": ("une des lectures", "one of the readings"),
                "date": ("un jour", "a day"),
                "months": ("un nombre de mois", "a number of months"),
                "text": ("des mots", "words"),
            },
        ),
    ] = "reading"
    readings: Annotated[tuple[Reading, ...], field_words("Lectures", "Readings")] = ()
    prudent: Annotated[Slug | None, field_words("Lecture prudente, en attendant", "Prudent reading meanwhile")] = None
    ask: Annotated[RoleKey, field_words("À qui la poser", "Whom to ask")]
    clauses: Cited

    @model_validator(mode="after")
    def _readings_to_choose_from(self) -> "OpenQuestion":
        known = {r.id for r in self.readings}
        if self.answer == "reading" and len(known) < 2:
            raise ValueError(f"question « {self.id} » : il faut au moins deux lectures à départager")
        if self.prudent is not None and self.prudent not in known:
            raise ValueError(f"question « {self.id} » : prudent = « {self.prudent} » n’est pas une de ses lectures")
        return self


class Remark(Frozen):
    """A contradiction or oddity of the paper that a person must see; it becomes a warning."""

    WORDS: ClassVar[BlockWords] = block_words(called=("Point d’attention", "Warning"))
    id: Id
    text: Annotated[Prose, field_words("En clair", "In words")]
    text_en: InEnglish
    clauses: Cited


class Convention(Frozen):
    """Everything the paper says that a date, a mail or a refusal depends on.

    Whether it hangs together is checked at the door (``domain.terms.checks``), not here: a convention that already
    runs must stay readable when a check is added years later.

    Attributes:
        reference: our own stable name for it, unique for ever (conventions often have no number).
        kind: what sort of convention, to group and filter.
        follows: the reference of the convention whose place it takes, where there was one.
        us: the key of the party that runs this program.
        coordinator: the role that runs the convention on our side and receives its questions.
        manager: the role to whom what is late is escalated.
        service: the service of ours that carries it; short enough to be found by its whole name.
        digest: how often the functions it names read a digest, unless their role says otherwise; None: as the installation does.
    """

    reference: Annotated[
        Reference,
        field_words(
            "Référence (la nôtre, unique pour toujours)",
            "Reference (ours, unique for ever)",
            hint=(
                "Lettres sans accent, chiffres, points et tirets, comme VILLE-2026.",
                "Letters without accents, digits, dots and hyphens, as VILLE-2026.",
            ),
        ),
    ]
    title: Title
    title_en: TitleEn = ""
    kind: Annotated[
        Literal[
            "cooperation",
            "application-access",
            "assignment",
            "financial-annex",
            "data-exchange",
            "subsidy",
            "premises",
            "service",
            "caf",
            "staff",
            "purchasing-group",
            "hosting",
            "france-services",
            "other",
        ],
        field_words(
            "Nature",
            "Kind",
            values={
                "cooperation": ("coopération", "cooperation"),
                "application-access": ("accès à une application", "access to an application"),
                "assignment": ("affectation d’agent", "assignment of staff"),
                "financial-annex": ("annexe financière", "financial annex"),
                "data-exchange": ("échange de données", "data exchange"),
                "subsidy": ("subvention", "subsidy"),
                "premises": ("mise à disposition de locaux", "use of premises"),
                "service": ("prestation de services", "provision of services"),
                "caf": ("convention avec la CAF (CTG…)", "with the family allowance fund"),
                "staff": ("mise à disposition de personnel", "secondment of staff"),
                "purchasing-group": ("groupement de commandes", "purchasing group"),
                "hosting": ("hébergement d’un logiciel", "hosting of a software"),
                "france-services": ("France services", "France services"),
                "other": ("autre", "other"),
            },
        ),
    ]
    number: Annotated[OneLine, field_words("Numéro imprimé sur la convention", "Number printed on it", folded=True)] = (
        ""
    )
    follows: Annotated[ReferenceOrNone, field_words("Fait suite à (référence)", "Follows (reference)", folded=True)] = (
        ""
    )
    service: Annotated[
        OneLine, Field(max_length=150), field_words("Service qui la porte", "Service that carries it")
    ] = ""
    us: Annotated[PartyKey, field_words("Laquelle des parties sommes-nous ?", "Which party are we?")]
    coordinator: Annotated[
        RoleKey, field_words("Coordination (reçoit les questions)", "Coordinator (receives the questions)")
    ]
    manager: Annotated[RoleKey, field_words("Direction (avertie des retards)", "Manager (told of what is late)")]
    digest: DigestChoice = None
    place: Place = Field(default_factory=lambda: Place.model_validate({}))
    parties: dict[Slug, Party] = Field(min_length=2)
    roles: dict[Slug, Role] = Field(min_length=1)
    act: tuple[CouncilAct, ...] = ()
    effect: Effect
    signing: Signing = Signing()
    term: Term
    renewal: Renewal = Renewal()
    parent: Parent | None = None
    automatic_end: tuple[AutomaticEnd, ...] = ()
    termination: tuple[Termination, ...] = ()
    breach: tuple[Breach, ...] = ()
    suspension: Suspension | None = None
    dispute: Dispute | None = None
    account_manager: AccountManager | None = None
    data_protection: DataProtection | None = None
    territory: Territory | None = None
    survival: tuple[Survival, ...] = ()
    duty: tuple[Duty, ...] = ()
    event_duty: tuple[EventDuty, ...] = ()
    one_off: tuple[OneOff, ...] = ()
    end_duty: tuple[EndDuty, ...] = ()
    window: tuple[AnnualWindow, ...] = ()
    gate: tuple[Gate, ...] = ()
    event: tuple[NamedEvent, ...] = ()
    payment: tuple[Payment, ...] = ()
    question: tuple[OpenQuestion, ...] = ()
    remark: tuple[Remark, ...] = ()
    clause: tuple[Clause, ...] = Field(min_length=1)

    @field_validator("act", mode="before")
    @classmethod
    def _one_or_more_acts(cls, given: object) -> object:
        if isinstance(given, dict):
            raise ValueError("« [act] » ne s’écrit plus ainsi : [[act]], un bloc par délibération")  # noqa: TRY004 - said by the model
        return given

    @property
    def called(self) -> Text:
        """Its title in both languages; in French twice where nobody wrote it in English."""
        return title_of(self)

    @property
    def titles_of_duties(self) -> dict[Slug, str]:
        """The title of each duty that comes back, follows an event, or is done once, by its id."""
        return {
            **{duty.id: duty.title for duty in self.duty},
            **{duty.id: duty.title for duty in self.event_duty},
            **{one.id: one.title for one in self.one_off},
        }

    @property
    def owed(self) -> tuple[Duty | EventDuty | OneOff | EndDuty | AnnualWindow | Payment, ...]:
        """Whatever somebody owes somebody."""
        return (*self.duty, *self.event_duty, *self.one_off, *self.end_duty, *self.window, *self.payment)

    @property
    def titles_of_owed(self) -> dict[Slug, str]:
        """The title of whatever is owed, by its id."""
        return {one.id: one.title for one in self.owed}

    def clause_of(self, ids: tuple[str, ...]) -> Clause:
        """Return the first of ``ids`` as a clause: the one quoted when a date is explained."""
        return next(c for c in self.clause if c.id == ids[0])

    @property
    def others(self) -> tuple[Slug, ...]:
        """The keys of the parties that are not us, in the order of the file."""
        return tuple(key for key in self.parties if key != self.us)

    @property
    def facing(self) -> Slug:
        """Whom we face: the other party of two; all of them, where there are three or more."""
        return self.together if len(self.others) > 1 else self.others[0]

    @property
    def together(self) -> Slug:
        """The word for all the parties."""
        return together(self.parties)

    def named_by(self, side: Slug) -> tuple[Slug, ...]:
        """Return the parties that a side names: one, or all of them."""
        return named_by(side, self.parties)

    def is_ours(self, side: Slug) -> bool:
        """Whether we are among those that a side names."""
        return self.us in self.named_by(side)

    def as_said(self) -> "Convention":
        """Return it with « l’une ou l’autre des parties » said as each of them, for a letter that any of them may post."""
        if all(rule.who != (EITHER,) for rule in self.termination):
            return self
        named = tuple(
            rule.model_copy(update={"who": tuple(self.parties)}) if rule.who == (EITHER,) else rule
            for rule in self.termination
        )
        return self.model_copy(update={"termination": named})

    def shares(self, owed: OneOwed) -> Iterator[OneOwed]:
        """Yield a block once; where each party owes it, once for each of them."""
        return shares(owed, self.parties, {key: role.party for key, role in self.roles.items()})
