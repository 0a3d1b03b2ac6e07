"""The times a deadline is spoken of: five where much is at stake, one call and one word once it is over elsewhere."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import NamedTuple

from echeancier.domain.agenda.items import Item, Nature, State
from echeancier.domain.agenda.meetings import arrangement
from echeancier.domain.attention.stake import is_hard
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.when_mail_may_leave import morning
from echeancier.domain.terms.policy import AFTER_A_MEETING, RANKS, STAGES, Asking, Stage

CHASED = frozenset({State.UPCOMING, State.OPEN, State.BEST_EFFORT, State.ARRANGED, State.LATE, State.MISSED})

_NEVER = (Nature.RIGHT_OF_OTHERS, Nature.RUNNING)
"""Delays that others have, or that are already running: shown, never chased."""

ANNOUNCED = (Nature.OUR_RIGHT, Nature.FACT)
"""A right or a plain fact: announced before, never called overdue."""

_HOURS_LEFT = 12
"""Hours before the end of a delay in hours at which it is spoken of again."""


class Due(NamedTuple):
    """One stage of one item, or one question about a meeting, and the instant from which it is due."""

    stage: Stage | Asking
    at: datetime

    @property
    def rank(self) -> int:
        """Order among the five, or among the two questions about a meeting."""
        return RANKS[self.stage]

    @property
    def calls(self) -> tuple[str, ...]:
        """The stages it is one of, in their order."""
        return AFTER_A_MEETING if self.stage in AFTER_A_MEETING else STAGES


def stages(s: Situation, item: Item) -> Iterator[Due]:
    """Return the stages of an item with their instants, in order; none for what is not chased.

    Each part is computed when it is asked for: of what is far away, that is the first alone.
    """
    safe = item.safe_day
    if item.nature in _NEVER or safe is None or (item.kind == "end" and s.end_is_conditional):
        return iter(())
    if item.meeting_at is not None and (item.state in CHASED or item.state is State.ELAPSED):
        return iter(_after_the_meeting(s, item))
    if item.state not in CHASED:
        return iter(())
    if item.legal_last_instant is not None:
        return iter(_in_hours(s, item, item.legal_last_instant))
    if not is_hard(s, item):
        return chain.from_iterable(map(lambda part: part(s, item, safe), (_one_call, _after)))  # noqa: C417
    # No generator: seventy left half-way, each closed by an exception, would cost more than all the days.
    return chain.from_iterable(map(lambda part: part(s, item, safe), (_notice, _calls, _after)))  # noqa: C417


def due_stage(s: Situation, item: Item) -> Due | None:
    """Return the latest stage already due: after an outage the former ones are skipped, never sent in a burst."""
    return stages_around_now(s, item)[0]


def stages_around_now(s: Situation, item: Item) -> tuple[Due | None, Due | None]:
    """Return the latest stage already due, and the earliest still to come."""
    return s.computed_once("stages", item.key, item, lambda: _last_and_next(s, item))


def _last_and_next(s: Situation, item: Item) -> tuple[Due | None, Due | None]:
    last = coming = None
    for due in stages(s, item):
        if due.at <= s.now:
            last = due
            continue
        if coming is None or due.at < coming.at:
            coming = due
        if item.safe_day is not None and due.at.date() <= item.safe_day:
            break  # the others are later; what begins after its day is overdue before it is announced
    return last, coming


def _notice(s: Situation, item: Item, safe: date) -> tuple[Due, ...]:
    return (Due("notice", morning(s, _notice_day(s, item, safe))),)


def _notice_day(s: Situation, item: Item, safe: date) -> date:
    day = s.calendar.prev_workable(safe - timedelta(days=s.policy.leads_for(item.kind).notice))
    return max(day, _first_day(s, item))


def _calls(s: Situation, item: Item, safe: date) -> tuple[Due, ...]:
    """A reminder and a last call, each on a day of its own; too short a delay has no room for that many."""
    if _may_be_used_any_day(item):
        return ()
    latest, found = _notice_day(s, item, safe), []
    for stage, lead in s.policy.leads_for(item.kind).calls:
        day = s.calendar.prev_workable(safe - timedelta(days=lead))
        if day > latest:
            latest = day
            found.append(Due(stage, morning(s, day)))
    return tuple(found)


def _one_call(s: Situation, item: Item, safe: date) -> tuple[Due, ...]:
    """The one call of what is soft, at a useful time; before it, it is only to be foreseen."""
    notice = _notice_day(s, item, safe)
    day = max(s.calendar.prev_workable(safe - timedelta(days=s.policy.leads_for(item.kind).reminder)), notice)
    foreseen = (Due("notice", morning(s, notice)),) if notice < day else ()
    return (*foreseen, Due("reminder", morning(s, day)))


def _may_be_used_any_day(item: Item) -> bool:
    """A right to leave at any time ends with the term: its very last useful day is worth saying once, not chasing.

    The right to leave at a yearly due date is lost for a whole year (its step is the year): it is called in full.
    """
    return item.nature is Nature.OUR_RIGHT and not item.step


def _in_hours(s: Situation, item: Item, limit: datetime) -> tuple[Due, ...]:
    """A delay in real hours is spoken of at once, before its end and at its end, whatever the hour: it does not sleep."""
    start = datetime.combine(item.opens_on or limit.date(), time.min, tzinfo=s.zone)
    after = s.calendar.next_workable(limit.astimezone(s.zone).date() + timedelta(days=1))
    return (
        Due("notice", start),
        Due("last-call", max(start, limit - timedelta(hours=_HOURS_LEFT))),
        Due("overdue", limit),
        Due("escalation", max(limit, morning(s, after))),
    )


def _first_day(s: Situation, item: Item) -> date:
    """Nobody hears of a duty before the convention is operational, nor of a delay before what starts it."""
    traits, opens = item.traits, item.opens_on
    first = None if traits.precedes_duties else s.operational_from
    if opens is not None and (traits.starts_when_open or item.event):
        first = opens if first is None else max(first, opens)
    return date.min if first is None else s.calendar.next_workable(first)


def _after(s: Situation, item: Item, safe: date) -> tuple[Due, ...]:
    """Overdue the first working day after the last day; a few working days later the manager hears of it.

    What is soft never goes up to the manager. What was only owed as far as possible is spoken of before its day and never after.
    """
    if item.nature in ANNOUNCED or item.state is State.BEST_EFFORT:
        return ()
    last_day, start = item.legal_last_day or safe, s.operational_from
    if start is not None and not item.traits.precedes_duties:
        last_day = max(last_day, start)  # money due before a late signature is owed from then on
    overdue = s.calendar.next_workable(last_day + timedelta(days=1))
    called = (Due("overdue", morning(s, overdue)),)
    if not is_hard(s, item):
        return called
    return (*called, Due("escalation", morning(s, s.calendar.add_open(overdue, s.policy.escalate_after))))


def called_in_vain(s: Situation, item: Item) -> bool:
    """Whether it was called overdue, and the days are over after which what is hard goes up to the manager."""
    day = in_vain_from(s, item)
    return day is not None and s.today >= day


def in_vain_from(s: Situation, item: Item) -> date | None:
    """Return the day from which what was called overdue counts as called in vain, None while it is not overdue."""
    due = due_stage(s, item)
    if due is None or due.stage not in ("overdue", "escalation"):
        return None
    day = due.at.date()
    return s.calendar.add_open(day, s.policy.escalate_after) if due.stage == "overdue" else day


def _after_the_meeting(s: Situation, item: Item) -> tuple[Due, ...]:
    """An arranged meeting is asked about a little after its day: was it held? Nobody calls it late meanwhile."""
    fixed = arrangement(s, item.key)
    if fixed is None:
        return ()
    asked = _working_days_after(s, fixed.starts_at.date(), s.policy.held_asked_after)
    again = _working_days_after(s, asked, s.policy.held_again_after)
    return (Due("held", morning(s, asked)), Due("held-again", morning(s, again)))


def _working_days_after(s: Situation, day: date, count: int) -> date:
    """The n-th day after ``day`` on which we work."""
    for _ in range(count):
        day = s.calendar.next_workable(day + timedelta(days=1))
    return day
