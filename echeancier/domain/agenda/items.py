"""What the agenda is made of: dated things with their reason, questions, warnings."""

from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from pydantic import ConfigDict, SkipValidation

from echeancier.domain.agenda.end_shown import EndShown, shown_end
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.proof import Proof, sentence
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.model import Frozen, Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.terms.convention import Clause
from echeancier.domain.terms.item_kinds import ITEM_KINDS, ItemKind


class State(StrEnum):
    """Where a dated thing stands; a closed list."""

    NOT_DUE = "not_due"  # its period was over before the convention was operational
    BEST_EFFORT = "best_effort"  # its period was already running when the convention became operational
    WAITING = "waiting"  # its date needs a fact or an answer that is not there yet
    UPCOMING = "upcoming"  # not open yet
    OPEN = "open"  # to be done now
    ARRANGED = "arranged"  # a meeting has its date
    LATE = "late"  # its last day is over and nobody recorded it
    MISSED = "missed"  # a meeting's period is over without it
    DONE = "done"
    CANCELLED = "cancelled"  # the convention ended first, or it was given up
    PAST = "past"  # was over before the convention was registered here: marked, not chased
    RUNNING = "running"  # a delay that others have against us
    ELAPSED = "elapsed"  # that delay is over, prudence included; or what was owed as far as possible is over
    SUSPENDED = "suspended"  # by a litigation or a suspension


TO_DO = frozenset({State.UPCOMING, State.OPEN, State.BEST_EFFORT, State.ARRANGED, State.LATE, State.MISSED})
"""States in which somebody still has to act, now or later."""

SETTLED = frozenset({State.DONE, State.CANCELLED, State.NOT_DUE, State.PAST, State.ELAPSED})
"""States in which nothing is expected of anybody any more."""


class Nature(StrEnum):
    """What a dated thing is to us; a closed list."""

    DUTY = "duty"  # somebody has to do it: chased, and called overdue
    OUR_RIGHT = "our-right"  # we may use it until its day: announced, never called overdue
    RIGHT_OF_OTHERS = "right-of-others"  # a delay that others have against us: shown, never chased
    RUNNING = "running"  # a delay that runs by itself: shown, never chased
    FACT = "fact"  # a day that comes or a state that lasts: announced, never called overdue


