"""What the paper makes somebody do: recurring duties, single ones, those an event starts, those of the end."""

from datetime import time
from typing import Literal

from pydantic import Field, model_validator

from echeancier.domain.model import Day, Frozen, Hour, Named, OneLine, Reference, Slug
from echeancier.domain.terms.item_kinds import ITEM_KINDS, ItemKind

Side = Slug
"""The key of a party, or ``both``."""

DutyKind = Literal[
    "data", "meeting", "committee", "report", "evaluation", "information", "session", "document",
    "payment", "amendment", "survey", "other",
]  # fmt: skip


class Rhythm(Frozen):
    """How often a duty falls due.

    Attributes:
        every_months: length of one period, in months, counted from the effect (or civil) date.
        count: how many times in each period.
        at_least: a quota (« au moins », « à minima ») rather than an exact number.
        year: whether periods follow the contract's anniversary or the civil year.
        chosen: the text gives no number and the coordinator chose this one: never shown as contractual.
    """

    every_months: int = Field(ge=1, le=120)
    count: int = Field(default=1, ge=1, le=60)
    at_least: bool = False
    year: Literal["contract", "civil"] = "contract"
    chosen: bool = False


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

    weekday: int = Field(default=2, ge=1, le=5)
    at: Hour = time(10, 0)
    minutes: int = Field(default=90, ge=5, le=600)
    place: OneLine = ""
    video_link: OneLine = ""
    invite: tuple[Slug, ...] = ()
    notice_days: int = Field(default=0, ge=0, le=90)
    excluded: tuple[tuple[Day, Day], ...] = ()
    quorum: int = Field(default=0, ge=0, le=1000)
    minutes_within_days: int = Field(default=0, ge=0, le=365)


class Duty(Frozen):
    """A duty that comes back during the whole term.

    ``rhythm`` left out means that the text gives no number (« régulièrement »): that is a question, not a date.

    Attributes:
        for_next_period: what is done in one period serves the next (« une revalorisation fait l’objet d’un
            avenant chaque année »), so the last period of the term owes none.
    """

    id: Slug
    kind: DutyKind
    title: Named
    title_en: OneLine
    owed_by: Side
    owed_to: Side
    rhythm: Rhythm | None = None
    responsible: tuple[Slug, ...] = ()
    informed: tuple[Slug, ...] = ()
    meeting: MeetingPreferences | None = None
    before: Slug | None = None
    prepares_renewal: bool = False
    for_next_period: bool = False
    clauses: tuple[OneLine, ...] = Field(min_length=1)

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

    days: int | None = Field(default=None, ge=0, le=3660)
    open_days: int | None = Field(default=None, ge=0, le=3660)
    months: int | None = Field(default=None, ge=0, le=120)
    hours: int | None = Field(default=None, ge=0, le=87_600)

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

    id: Slug
    title: Named
    title_en: OneLine
    kind: DutyKind | Literal["destruction", "incident", "answer", "access-closure", "notification", "suspension"]
    starts_on: Slug
    delay: Delay
    direction: Literal["after", "before"] = "after"
    strictly_more: bool = False
    huitaine: bool = False
    no_number: bool = False
    capped_by_end_duty: Slug | None = None
    owed_by: Side
    owed_to: Side
    responsible: tuple[Slug, ...] = ()
    informed: tuple[Slug, ...] = ()
    tell: tuple[Slug, ...] = ()
    clauses: tuple[OneLine, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_number_means_no_delay(self) -> "EventDuty":
        if self.no_number and self.delay != Delay(days=0):
            raise ValueError(f"« {self.id} » : sans nombre dans le texte, le délai s’écrit days = 0")
        return self


class OneOff(Frozen):
    """Something to do once: on a day, within a window, or on a day still to be asked for.

    ``on`` and ``question`` exclude each other; with ``question`` the item waits for the answer and is then *chosen*.
    """

    id: Slug
    kind: DutyKind
    title: Named
    title_en: OneLine
    owed_by: Side
    owed_to: Side
    on: Day | None = None
    question: Slug | None = None
    responsible: tuple[Slug, ...] = ()
    informed: tuple[Slug, ...] = ()
    clauses: tuple[OneLine, ...] = Field(min_length=1)

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

    id: Slug
    kind: Literal["destruction", "access-closure", "certificate", "statement", "evaluation", "other"]
    title: Named
    title_en: OneLine
    after: Delay
    owed_by: Side
    owed_to: Side
    unless_litigation: bool = False
    each_party: bool = False
    responsible: tuple[Slug, ...] = ()
    informed: tuple[Slug, ...] = ()
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class AnnualWindow(Frozen):
    """Something to sign each year within the month before a due date (Metz: the yearly financial annex)."""

    id: Slug
    title: Named
    title_en: OneLine
    months_before: int = Field(default=1, ge=1, le=12)
    before: Literal["civil-year-end", "annual-due-date"] = "civil-year-end"
    effect: Literal["next-day"] = "next-day"
    owed_by: Side
    owed_to: Side
    responsible: tuple[Slug, ...] = ()
    informed: tuple[Slug, ...] = ()
    clauses: tuple[OneLine, ...] = Field(min_length=1)


class Payment(Frozen):
    """Money due.

    Attributes:
        amount_cents: in euro cents, None when the text does not give it yet.
        due: at the later of several signatures, or on receipt of a statement. What is free of charge owes nothing and
            is not written as a payment.
        documents: the references whose signatures are awaited.
        policy_days: days we allow ourselves after the trigger where the text gives none.
    """

    id: Slug
    title: Named
    title_en: OneLine
    amount_cents: int | None = Field(default=None, ge=0, le=10**13)
    due: Literal["last-of-signatures", "statement"]
    documents: tuple[Reference, ...] = ()
    policy_days: int = Field(default=30, ge=0, le=3660)
    owed_by: Side
    owed_to: Side
    responsible: tuple[Slug, ...] = ()
    informed: tuple[Slug, ...] = ()
    clauses: tuple[OneLine, ...] = Field(min_length=1)
