"""What every procedure yields, how the state of a dated thing is judged, and a clause's delay turned into a last day."""

from collections.abc import Iterator
from datetime import date, timedelta

from echeancier.domain.agenda.items import Item, Question, State, Warning
from echeancier.domain.dates.delays import add_months
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import Delay

Found = Iterator[Item | Question | Warning]
"""What a procedure has to say of a convention at an instant."""


def state_of(
    s: Situation, *, opens_on: date | None, last_day: date | None, done_on: date | None, missed: bool = False
) -> State:
    """Judge a dated thing: done, waiting for a date, not open yet, open, or over without having been recorded.

    What was over before the convention was registered here is *past*: marked, never chased.

    Args:
        s: the situation.
        opens_on: first day on which it can be done.
        last_day: the last day allowed (the safe one where the law gives none).
        done_on: the day it was done.
        missed: what is over is *missed* (a meeting) rather than *late* (something that can still be done).
    """
    if done_on is not None:
        return State.DONE
    if last_day is None:
        return State.WAITING
    if s.today > last_day:
        if s.registered_on is not None and last_day < s.registered_on:
            return State.PAST
        return State.MISSED if missed else State.LATE
    if opens_on is not None and s.today < opens_on:
        return State.UPCOMING
    return State.OPEN


def opening(safe_day: date, days: int) -> date:
    """Return the day a thing begins to matter: ``days`` calendar days before its safe day."""
    return safe_day - timedelta(days=days)


def side_name(s: Situation, side: str, language: str = "fr") -> str:
    """Return the institution behind a side, on the day of the situation."""
    return s.computed_once("side", (side, language), s.convention, lambda: _side_name(s, side, language))


def _side_name(s: Situation, side: str, language: str) -> str:
    if side == "both":
        return (" and " if language == "en" else " et ").join(p.name_on(s.today) for p in s.convention.parties.values())
    return s.convention.parties[side].name_on(s.today)


def roles_of(s: Situation, side: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles that must act: those named, else the first contact of each side that owes it."""
    if named:
        return named
    sides = tuple(s.convention.parties) if side == "both" else (side,)
    found: list[str] = []
    for key in sides:
        if key == s.convention.us:
            found.append(s.convention.coordinator)
        else:
            found += [name for name, role in s.convention.roles.items() if role.party == key][:1]
    return tuple(found)


def last_day_after(s: Situation, start: date, delay: Delay) -> date:
    """Return the last day of ``delay`` from ``start``; a delay in hours gives the day on which it runs out at the latest."""
    if delay.months is not None:
        return add_months(start, delay.months)
    if delay.open_days is not None:
        return s.calendar.add_open(start, delay.open_days)
    if delay.hours is not None:
        return start + timedelta(days=-(-delay.hours // 24))
    return start + timedelta(days=delay.days or 0)


def in_words(delay: Delay) -> str:
    """Return the delay as a French reader writes it."""
    if delay.months is not None:
        return f"{delay.months} mois"
    if delay.open_days is not None:
        return f"{delay.open_days} jours ouvrés"
    if delay.hours is not None:
        return f"{delay.hours} heures"
    return f"{delay.days} jours"
