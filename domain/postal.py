"""How long a registered letter may take, and therefore when to post it.

Three readings of what makes a notice effective exist: posting (CPC art. 668, sender's side; Civ. 3e,
16 March 2023, n° 21-22.240), first presentation, receipt. The days allowed for each are cautious
policy: about 3 working days of transit, 15 calendar days at the post office (arrêté of 7 February
2007), then 5 working days to have the letter served by a commissaire de justice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.delays import add_months, latest_trigger
from domain.working_days import Calendar

TRANSIT_OPEN_DAYS: Final = 3
COUNTER_DAYS: Final = 15
SERVICE_OPEN_DAYS: Final = 5


@dataclass(frozen=True)
class PostingPlan:
    """The last days to post a notice, by what is held to count; always p2 <= p1 <= p0 <= lim.

    Attributes:
        p0: posting counts.
        p1: first presentation counts.
        p2: receipt counts, with time to have an unclaimed letter served before the limit.
        lim: plain subtraction of the notice from the last day in force.
        latest_trigger: legal maximum, at or after `lim` (month-end bonus, never used).
    """

    p0: date
    p1: date
    p2: date
    lim: date
    latest_trigger: date


def presentation_day(posted: date, calendar: Calendar) -> date:
    """The day a letter posted that day is normally presented for the first time."""
    return calendar.add_open(posted, TRANSIT_OPEN_DAYS)


def last_collection_day(presented: date) -> date:
    """The last day an absent addressee may still collect the letter from the post office."""
    return presented + timedelta(days=COUNTER_DAYS)


def served_day(posted: date, calendar: Calendar) -> date:
    """The day by which even a letter never collected has been served, for one posted that day."""
    unclaimed = last_collection_day(presentation_day(posted, calendar))
    return calendar.add_open(unclaimed, SERVICE_OPEN_DAYS)


def posting_plan(end: date, n: int, calendar: Calendar) -> PostingPlan:
    """When to post a notice of n months so that `end` is the last day in force, under each reading.

    The days are those we can work (local closures excluded); transit is counted in open days.
    """
    lim = add_months(end, -n)

    def latest_post(arrives: Callable[[date, Calendar], date]) -> date:
        posted = calendar.prev_workable(lim)
        while arrives(posted, calendar) > lim:
            posted = calendar.prev_workable(posted - timedelta(days=1))
        return posted

    return PostingPlan(
        p0=calendar.prev_workable(lim),
        p1=latest_post(presentation_day),
        p2=latest_post(served_day),
        lim=lim,
        latest_trigger=latest_trigger(end, n),
    )