class Item(Frozen):
    """A dated thing. It knows what it is: nobody has to read its key.

    Attributes:
        series: what it is one of, stable for life: the id of the duty or the name of the procedure.
        occurrence: which one of its series: a period, the fact that started it, a party, the rule of a notice, the key of
            the thing that is certified or minuted; empty where the series has only one.
        step: which of several of one occurrence, as the steps of a renewal; empty where there is only one.
        nature: what it is to us.
        settled_by: the kind of fact that records its end, None when it passes by itself.
        holds_open: whether the file stays open until it is settled: what an end or an event started.
        event: the id of the recorded fact that started it, empty when none did.
        kind: from the closed list of ``docs/plan-format.md``; what is true of all of it stands in ``traits``.
        opens_on: first day on which it can be done or begins to matter.
        legal_last_day: last day the law or the contract allows, None while unknown.
        safe_day: the day we act by; never after the legal one, never a closed day.
        anchor: without a legal last day: the day of the world that the safe day is counted from.
        legal_last_instant: only for delays in hours, aware.
        effect_range: only where what counts is contested.
        rule: the name of the function that computed the date.
        proof: the steps that give its days.
        responsible: roles that must act; ``informed``: roles told beside them.
        done_on: the day it was done.
        meeting_at: local start of the arranged meeting.
        quota: how many the text wants in each period, in words; ``quota_en`` in English.
        standing: where it stands beyond its dates, in words: who signed already, how many of a quota came.
        tell: roles of the other side that whoever owes it must tell.
        covers: the first and last day of the period it is about, where it is about one.
    """

    # Made by the program alone, by the dozen in each agenda: the type checker holds its fields, nothing is to be stripped.
    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=False)

    series: str
    occurrence: str = ""
    step: str = ""
    nature: Nature = Nature.DUTY
    settled_by: str | None = "done"
    holds_open: bool = False
    event: str = ""
    kind: str
    title: Text
    clause: Clause
    owed_by: str
    owed_to: str
    opens_on: date | None = None
    legal_last_day: date | None = None
    safe_day: date | None = None
    anchor: date | None = None
    legal_last_instant: datetime | None = None
    effect_range: EffectRange | None = None
    rule: str
    proof: SkipValidation[Proof]
    certainty: Certainty
    state: State
    responsible: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    done_on: date | None = None
    meeting_at: datetime | None = None
    quota: str = ""
    quota_en: str = ""
    standing: Text | None = None
    tell: tuple[str, ...] = ()
    covers: tuple[date, date] | None = None

    def saying(self, more: Text) -> "Item":
        """Return it with something more said of where it stands."""
        said = self.standing
        both = more if said is None else Text(fr=f"{said.fr} ; {more.fr}", en=f"{said.en}; {more.en}")
        return self.model_copy(update={"standing": both})

    @cached_property
    def trace(self) -> str:
        """The proof in one French sentence."""
        return sentence(self.proof)

    @property
    def article(self) -> str:
        """Where it is written."""
        return self.clause.article

    @property
    def says(self) -> Text:
        """What is written there, in a few words."""
        return self.clause.meaning

    @cached_property
    def key(self) -> str:
        """What facts and messages refer to it by, stable for life, as in ``steering-committee/2022``."""
        return key_of(self.series, self.occurrence, self.step)

    @property
    def ground(self) -> date | None:
        """What its dates stand on: its legal last day, or without one the day its safe day is counted from.

        Our own policy is no ground: a safe day that it alone moves leaves what was told, or said of it, as it is.
        """
        return self.legal_last_day or self.anchor

    @property
    def traits(self) -> ItemKind:
        """What is true of every thing of its kind."""
        return ITEM_KINDS[self.kind]


class ReadingShown(Frozen):
    """One reading of a question and what it would change."""

    id: str
    says: Text
    changes: Text


class Question(Frozen):
    """A date that cannot be known yet, put to a role.

    Attributes:
        kind: ``blank`` (no date, no timer) or ``contested`` (the prudent date runs meanwhile).
        ask: the role that is asked.
        answer: what is expected: ``reading``, ``date``, ``months`` or ``text``.
        asked_since: the day from which it is put and chased.
    """

    id: str
    about: Text
    kind: str
    readings: tuple[ReadingShown, ...] = ()
    ask: str
    answer: str = "text"
    clause: Clause
    prudent: str | None = None
    answered: str | None = None


class Warning(Frozen):
    """A contradiction or a danger that a person must see.

    Attributes:
        id: stable.
        permanent: shown for as long as the convention lives.
        leaver: the party whose exit, the others going on, it is about; empty for any other.
    """

    id: str
    text: Text
    clause: Clause | None = None
    permanent: bool = False
    leaver: str = ""


class Agenda(Frozen):
    """Everything that is known of a convention's calendar at one instant.

    Attributes:
        ends_on: last day in force; None while it is unknown, or while something may still renew the convention.
        natural_end: last day in force if nobody ends it early, all its renewals included; None without one.
        bound_until: the day until which it binds as things stand; where it does not renew itself, ``ends_on``.
        renews: what happens at the end of a term that renews itself, in one sentence; None for any other term.
    """

    reference: str
    effect_on: date | None
    ends_on: date | None
    natural_end: date | None
    bound_until: date | None = None
    renews: Text | None = None
    operational_from: date | None
    items: tuple[Item, ...]
    questions: tuple[Question, ...]
    warnings: tuple[Warning, ...]

    @property
    def end(self) -> EndShown:
        """The end as it is shown: its day, under which words, and what happens then."""
        return shown_end(self.ends_on, self.bound_until, self.natural_end, self.renews)

    def item(self, key: str) -> Item | None:
        """Return the item of that key, None if there is none."""
        return next((i for i in self.items if i.key == key), None)
