"""A convention as the paper states it. Immutable: an amendment makes a new version, the old one is kept."""

from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import Field, model_validator

from echeancier.domain.dates.calendar import TIME_ZONES, WorkingDays, Zone
from echeancier.domain.model import Day, Frozen, Named, OneLine, Prose, Reference, ReferenceOrNone, Slug, Text
from echeancier.domain.terms.clauses import (
    AccountManager,
    Breach,
    CouncilAct,
    DataProtection,
    Dispute,
    Effect,
    Parent,
    Renewal,
    Signing,
    Survival,
    Suspension,
    Term,
    Termination,
    Territory,
)
from echeancier.domain.terms.duties import AnnualWindow, Duty, EndDuty, EventDuty, OneOff, Payment
from echeancier.domain.terms.parties import Party, Role


class Clause(Frozen):
    """One clause: where it stands and what it says in a few words of our own, quoting only the words that decide."""

    id: OneLine
    article: OneLine
    says: Prose
    says_en: Prose = ""

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
    """

    zone: Zone = "FR"
    good_friday: bool = False
    time_zone: OneLine = ""
    closed: tuple[Day, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _time_zone_of_the_zone(cls, given: object) -> object:
        if isinstance(given, dict) and not given.get("time_zone"):
            return {**given, "time_zone": TIME_ZONES.get(given.get("zone", "FR"), "")}
        return given

    @model_validator(mode="after")
    def _known_place(self) -> "Place":
        self.calendar()
        return self

    def calendar(self) -> WorkingDays:
        """Return the working days of the place; its time zone is the zone's own unless given.

        Raises:
            ValueError: unknown time zone, or Good Friday outside Alsace-Moselle.
        """
        return _calendar(self.zone, self.good_friday, self.closed, self.time_zone)


class Reading(Frozen):
    """One way to read a clause, and what it would change."""

    id: Slug
    says: Prose
    says_en: Prose
    changes: Prose
    changes_en: Prose


class OpenQuestion(Frozen):
    """A question the paper itself raises, put to a role.

    Attributes:
        kind: ``blank`` (nothing can be computed) or ``contested`` (the prudent reading runs meanwhile).
        answer: what is expected back: one of the readings, a day, a number of months, or words.
        prudent: the reading that runs until the answer, for a contested question.
    """

    id: Slug
    about: Prose
    about_en: Prose
    kind: Literal["blank", "contested"]
    answer: Literal["reading", "date", "months", "text"] = "reading"
    readings: tuple[Reading, ...] = ()
    prudent: Slug | None = None
    ask: Slug
    clauses: tuple[OneLine, ...] = Field(min_length=1)

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

    id: Slug
    text: Prose
    text_en: Prose
    clauses: tuple[OneLine, ...] = Field(min_length=1)


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
    """

    reference: Reference
    title: Named
    title_en: OneLine = ""
    kind: Literal["cooperation", "application-access", "assignment", "financial-annex", "data-exchange", "other"]
    number: OneLine = ""
    follows: ReferenceOrNone = ""
    service: OneLine = Field(default="", max_length=150)
    us: Slug
    coordinator: Slug
    manager: Slug
    place: Place = Field(default_factory=lambda: Place.model_validate({}))
    parties: dict[Slug, Party] = Field(min_length=2)
    roles: dict[Slug, Role] = Field(min_length=1)
    act: CouncilAct | None = None
    effect: Effect
    signing: Signing = Signing()
    term: Term
    renewal: Renewal = Renewal()
    parent: Parent | None = None
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
    payment: tuple[Payment, ...] = ()
    question: tuple[OpenQuestion, ...] = ()
    remark: tuple[Remark, ...] = ()
    clause: tuple[Clause, ...] = Field(min_length=1)

    @property
    def called(self) -> Text:
        """Its title in both languages; in French twice where nobody wrote it in English."""
        return Text(fr=self.title, en=self.title_en or self.title)

    def clause_of(self, ids: tuple[str, ...]) -> Clause:
        """Return the first of ``ids`` as a clause: the one quoted when a date is explained."""
        return next(c for c in self.clause if c.id == ids[0])

    @property
    def other(self) -> Slug:
        """The key of the first party that is not us."""
        return next(key for key in self.parties if key != self.us)
