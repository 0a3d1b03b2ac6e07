"""Delays that an event starts: eight days after a departure, thirty-six hours after a breach, two months per delivery."""

from datetime import date, datetime, timedelta

from domain import facts as f
from domain.delays import absence_exceeds_days, absence_exceeds_months, add_months, huitaine
from domain.duties import EventDuty
from domain.hours import plus_hours
from domain.items import Certainty, Item, State
from domain.model import Text
from domain.procedures.delay import in_words, last_day_after
from domain.procedures.shape import Found, opening, roles_of, state_of
from domain.situation import Situation
from domain.words import figures, moment


def on_event(s: Situation) -> Found:
    """Yield one item for each event duty and each recorded occurrence of its event."""
    for duty in s.convention.event_duty:
        for record in s.records:
            if isinstance(record.fact, f.Happened) and record.fact.event == duty.starts_on:
                yield _item(s, duty, record.id, record.fact)


def _item(s: Situation, duty: EventDuty, occurrence: str, fact: f.Happened) -> Item:
    key = f"{duty.id}/{occurrence}"
    legal, safe, rule, trace, instant = _dates(s, duty, fact)
    if duty.capped_by_end_duty is not None and (cap := _cap(s, duty.capped_by_end_duty)) is not None and cap < legal:
        legal, safe = cap, s.calendar.prev_workable(cap)
        trace += f" ; mais la destruction finale est due le {figures(cap)} : la plus proche l’emporte"
    done = s.done_on(key)
    opens = fact.on if duty.direction == "after" else opening(safe, s.policy.leads_for(duty.kind).notice)
    what = f" ({fact.label})" if fact.label else ""
    state = state_of(s, opens_on=opens, last_day=legal, done_on=done)
    if instant is not None and state is State.OPEN and s.now > instant:
        state = State.LATE
    return Item(
        key=key, kind=duty.kind, title=Text(fr=duty.title + what, en=duty.title_en + what), clause=s.clause(duty.clauses),
        owed_by=duty.owed_by, owed_to=duty.owed_to, opens_on=opens, legal_last_day=legal, safe_day=min(safe, legal),
        legal_last_instant=instant, rule=rule, trace=trace,
        certainty=Certainty.CERTAIN if duty.delay.hours is not None or not duty.strictly_more else Certainty.CONTESTED,
        state=state, done_on=done, responsible=roles_of(s, duty.owed_by, duty.responsible),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
    )  # fmt: skip


def _dates(s: Situation, duty: EventDuty, fact: f.Happened) -> tuple[date, date, str, str, datetime | None]:
    """Return legal last day, safe day, rule, trace, and the instant for delays in hours."""
    start, delay = fact.on, duty.delay
    if duty.huitaine:
        if duty.strictly_more:  # the eight days follow the day the absence has lasted too long, read early
            start = add_months(start, delay.months or 0)
        bounds = huitaine(start, s.calendar)
        return bounds.legal, bounds.safe, "huitaine", (
            f"« sous huitaine » : {figures(start)} + 8 jours → {figures(bounds.legal)} ; prudemment le {figures(bounds.safe)}"
        ), None  # fmt: skip
    if delay.hours is not None:
        return _hours(s, fact, delay.hours)
    if duty.strictly_more:
        exceeded = absence_exceeds_months(start, delay.months) if delay.months is not None else absence_exceeds_days(start, delay.days or 0)
        return exceeded.strict, exceeded.safe, "absence_exceeds", (
            f"plus de {in_words(delay)} depuis le {figures(start)} → dépassé le {figures(exceeded.strict)} au sens strict, "
            f"prudemment le {figures(exceeded.safe)}"
        ), None  # fmt: skip
    if duty.direction == "before":
        legal = start - timedelta(days=delay.days or 0)
        safe = s.calendar.prev_workable(legal - timedelta(days=1))
        return legal, safe, "days_before", f"{in_words(delay)} avant le {figures(start)} → {figures(legal)}", None
    legal = last_day_after(s, start, delay)
    safe = s.calendar.prev_workable(legal)
    rule = "add_open" if delay.open_days is not None else "add_months" if delay.months is not None else "days"
    return legal, safe, rule, f"{figures(start)} + {in_words(delay)} → {figures(legal)}", None


def _hours(s: Situation, fact: f.Happened, hours: int) -> tuple[date, date, str, str, datetime | None]:
    zone = s.convention.place.time_zone
    start = fact.at
    if start is None:  # the hour is not known: the earliest instant of the day is the prudent one
        start = datetime(fact.on.year, fact.on.month, fact.on.day, tzinfo=s.zone)
    limit = plus_hours(start, hours, zone)
    day = limit.astimezone(s.zone).date()
    return day, day, "plus_hours", (
        f"{moment(start, zone)} + {hours} heures réelles → {moment(limit, zone)} (ni week-end, ni jour férié, ni changement "
        "d’heure ne les suspendent)"
    ), limit  # fmt: skip


def _cap(s: Situation, end_duty: str) -> date | None:
    duty = next((d for d in s.convention.end_duty if d.id == end_duty), None)
    return last_day_after(s, s.ends_on, duty.after) if duty is not None and s.ends_on is not None else None
