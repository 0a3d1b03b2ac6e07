"""Players of a rehearsal: given what is known, what does somebody do next, and when?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from typing import Final, Literal, Protocol

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Item, Nature, Question, State
from echeancier.domain.agenda.meetings import arrangement, proposal
from echeancier.domain.agenda.renewal import ACT, Way, way
from echeancier.domain.agenda.renewal import SERIES as RENEWAL
from echeancier.domain.agenda.tacit import SERIES as DENIAL
from echeancier.domain.agenda.tacit import turning_days
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.words import figures
from echeancier.domain.facts.catalogue import Fact, settles_by
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import RenewalDecided
from echeancier.domain.facts.kinds import FACT
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled, MeetingHeld
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.renewals import PERIOD, period_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.duties import Rhythm
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy


@dataclass(frozen=True)
class Move:
    """Somebody records a fact at an instant (aware, in the calendar's time).

    ``name`` tells the lines of a script apart; it becomes the request under which the fact is recorded.
    """

    at: datetime
    fact: Fact
    by: str
    name: str = ""


class Player(Protocol):
    """Says what happens next."""

    def next(self, records: tuple[Recorded, ...], now: datetime) -> Move | None:
        """Return the next thing somebody does after ``now``, None when nobody does anything more."""
        ...

    def without(self, move: Move) -> "Player":
        """Return the player that gives up a move the door refused."""
        ...

    def left(self, records: tuple[Recorded, ...]) -> tuple[str, ...]:
        """Return the names of the lines that were not played."""
        ...


class Lines(Player, Protocol):
    """A player whose lines are written beforehand."""

    @property
    def subjects(self) -> frozenset[tuple[str, str]]:
        """What its lines are about."""
        ...

    def without(self, move: Move) -> "Lines":
        """Return the same without one line."""
        ...


@dataclass(frozen=True)
class Script:
    """Plays the facts of a file, each when it is told, and nothing else: nobody answers."""

    moves: tuple[Move, ...]

    @cached_property
    def subjects(self) -> frozenset[tuple[str, str]]:
        """What the facts are about."""
        return frozenset(subject_of(move.fact) for move in self.moves)

    def next(self, records: tuple[Recorded, ...], now: datetime) -> Move | None:  # noqa: ARG002 - whatever the day
        """Return the first line of the script that was not played yet."""
        played = {r.request for r in records}
        return next((move for move in self.moves if move.name not in played), None)

    def without(self, move: Move) -> "Script":
        """Return the script without one of its lines."""
        return Script(tuple(m for m in self.moves if m.name != move.name))

    def left(self, records: tuple[Recorded, ...]) -> tuple[str, ...]:
        """Return the lines that were not played."""
        played = {r.request for r in records}
        return tuple(move.name for move in self.moves if move.name not in played)


def script_of(records: tuple[Recorded, ...]) -> Script:
    """Return the script that records these facts again, each at the instant it was recorded."""
    ordered = sorted(records, key=lambda r: r.recorded_at)
    return Script(tuple(Move(r.recorded_at, r.fact, r.recorded_by, f"script-{n}") for n, r in enumerate(ordered)))


MONTHS_WITHOUT_END = 12
"""How long a convention whose end nobody knows is lived: it would otherwise never be over."""

MONTHS_UNLIMITED = 24
"""How long a convention without a last day is lived: what comes back each year comes twice."""


_TURNS = 24
"""As many times a term renews itself, with nothing to do meanwhile, before nobody looks further."""


AFTERMATH_MONTHS: Final = 3
"""How long a convention that nobody answers is watched after its last dated thing."""


def horizon_of(convention: Convention, records: tuple[Recorded, ...], now: datetime) -> datetime:
    """Return when nothing more is expected: months after the last dated thing or fact, or where an end is given up.

    Args:
        convention: its terms.
        records: what is known.
        now: aware instant; the answer is at its hour.
    """
    s = situation(convention, records, now)
    if (stops := lived_until(s)) is not None:
        return datetime.combine(max(stops, now.date()), now.timetz())
    days = [day for item in agenda_of(s).items for day in (item.legal_last_day, item.safe_day) if day is not None]
    days += [record.recorded_at.date() for record in records]
    return datetime.combine(add_months(max(days, default=now.date()), AFTERMATH_MONTHS), now.timetz())


def lived_until(s: Situation) -> date | None:
    """Return the day on which the rehearsal of a convention stops for want of an end; None when it has one to come to.

    A term that renews itself without end is lived until it has renewed itself once, and a new period is over.
    """
    if s.ends_on is not None or (s.renews_itself and s.natural_end is not None):
        return None
    ends = tuple(islice(s.period_ends, 2)) if s.renews_itself and s.period_ends is not None else ()
    if len(ends) > 1:
        return ends[-1]
    months = MONTHS_UNLIMITED if s.convention.term.unlimited else MONTHS_WITHOUT_END
    return add_months(s.operational_from or s.today, months)


def stops_because(s: Situation) -> Text | None:
    """Return, in a sentence, why a rehearsal stops before any end: none is to come; None where one is, or is only unknown."""
    if (day := lived_until(s)) is None:
        return None
    stops = Text(fr=f"la répétition s’arrête le {figures(day)}", en=f"the rehearsal stops on {day}")
    if s.convention.term.unlimited:
        return Text(
            fr=f"Cette convention n’a pas de dernier jour : {stops.fr}.",
            en=f"This convention has no last day: {stops.en}.",
        )
    if s.renews_itself and period_of(s) is not None:
        return Text(
            fr=f"Cette convention se reconduit sans limite : {stops.fr}.",
            en=f"This convention renews itself without limit: {stops.en}.",
        )
    return None


@dataclass(frozen=True)
class Diligent:
    """Plays the script first; then everybody does what is owed in good time, and answers what is asked.

    A contested clause gets its prudent reading and a missing rhythm is chosen, as a coordinator may; a day that the
    paper leaves blank is nobody's to choose here: unless the script gives it, its question stays open and is chased.
    The second meeting of a series is moved once, the fourth cancelled and fixed anew, as life does.

    Attributes:
        left_undone: keys of the items and questions that nobody does anything about.
    """

    convention: Convention
    script: Lines
    policy: Policy = DEFAULT_POLICY
    left_undone: frozenset[str] = frozenset()

    def next(self, records: tuple[Recorded, ...], now: datetime) -> Move | None:
        """Return the earliest thing to come, be it of the script or of a diligent person."""
        scripted = self.script.next(records, now)
        s = situation(self.convention, records, now, policy=self.policy)
        both = [m for m in (scripted, self._own(s)) if m is not None]
        return min(both, key=lambda m: m.at, default=None)

    def _own(self, s: Situation) -> Move | None:
        """The earliest thing a diligent person does of what is planned now, and of what the days to come plan by themselves."""
        stops, found = lived_until(s), None
        for _ in range(_TURNS):
            moves = [m for m in self._moves(s) if stops is None or m.at.date() <= stops]
            unwritten = (m for m in moves if subject_of(m.fact) not in self.script.subjects)
            found = min((m for m in (found, *unwritten) if m is not None), key=lambda m: m.at, default=None)
            turn = min((day for day in turning_days(s) if day > s.today), default=None)
            over = turn is None or (stops is not None and turn > stops)
            if turn is None or over or (found is not None and found.at.date() <= turn):
                break
            s = situation(s.convention, s.records, _at(s, turn, 9), policy=self.policy)
        return found

    def without(self, move: Move) -> "Diligent":
        """Return the player whose script lacks one line, or who lets be what the door does not take from him."""
        if not move.name:
            return replace(self, left_undone=self.left_undone | {subject_of(move.fact)[1]})
        return replace(self, script=self.script.without(move))

    def left(self, records: tuple[Recorded, ...]) -> tuple[str, ...]:
        """Return the lines of the script that were not played."""
        return self.script.left(records)

    def _moves(self, s: Situation) -> Iterator[Move]:
        agenda = agenda_of(s)
        for item in agenda.items:
            if item.key in self.left_undone:
                continue
            if item.traits.is_meeting:
                yield from _meeting(s, item)
            elif item.safe_day is not None and _is_played(item) and item.state in _TO_PLAY:
                yield _do(s, item, item.safe_day)
        if s.operational_from is not None:
            for q in agenda.questions:
                if q.answered is None and q.answer not in ("date", "amount") and q.id not in self.left_undone:
                    yield _answer(s, q)


def subject_of(fact: Fact) -> tuple[str, str]:
    """Return what a fact is about: where the script speaks of it, the player keeps silent."""
    return fact.kind, str(getattr(fact, "item", "") or getattr(fact, "question", ""))


def _is_played(item: Item) -> bool:
    renews_it = item.series == RENEWAL and item.step == ACT  # a convention that people renew each time would never end
    return item.nature is Nature.DUTY and item.traits.is_rehearsed and not renews_it


_DECIDED: dict[Way, Literal["renew", "amend", "new-convention"]] = {
    "new-convention": "new-convention", "replaced": "new-convention", "amendment": "amend",
    "by-one": "renew", "with-parent": "renew", "none": "new-convention",
}  # fmt: skip
"""What diligent people decide: what the text leaves open."""
_TO_PLAY = frozenset({State.UPCOMING, State.OPEN, State.BEST_EFFORT})


def _at(s: Situation, day: date, hour: int) -> datetime:
    """Return an hour of the first day we work from ``day`` on, not before now."""
    wanted = datetime.combine(s.calendar.next_workable(day), time(hour), tzinfo=s.zone)
    if wanted > s.now:
        return wanted
    return datetime.combine(s.calendar.next_workable(s.today + timedelta(days=1)), time(hour), tzinfo=s.zone)


def _next_of_that_day(s: Situation, day: date, hour: int) -> datetime:
    """The same, or a minute from now where that hour of today is over: several things of one day are done one after the other."""
    now = s.now.astimezone(s.zone)
    if s.calendar.next_workable(day) == s.today and hour <= now.hour < _LEAVES_AT:
        return now + timedelta(minutes=1)
    return _at(s, day, hour)


_LEAVES_AT = 17
"""The hour after which nobody does anything more that day."""


def _do(s: Situation, item: Item, safe: date) -> Move:
    """Two working days ahead of the safe day: after the reminder, before the last call."""
    early = s.calendar.prev_workable(safe - timedelta(days=4))
    day = max(d for d in (early, item.opens_on) if d is not None)
    when = _next_of_that_day(s, day, 11)
    if item.settled_by == "renewal-decided":
        decision = "renew" if item.series == DENIAL else _DECIDED[way(s)]
        return Move(when, RenewalDecided(on=when.date(), decision=decision), s.convention.coordinator)
    if (field := settles_by(item.settled_by, item.occurrence)) is not None:
        named = {field: item.occurrence} if field else {}
        fact = FACT.validate_python({"kind": item.settled_by, "on": when.date(), **named})
        return Move(when, fact, s.convention.coordinator)
    at = when if item.legal_last_instant is not None else None
    return Move(when, DutyDone(item=item.key, on=when.date(), at=at), s.convention.coordinator)


def _meeting(s: Situation, item: Item) -> Iterator[Move]:
    by = s.convention.coordinator
    if item.state not in (*_TO_PLAY, State.ARRANGED, State.LATE, State.MISSED) or item.safe_day is None:
        return
    fixed = arrangement(s, item.key)
    known = [r.fact for r in s.records if getattr(r.fact, "item", None) == item.key]
    if fixed is None:
        yield from _arrange(s, item, known)
        return
    start = fixed.starts_at
    ordinal = _ordinal(s, item)
    moved = sum(isinstance(x, MeetingArranged) for x in known)
    cancelled = any(isinstance(x, MeetingCancelled) for x in known)
    before = _at(s, start.date() - timedelta(days=9), 15)
    if start > s.now and before < start:
        if ordinal == 2 and moved == 1 and (later := _later(s, item, start)) is not None:
            yield Move(before, MeetingArranged(item=item.key, starts_at=later.replace(tzinfo=None)), by)
            return
        if ordinal == 4 and moved == 1 and not cancelled and _later(s, item, start) is not None:
            yield Move(before, MeetingCancelled(item=item.key, on=before.date(), reason="salle indisponible"), by)
            return
    held = _at(s, start.date() + timedelta(days=1), 9)
    yield Move(max(held, _at(s, start.date(), 17)), MeetingHeld(item=item.key, on=start.date()), by)


def _arrange(s: Situation, item: Item, known: list[Fact]) -> Iterator[Move]:
    leads = s.policy.leads_for(item.kind)
    assert item.safe_day is not None  # noqa: S101 - the caller looked
    told = s.calendar.prev_workable(item.safe_day - timedelta(days=leads.notice))
    when = _at(s, max(told + timedelta(days=1), item.opens_on or told), 11)
    then = situation(s.convention, s.records, when, policy=s.policy)
    day = proposal(then, item)
    if day is None:
        return
    at = next((d.meeting.at for d in s.convention.duty if d.id == item.series and d.meeting), time(10))
    if any(isinstance(x, MeetingCancelled) for x in known):
        when = _at(s, s.today, 16)
    yield Move(when, MeetingArranged(item=item.key, starts_at=datetime.combine(day, at)), s.convention.coordinator)


def _later(s: Situation, item: Item, start: datetime) -> datetime | None:
    """The same weekday a week later, if it is open and still within the period."""
    day = start.date() + timedelta(days=7)
    if item.safe_day is None or day > item.safe_day or not s.calendar.is_workable(day):
        return None
    return datetime.combine(day, start.timetz())


def _ordinal(s: Situation, item: Item) -> int:
    """How many meetings of the same series were fixed up to this one."""
    keys = dict.fromkeys(
        r.fact.item for r in s.records if isinstance(r.fact, MeetingArranged) and series_of(r.fact.item) == item.series
    )
    return list(keys).index(item.key) + 1 if item.key in keys else 0


def _answer(s: Situation, question: Question) -> Move:
    start = s.operational_from or s.today
    when = _at(s, start + timedelta(days=14), 14)
    answer = QuestionAnswered(question=question.id, on=when.date())
    if question.answer == "reading":
        reading = question.prudent or (question.readings[0].id if question.readings else None)
        answer = answer.model_copy(update={"reading": reading})
    elif question.answer == "months":
        months = _months_of_first_term(s) if question.id == PERIOD else None
        answer = answer.model_copy(update={"months": months or Rhythm(every_months=6).every_months})
    else:
        answer = answer.model_copy(update={"text": "vérifié par le service"})
    return Move(when, answer, s.convention.coordinator)


def _months_of_first_term(s: Situation) -> int | None:
    """How long the first term is, to the nearest month, one at least: what an unsaid renewal most often is; None if unknown."""
    if s.first_length is not None and s.first_length.months is not None:
        return s.first_length.months
    if s.effect_on is None or s.first_end is None:
        return None
    days = (s.first_end - s.effect_on).days + 1
    return max(1, round(days * 12 / 365.25))
