"""When what an event starts is due: the last day, the day to act by, and how each was counted."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain import facts as f
from domain.delays import absence_exceeds_days, absence_exceeds_months, add_months, huitaine
from domain.duties import EventDuty
from domain.hours import plus_hours
from domain.procedures.delay import in_words, last_day_after
from domain.situation import Situation
from domain.words import figures, moment

CALENDAR, WORKING = "calendar", "working"


@dataclass(frozen=True)
class Dates:
    """The days of one occurrence.

    Attributes:
        legal: last day of the text, None where it gives no number.
        opens: first day it can be done; None for the day of the event itself.
        instant: the end of a delay in hours, aware.
        contested: several readings, the prudent one is kept.
    """

    legal: date | None
    safe: date
    rule: str
    trace: str
    opens: date | None = None
    instant: datetime | None = None
    contested: bool = False


def dates_of(s: Situation, duty: EventDuty, fact: f.Happened) -> Dates:
    """Return the days of what ``fact`` starts."""
    start, delay = fact.on, duty.delay
    if duty.no_number:
        safe = s.calendar.next_workable(start)
        trace = f"{figures(start)} : dû dès l’événement, le texte ne donne pas de délai chiffré"
        return Dates(None, safe, "without_delay", trace)
    if duty.huitaine:
        return _huitaine(s, duty, start)
    if delay.hours is not None:
        return _hours(s, fact, delay.hours)
    if duty.strictly_more:
        return _exceeded(s, duty, start)
    if duty.direction == "before":
        return _before(s, duty, start)
    legal = last_day_after(s, start, delay)
    rule = "add_open" if delay.open_days is not None else "add_months" if delay.months is not None else "days"
    trace = f"{figures(start)} + {in_words(delay)} → {figures(legal)}"
    return Dates(legal, s.calendar.prev_workable(legal), rule, trace)


def _huitaine(s: Situation, duty: EventDuty, start: date) -> Dates:
    """Eight days; after an absence, they follow the day it has lasted too long, read early."""
    reached = add_months(start, duty.delay.months or 0) if duty.strictly_more else start
    bounds = huitaine(reached, s.calendar)
    absence = ""
    if duty.strictly_more:
        absence = (
            f"absence depuis le {figures(start)}, plus de {in_words(duty.delay)} le {figures(reached)} ; "
        )
    return Dates(
        bounds.legal, bounds.safe, "huitaine",
        f"{absence}« sous huitaine » : {figures(reached)} + 8 jours → {figures(bounds.legal)} ; prudemment le "
        f"{figures(bounds.safe)}",
        opens=reached, contested=duty.strictly_more,
    )  # fmt: skip


def _exceeded(s: Situation, duty: EventDuty, start: date) -> Dates:
    """Something that a long absence starts, without a delay of its own: due from the day the absence has lasted too long."""
    delay = duty.delay
    if delay.months is not None:
        exceeded = absence_exceeds_months(start, delay.months)
    else:
        exceeded = absence_exceeds_days(start, delay.days or 0)
    return Dates(
        None, s.calendar.next_workable(exceeded.safe), "absence_exceeds",
        f"plus de {in_words(delay)} depuis le {figures(start)} → dépassé le {figures(exceeded.strict)} au sens strict, "
        f"prudemment le {figures(exceeded.safe)}",
        opens=exceeded.safe, contested=True,
    )  # fmt: skip


def _before(s: Situation, duty: EventDuty, start: date) -> Dates:
    """So many days before an event; where « jours » may mean working days, the reading answered or the prudent one."""
    number = duty.delay.days or 0
    reading = s.reading(duty.clauses, (CALENDAR, WORKING), CALENDAR)
    legal = start - timedelta(days=number)
    words = f"{in_words(duty.delay)} avant le {figures(start)} → {figures(legal)}"
    working = _open_days_before(s, start, number)
    contested = reading.asked is not None and not reading.settled
    if reading.id == WORKING:
        legal, words = working, f"{number} jours ouvrés avant le {figures(start)} → {figures(working)}"
    if contested:
        other = legal if reading.id == WORKING else working
        words += f" ; « jours » : calendaires ou ouvrés, à confirmer (ouvrés : {figures(other)})"
    safe = s.calendar.prev_workable(legal - timedelta(days=1))
    return Dates(
        legal,
        safe,
        "open_days_before" if reading.id == WORKING else "days_before",
        words,
        contested=contested,
    )


def _open_days_before(s: Situation, day: date, number: int) -> date:
    for _ in range(number):
        day = s.calendar.prev_open(day - timedelta(days=1))
    return day


def _hours(s: Situation, fact: f.Happened, hours: int) -> Dates:
    zone = s.convention.place.time_zone
    start = fact.at
    if start is None:  # the hour is not known: the earliest instant of the day is the prudent one
        start = datetime(fact.on.year, fact.on.month, fact.on.day, tzinfo=s.zone)
    limit = plus_hours(start, hours, zone)
    day = limit.astimezone(s.zone).date()
    return Dates(
        day, day, "plus_hours",
        f"{moment(start, zone)} + {hours} heures réelles → {moment(limit, zone)} (ni week-end, ni jour férié, ni changement "
        "d’heure ne les suspendent)",
        instant=limit,
    )  # fmt: skip
