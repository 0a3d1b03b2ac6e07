"""Delays that an event starts (a departure, a breach, a delivery).

Who owes what to whom, the last day, the safe day, and how each was counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from echeancier.domain.agenda.ending import certified_on
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.personal_data import extended, told_at
from echeancier.domain.agenda.procedure import Found, in_words, last_day_after, opening, roles_of, state_of
from echeancier.domain.dates.delays import (
    absence_exceeds_days,
    absence_exceeds_months,
    add_months,
    huitaine,
    plus_hours,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures, moment
from echeancier.domain.facts import events as e
from echeancier.domain.facts.events import Happened
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.litigation import holds_back, later
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import EventDuty
from echeancier.domain.terms.item_kinds import ITEM_KINDS

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


def dates_of(s: Situation, duty: EventDuty, fact: Happened) -> Dates:
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
        absence = f"absence depuis le {figures(start)}, plus de {in_words(duty.delay)} le {figures(reached)} ; "
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


def _hours(s: Situation, fact: Happened, hours: int) -> Dates:
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


def sides(s: Situation, duty: EventDuty, fact: Happened) -> tuple[str, str]:
    """Return (owed by, owed to) of one occurrence."""
    if duty.owed_by != "both":
        return duty.owed_by, duty.owed_to
    whose = fact.party or (s.convention.us if ITEM_KINDS[duty.kind].of_one_side else None)
    if whose is None:
        return duty.owed_by, duty.owed_to
    others = [key for key in s.convention.parties if key != whose]
    return whose, others[0] if len(others) == 1 else "both"


def responsible(s: Situation, duty: EventDuty, side: str) -> tuple[str, ...]:
    """Return who must act: of the roles named, those of the side that owes it; its first contact when none is."""
    if duty.owed_by == side:
        return roles_of(s, side, duty.responsible)
    return roles_of(s, side, tuple(r for r in duty.responsible if s.convention.roles[r].party == side))


def on_event(s: Situation) -> Found:
    """Yield one item for each event duty and each occurrence of its event, recorded or derived."""
    yield from s.computed_once("on-event", "", s, lambda: tuple(_on_event(s)))


def _on_event(s: Situation) -> Iterator[Item]:
    for duty in s.convention.event_duty:
        for occurrence, fact in occurrences(s, duty.starts_on):
            yield _item(s, duty, occurrence, fact)


def occurrences(s: Situation, event: str) -> Iterator[tuple[str, Happened]]:
    """Yield (fact id, event): those recorded, and those that follow from a suspension or from a breach maintained."""
    yield from s.of_event(event)
    if event == e.SUSPENDED:
        for pause in s.pauses:
            yield pause.id, Happened(event=event, on=pause.first)
    if event == e.TERMINATED_FOR_BREACH:
        for case in s.breach_cases:
            if case.closed is not None and case.closed.outcome == "maintained":
                yield case.closed_by, Happened(event=event, on=case.closed.on)


def _item(s: Situation, duty: EventDuty, occurrence: str, fact: Happened) -> Item:
    key = key_of(duty.id, occurrence)
    days = dates_of(s, duty, fact)
    legal, safe, trace = days.legal, days.safe, days.trace
    cap = _cap(s, duty.capped_by_end_duty) if duty.capped_by_end_duty is not None else None
    if cap is not None and legal is not None and cap < legal:
        legal, safe = cap, s.calendar.prev_workable(cap)
        trace += f" ; mais la destruction finale est due le {figures(cap)} : la plus proche l’emporte"
    if duty.kind == "destruction":
        legal, put_off = later(s, legal)
        safe, trace = s.calendar.prev_workable(legal) if put_off and legal else safe, trace + put_off
    longer = extended(s, duty, key, fact)
    if longer is not None:
        legal, safe = longer.legal, s.calendar.prev_workable(longer.legal)
        trace += longer.trace
    owed_by, owed_to = sides(s, duty, fact)
    done = s.done_on(key) or certified_on(s, key)
    opens = days.opens or fact.on
    if duty.direction == "before":
        opens = opening(safe, s.policy.leads_for(duty.kind).notice)
    what = f" ({fact.label})" if fact.label else ""
    return Item(
        series=duty.id, occurrence=occurrence, event=occurrence, holds_open=True, kind=duty.kind,
        title=Text(fr=duty.title + what, en=duty.title_en + what), clause=s.clause(duty.clauses),
        owed_by=owed_by, owed_to=owed_to, opens_on=opens, legal_last_day=legal, anchor=fact.on,
        safe_day=min(safe, legal) if legal else safe, legal_last_instant=days.instant,
        rule="gdpr_month_extended" if longer is not None and longer.announced else days.rule,
        trace=trace + _hour_told(s, days, key),
        certainty=Certainty.CONTESTED if longer is not None and longer.announced else _certainty(days),
        state=_held(s, duty, _state(s, days, opens, legal, done)), done_on=done,
        responsible=responsible(s, duty, owed_by),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
        tell=duty.tell if owed_by == s.convention.us else (),
    )  # fmt: skip


def _hour_told(s: Situation, days: Dates, key: str) -> str:
    """When it was told, where hours decide."""
    words = told_at(s, key) if days.instant is not None else ""
    return f" ; dit le {words}" if words else ""


def _held(s: Situation, duty: EventDuty, state: State) -> State:
    """A litigation holds back the destruction of what was delivered, too."""
    waits = duty.kind == "destruction" and state is not State.DONE and holds_back(s, by_its_clause=False)
    return State.SUSPENDED if waits else state


def _certainty(days: Dates) -> Certainty:
    if days.contested:
        return Certainty.CONTESTED
    return Certainty.POLICY if days.legal is None else Certainty.CERTAIN


def _state(s: Situation, days: Dates, opens: date, legal: date | None, done: date | None) -> State:
    state = state_of(s, opens_on=opens, last_day=legal or days.safe, done_on=done)
    if legal is None and state is State.LATE:
        return State.OPEN  # no day of the text was missed: it stays to be done
    if days.instant is not None and state is State.OPEN and s.now > days.instant:
        return State.LATE
    return state


def _cap(s: Situation, end_duty: str) -> date | None:
    duty = next((d for d in s.convention.end_duty if d.id == end_duty), None)
    return last_day_after(s, s.ends_on, duty.after) if duty is not None and s.ends_on is not None else None
