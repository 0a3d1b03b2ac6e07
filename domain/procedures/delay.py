"""A delay of a clause turned into a last day, in the unit the clause uses."""

from datetime import date, timedelta

from domain.delays import add_months
from domain.duties import Delay
from domain.situation import Situation


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
