"""When mail may leave: on days we work, in office hours, local time; at night or on a holiday it waits until a morning."""

from datetime import date, datetime, timedelta

from echeancier.domain.standing.situation import Situation


def morning(s: Situation, day: date) -> datetime:
    """Return the instant mail leaves on ``day`` (aware, local zone)."""
    return datetime.combine(day, s.policy.send_from, tzinfo=s.zone)


def is_open(s: Situation, instant: datetime) -> bool:
    """Whether mail may leave at ``instant``."""
    local = instant.astimezone(s.zone)
    return s.calendar.is_workable(local.date()) and s.policy.send_from <= local.time() < s.policy.send_until


def next_slot(s: Situation, instant: datetime) -> datetime:
    """Return ``instant`` if mail may leave then, else the next morning on which it may."""
    if is_open(s, instant):
        return instant
    local = instant.astimezone(s.zone)
    day = local.date()
    if not (s.calendar.is_workable(day) and local.time() < s.policy.send_from):
        day = s.calendar.next_workable(day + timedelta(days=1))
    return morning(s, day)


def next_morning(s: Situation, instant: datetime) -> datetime:
    """Return the next morning, strictly after the day of ``instant``, on which mail may leave."""
    return morning(s, s.calendar.next_workable(instant.astimezone(s.zone).date() + timedelta(days=1)))
