"""Delays that an event starts: eight days after a departure, thirty-six hours after a breach, two months per delivery."""

from collections.abc import Iterator
from datetime import date

from domain import events as e
from domain import facts as f
from domain.duties import EventDuty
from domain.holds import holds_back, later
from domain.items import Certainty, Item, State
from domain.model import Text
from domain.procedures.data_incident import told_at
from domain.procedures.delay import last_day_after
from domain.procedures.ending import certified_on
from domain.procedures.event_dates import Dates, dates_of
from domain.procedures.event_sides import responsible, sides
from domain.procedures.person_request import extended
from domain.procedures.shape import Found, opening, state_of
from domain.situation import Situation
from domain.words import figures


def on_event(s: Situation) -> Found:
    """Yield one item for each event duty and each occurrence of its event, recorded or derived."""
    for duty in s.convention.event_duty:
        for occurrence, fact in occurrences(s, duty.starts_on):
            yield _item(s, duty, occurrence, fact)


def occurrences(s: Situation, event: str) -> Iterator[tuple[str, f.Happened]]:
    """Yield (fact id, event): those recorded, and those that follow from a suspension or from a breach maintained."""
    yield from s.of_event(event)
    if event == e.SUSPENDED:
        for pause in s.pauses:
            yield pause.id, f.Happened(event=event, on=pause.first)
    if event == e.TERMINATED_FOR_BREACH:
        for case in s.breach_cases:
            if case.closed is not None and case.closed.outcome == "maintained":
                yield case.closed_by, f.Happened(event=event, on=case.closed.on)


def _item(s: Situation, duty: EventDuty, occurrence: str, fact: f.Happened) -> Item:
    key = f"{duty.id}/{occurrence}"
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
        key=key, kind=duty.kind, title=Text(fr=duty.title + what, en=duty.title_en + what), clause=s.clause(duty.clauses),
        owed_by=owed_by, owed_to=owed_to, opens_on=opens, legal_last_day=legal, anchor=fact.on,
        safe_day=min(safe, legal) if legal else safe, legal_last_instant=days.instant,
        rule="gdpr_month_extended" if longer is not None and longer.announced else days.rule, trace=trace + _told(s, days, key),
        certainty=Certainty.CONTESTED if longer is not None and longer.announced else _certainty(days),
        state=_held(s, duty, _state(s, days, opens, legal, done)), done_on=done,
        responsible=responsible(s, duty, owed_by),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
        tell=duty.tell if owed_by == s.convention.us else (),
    )  # fmt: skip


def _told(s: Situation, days: Dates, key: str) -> str:
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
