"""The five times a deadline is spoken of, and who hears it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.items import Item, State
from domain.policy import STAGES, Stage
from domain.procedures.meeting import MEETINGS, arrangement
from domain.sending_hours import morning
from domain.situation import Situation

CHASED = frozenset({State.UPCOMING, State.OPEN, State.BEST_EFFORT, State.ARRANGED, State.LATE, State.MISSED})

_NEVER = frozenset({"recourse", "termination"})
"""Delays that others have, or that are already running: shown, never chased."""

_RIGHTS = frozenset({"notice", "end"})
"""A right or a plain fact: announced before, never called overdue."""


@dataclass(frozen=True)
class Due:
    """One stage of one item, and the instant from which it is due."""

    stage: Stage
    at: datetime

    @property
    def rank(self) -> int:
        """Order among the five."""
        return STAGES.index(self.stage)


def stages(s: Situation, item: Item) -> tuple[Due, ...]:
    """Return the stages of an item with their instants, in order; empty for what is not chased."""
    if item.kind in _NEVER or item.state not in CHASED or item.safe_day is None:
        return ()
    if item.meeting_at is not None and item.state is State.ARRANGED:
        return _after_the_meeting(s, item)
    return (*_before(s, item, item.safe_day), *_after(s, item))


def due_stage(s: Situation, item: Item) -> Due | None:
    """Return the latest stage already due: after an outage the former ones are skipped, never sent in a burst."""
    return next((due for due in reversed(stages(s, item)) if due.at <= s.now), None)


def _before(s: Situation, item: Item, safe: date) -> tuple[Due, ...]:
    leads = s.policy.leads_for(item.kind)
    first = _first_day(s, item)
    found: list[Due] = []
    for stage, lead in (("notice", leads.notice), ("reminder", leads.reminder), ("last-call", leads.last_call)):
        day = s.calendar.prev_workable(safe - timedelta(days=lead))
        if day < first:
            if stage != "notice":
                continue  # too short a delay for that many calls
            day = first
        if found and day <= found[-1].at.date():
            continue
        found.append(Due(stage, morning(s, day)))  # type: ignore[arg-type]
    return tuple(found)


def _first_day(s: Situation, item: Item) -> date:
    """Nobody hears of a duty before the convention is operational, nor of a delay before what starts it."""
    early = item.kind in ("act", "signature")
    days = [d for d in (s.operational_from if not early else None,) if d is not None]
    if item.opens_on is not None and (item.kind in ("incident", "answer", "destruction", "act", "signature") or "/f" in item.key):
        days.append(item.opens_on)
    return s.calendar.next_workable(max(days)) if days else date.min


def _after(s: Situation, item: Item) -> tuple[Due, ...]:
    """Overdue the first working day after the last day; a few working days later the manager hears of it.

    What was only owed as far as possible is spoken of before its day and never after.
    """
    if item.kind in _RIGHTS or item.state is State.BEST_EFFORT:
        return ()
    last = item.legal_last_day or item.safe_day
    assert last is not None  # noqa: S101 - the caller looked at the safe day
    overdue = s.calendar.next_workable(last + timedelta(days=1))
    return (
        Due("overdue", morning(s, overdue)),
        Due("escalation", morning(s, s.calendar.add_open(overdue, s.policy.escalate_after))),
    )


def _after_the_meeting(s: Situation, item: Item) -> tuple[Due, ...]:
    """An arranged meeting is asked about the working day after it: held or not?"""
    fixed = arrangement(s, item.key)
    if fixed is None:
        return ()
    asked = s.calendar.next_workable(fixed.starts_at.date() + timedelta(days=1))
    return (
        Due("overdue", morning(s, asked)),
        Due("escalation", morning(s, s.calendar.add_open(asked, 2 * s.policy.escalate_after))),
    )


def audience(s: Situation, item: Item, stage: Stage) -> tuple[str, ...]:
    """Return the roles that hear a stage: who must act, then who is told beside them."""
    convention = s.convention
    if item.meeting_at is not None and stage in ("overdue", "escalation"):
        roles: tuple[str, ...] = (convention.coordinator,)  # only our side can say whether it took place
    elif item.kind in MEETINGS and stage != "escalation":
        roles = (convention.coordinator,)  # the date is ours to propose; guests hear by the invitation
    elif stage == "reminder":
        roles = item.responsible
    else:
        roles = (*item.responsible, *item.informed)
    if stage == "escalation":
        roles = (convention.manager, *roles)
    return tuple(dict.fromkeys(roles)) or (convention.coordinator,)
