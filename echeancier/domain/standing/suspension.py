"""Suspensions: from which day, by what, until which day, and which duties stop meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from echeancier.domain.dates.delay import exceeds
from echeancier.domain.dates.term_ends import TermEnds
from echeancier.domain.facts import events as e
from echeancier.domain.facts.breach import Resumed
from echeancier.domain.standing.first_day import as_answered
from echeancier.domain.terms.owing import EACH, TOGETHER

if TYPE_CHECKING:
    from echeancier.domain.standing.situation import Situation
    from echeancier.domain.standing.terms_and_facts import TermsAndFacts


@dataclass(frozen=True)
class Pause:
    """One suspension.

    Attributes:
        series: of the item that shows it: the clause, or the procedure of a breach.
        id: of the fact that caused it.
        first: first day suspended; in the future while an absence still runs.
        until: first day in force again, None while nobody recorded it.
        stops: the party whose duties stop, all of them when the whole convention is suspended.
        clauses: where it stands.
        cause: ``absence``, ``departure`` or ``breach``.
        since: the day of the event that caused it.
        ended_by: the id of the fact that ended it, empty while none did.
    """

    series: str
    id: str
    first: date
    until: date | None
    stops: str
    clauses: tuple[str, ...]
    cause: str
    since: date
    ended_by: str = ""

    def covers(self, day: date) -> bool:
        """Whether a day is suspended."""
        return self.first <= day and (self.until is None or day < self.until)

    def stops_duty(self, owed_by: str) -> bool:
        """Whether what that side owes stops; what both owe stops as soon as one of them does."""
        return self.stops in TOGETHER or self.stops == owed_by or owed_by in (*TOGETHER, EACH)


def pauses(s: TermsAndFacts) -> tuple[Pause, ...]:
    """Return every suspension: by an absence, a departure, or a breach whose clause suspends at once."""
    return (*_by_absence(s), *_by_breach(s))


def stopped(s: Situation, owed_by: str, last_day: date) -> bool:
    """Whether a recurring duty whose last day is ``last_day`` is stopped by a suspension that has begun."""
    return any(p.first <= s.today and p.covers(last_day) and p.stops_duty(owed_by) for p in s.pauses)


@dataclass(frozen=True)
class Prolonged:
    """What suspensions do to a last day where the text prolongs it by as much.

    Attributes:
        end: the last day, None while a suspension that has begun still runs.
        at_least: the last day if it resumed tomorrow.
        counted: the first and the last day of each stretch given back; no last day while it runs.
        ends: the ends of the term, those of a term that renews itself moved with the period that was suspended.
    """

    end: date | None
    at_least: date
    counted: tuple[tuple[date, date | None], ...]
    ends: TermEnds


def prolonged(s: Situation, ends: TermEnds, signed: date | None, before: date = date.max) -> Prolonged:
    """Give back to a term each day it was suspended, both ends counted, where the text says so (« prolongée d’autant »).

    Only the suspensions of its own clause count, those that began before the end; one to come changes nothing yet. A day
    suspended twice is given back once, one before the effect never.

    Args:
        s: the situation.
        ends: the ends agreed; of a term that renews itself, the period in which it was suspended is the one prolonged.
        signed: the day on which an amendment gave it, with the days suspended until then in mind; None for the first term.
        before: only the suspensions that began before that day.
    """
    rule = s.convention.suspension
    if rule is None or not rule.extends:
        return Prolonged(ends.last, ends.last, (), ends)
    one = timedelta(days=1)
    counted: list[tuple[date, date | None]] = []
    next_day = max(day for day in (date.min, s.effect_on, signed and signed + one) if day is not None)
    for pause in sorted(_by_absence(s), key=attrgetter("first")):
        if pause.first > s.today or pause.first >= before:
            continue
        ends = ends.until(pause.first)
        end = ends.last
        if pause.first > end:
            continue
        first = max(pause.first, next_day)
        if pause.until is None:
            counted.append((first, None))
            return Prolonged(None, end + max(s.today - first + one, timedelta(0)), tuple(counted), ends)
        if first < pause.until:
            counted.append((first, pause.until - one))
            ends = ends.moved(end + (pause.until - first))
            next_day = pause.until
    return Prolonged(ends.last, ends.last, tuple(counted), ends)


def _by_absence(s: TermsAndFacts) -> tuple[Pause, ...]:
    rule = s.convention.suspension
    if rule is None:
        return ()
    found: list[Pause] = []
    causes = [(fact_id, fact, "absence") for fact_id, fact in s.of_event(e.AGENT_ABSENT) if rule.absence is not None]
    causes += [(fact_id, fact, "departure") for fact_id, fact in s.of_event(e.AGENT_LEFT) if rule.on_departure]
    for fact_id, fact, cause in sorted(causes, key=lambda known: known[1].on):
        first = fact.on
        if cause == "absence" and rule.absence is not None:
            first = exceeds(fact.on, as_answered(s, rule.id, rule.absence), s.calendar).safe
        back = [x.on for _, x in s.of_event(e.AGENT_BACK) if fact.on < x.on <= first]
        if cause == "absence" and back:
            continue  # back in time: nothing was suspended
        until, ended_by = min(((x.on, n) for n, x in s.of(Resumed) if x.on >= first), default=(None, ""))
        if any(known.covers(first) for known in found):
            continue  # already suspended by the one before
        found.append(
            Pause(rule.id, fact_id, first, until, s.convention.together, rule.clauses, cause, fact.on, ended_by)
        )
    return tuple(found)


def _by_breach(s: TermsAndFacts) -> tuple[Pause, ...]:
    found: list[Pause] = []
    for case in s.breach_cases:
        step, fact = case.defined("suspend"), case.fact("suspend", "formal-notice")
        if step is None or fact is None:
            continue
        closed = case.closed
        until = closed.on if closed is not None and closed.outcome != "maintained" else None
        ended_by = case.closed_by if until is not None else ""
        found.append(
            Pause(case.breach.id, case.id, fact.on, until, step.who, step.clauses, "breach", fact.on, ended_by)
        )
    return tuple(found)
