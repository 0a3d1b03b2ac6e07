"""Delays that an event starts (a departure, a breach, a delivery).

Who owes what to whom, the last day, the safe day, and how each was counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from echeancier.domain.agenda.ending import certified_on
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.personal_data import extended, told_at
from echeancier.domain.agenda.procedure import (
    Found,
    days_after,
    first_day_asked,
    opening,
    roles_of,
    rule_of,
    state_of,
)
from echeancier.domain.dates.delay import Delay, before_event, exceeds, hours_before, over_on, plus_open_hours
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.delays import plus_hours
from echeancier.domain.dates.proof import (
    Operand,
    Proof,
    Step,
    back_and_safe,
    cited,
    counted_after,
    day_of,
    earliest,
    eve,
    given,
    hours,
    instant,
    kept,
    named_first,
    note,
    other_reading,
    strictly,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts import events as e
from echeancier.domain.facts.events import Happened
from echeancier.domain.model import Text
from echeancier.domain.standing.first_day import as_answered
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.litigation import holds_back, later
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.duties import EventDuty
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from echeancier.domain.terms.owing import TOGETHER

CALENDAR, WORKING = "calendar", "working"


@dataclass(frozen=True)
class Dates:
    """The days of one occurrence.

    Attributes:
        legal: last day of the text, None where it gives no number, or only a first day.
        opens: first day it can be done; None for the day of the event itself.
        instant: the end of a delay in hours, aware.
        late_from: the first day on which the other side may be called late, None where ours is the only question.
        contested: several readings, the prudent one is kept.
    """

    legal: date | None
    safe: date
    rule: str
    proof: Proof
    opens: date | None = None
    instant: datetime | None = None
    late_from: date | None = None
    contested: bool = False


def dates_of(s: Situation, duty: EventDuty, fact: Happened) -> Dates:
    """Return the days of what ``fact`` starts."""
    if duty.threshold is not None:
        return _past_the_threshold(s, duty, as_answered(s, duty.id, duty.threshold), fact)
    if duty.delay is None:
        safe = s.calendar.next_workable(fact.on)
        says = "{} : dû dès l’événement, le texte ne donne pas de délai chiffré"
        return Dates(
            None, safe, "without_delay", (given(fact.on, duty.event, says), worked("next_workable", fact.on, safe))
        )
    if duty.direction == "before":
        return _before(s, duty, duty.delay, fact)
    if duty.delay.in_hours and duty.delay.bound != "at_least":
        return _hours(s, duty, duty.delay, fact)
    return _after(s, duty, duty.delay, fact.on)


def _after(s: Situation, duty: EventDuty, delay: Delay, start: date) -> Dates:
    """Counted forward; « pas avant » only opens."""
    days = days_after(s, start, delay)
    proof = *named_first(delay), given(start, duty.event), *counted_after(start, delay, days, cited(duty.clauses))
    if days.legal is None or days.safe is None:
        opens = days.safe_opens
        assert opens is not None  # noqa: S101 - without a last day, a delay only opens
        return Dates(None, opens, "at_least", proof, opens=opens, contested=True)
    return Dates(days.legal, days.safe, rule_of(delay), proof, late_from=days.late_from, contested=days.contested)


def _past_the_threshold(s: Situation, duty: EventDuty, threshold: Delay, fact: Happened) -> Dates:
    """What a state that lasts too long starts: due from the day it does, read early; its own delay runs from there."""
    exceeded = exceeds(fact.on, threshold, s.calendar)
    source, strict = cited(duty.clauses), exceeded.strict != exceeded.safe
    since = note(f"{delay_in_words(threshold)}, depuis le "), given(fact.on, duty.event)
    reached = Step("exceeded", (Operand(fact.on), Operand(threshold, source)), exceeded.safe)
    contested = strict or threshold.since is None
    if duty.delay is None:
        safe = s.calendar.next_workable(exceeded.safe)
        told = strictly(fact.on, threshold, exceeded.strict, " → dépassé le {} au sens strict") if strict else ()
        prudent = reached, worked("next_workable", exceeded.safe, safe, ", prudemment le {}")
        proof = *since, *told, *prudent
        return Dates(None, safe, "absence_exceeds", proof, opens=exceeded.safe, contested=contested)
    # The hour at which it is exceeded is not known: the first of its day.
    from_there = fact.model_copy(update={"on": exceeded.safe, "at": None})
    in_hours = duty.delay.in_hours and duty.delay.bound != "at_least"
    days = _hours(s, duty, duty.delay, from_there) if in_hours else _after(s, duty, duty.delay, exceeded.safe)
    return replace(
        days,
        proof=(*since, reached._replace(says=" : le {} ; "), *days.proof),
        opens=days.opens or exceeded.safe,
        contested=contested or days.contested,
    )


def _before(s: Situation, duty: EventDuty, delay: Delay, fact: Happened) -> Dates:
    """Counted back from the event; where « jours » may mean working days, the reading answered or the prudent one."""
    if delay.hours is not None:
        return _hours_before(s, duty, delay, fact)
    reading = s.reading(duty.clauses, (CALENDAR, WORKING), CALENDAR)
    asked = reading.asked is not None and delay.days is not None and len(delay.units) == 1
    kept, other = delay, Delay(open_days=delay.days, bound=delay.bound) if asked else None
    if other is not None and reading.id == WORKING:
        kept, other = other, kept
    days = before_event(fact.on, kept, s.calendar)
    assert days.legal is not None  # noqa: S101 - counted back, there always is one
    assert days.safe is not None  # noqa: S101 - the same
    source = cited(duty.clauses)
    begun: Proof = (note(f"{delay_in_words(kept)} avant le "), given(fact.on, duty.event))
    if days.opens is not None:
        begun = *begun, Step("minus", (Operand(fact.on), Operand(kept, source)), days.opens, " → {}")
        begun = (
            *begun,
            eve(fact.on, " ; à faire entre ce jour et le {}", "legal"),
            worked("prev_workable", days.legal, days.safe),
        )
    else:
        begun = *begun, *back_and_safe(fact.on, kept, days, source)
    contested = other is not None and not reading.settled
    if contested and other is not None:
        legal = before_event(fact.on, other, s.calendar).legal or fact.on
        which = "ouvrés" if other.open_days is not None else "calendaires"
        said = f" ; « jours » : calendaires ou ouvrés, à confirmer ({which} : {{}})"
        begun = *begun, *other_reading(fact.on, other, legal, source, said)
    rule = "open_days_before" if kept.open_days is not None else "days_before"
    return Dates(days.legal, days.safe, rule, begun, opens=days.opens, late_from=days.late_from, contested=contested)


def _instant(s: Situation, fact: Happened) -> datetime:
    """The hour of an event; where it is not known, the earliest instant of its day is the prudent one."""
    return fact.at or datetime(fact.on.year, fact.on.month, fact.on.day, tzinfo=s.zone)


def _hours(s: Situation, duty: EventDuty, delay: Delay, fact: Happened) -> Dates:
    zone, start = s.convention.place.time_zone, _instant(s, fact).astimezone(s.zone)
    if delay.hours is not None:
        limit, rule = plus_hours(start, delay.hours, zone), "plus_hours"
        why = " + {o1} réelles → {} (ni week-end, ni jour férié, ni changement d’heure ne les suspendent)"
    else:
        limit, rule = (
            plus_open_hours(start, delay.open_hours or 0, s.convention.place.house(), zone, s.calendar),
            "open_hours",
        )
        why = " + {o1} → {} (comptées aux heures d’ouverture, les jours ouvrés)"
    day = limit.astimezone(s.zone).date()
    proof = (
        instant(start, duty.event),
        hours("instant_plus", start, delay, cited(duty.clauses), limit.astimezone(s.zone), why),
        *day_of(limit.astimezone(s.zone), day),
    )
    return Dates(day, day, rule, proof, instant=limit)


def _hours_before(s: Situation, duty: EventDuty, delay: Delay, fact: Happened) -> Dates:
    zone, start = s.convention.place.time_zone, _instant(s, fact).astimezone(s.zone)
    limit, safe = hours_before(start, delay.hours or 0, zone, s.calendar)
    legal, _ = day_of(limit, limit.date())
    proof = (
        note(f"{delay_in_words(delay)} réelles avant le "), instant(start, duty.event),
        hours("instant_minus", start, delay, cited(duty.clauses), limit, " → {}"),
        legal, worked("prev_workable", limit.date(), safe, ", prudemment le {}"),
    )  # fmt: skip
    return Dates(limit.date(), safe, "hours_before", proof, instant=limit)


def sides(s: Situation, duty: EventDuty, fact: Happened) -> tuple[str, str]:
    """Return (owed by, owed to) of one occurrence."""
    if duty.owed_by not in TOGETHER:
        return duty.owed_by, duty.owed_to
    whose = fact.party or (s.convention.us if ITEM_KINDS[duty.kind].of_one_side else None)
    if whose is None:
        return duty.owed_by, duty.owed_to
    others = [key for key in s.convention.parties if key != whose]
    return whose, others[0] if len(others) == 1 else s.convention.together


def responsible(s: Situation, duty: EventDuty, side: str) -> tuple[str, ...]:
    """Return who must act: of the roles named, those of the side that owes it; its first contact when none is."""
    if duty.owed_by == side:
        return roles_of(s, side, duty.responsible)
    return roles_of(s, side, tuple(r for r in duty.responsible if s.convention.roles[r].party == side))


def on_event(s: Situation) -> Found:
    """Yield one item for each event duty and each occurrence of its event, recorded or derived."""
    yield from s.computed_once("on-event", "", s, lambda: tuple(_on_event(s)))


def _on_event(s: Situation) -> Found:
    for duty in s.convention.event_duty:
        if duty.threshold is not None:
            called = Text(fr=duty.title, en=duty.title_en)
            yield from first_day_asked(s, duty.id, called, duty.threshold, duty.clauses)
        for occurrence, fact in occurrences(s, duty.event):
            for share in s.convention.shares(duty):
                yield _item(s, share, occurrence, fact)


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
    key = key_of(duty.id, occurrence, duty.whose)
    days = dates_of(s, duty, fact)
    legal, safe, proof = days.legal, days.safe, days.proof
    cap = _cap(s, duty.capped_by_end_duty) if duty.capped_by_end_duty is not None else None
    if cap is not None and legal is not None and fact.on <= cap < legal:
        says = " ; mais la destruction finale est due le {} : la plus proche l’emporte"
        legal, safe = cap, s.calendar.prev_workable(cap)
        proof = *proof, given(cap, duty.capped_by_end_duty or "", says, "legal"), worked("prev_workable", cap, safe)
    if duty.kind == "destruction":
        legal, put_off = later(s, legal)
        safe, proof = s.calendar.prev_workable(legal) if put_off and legal else safe, (*proof, *put_off)
    longer = extended(s, duty, key, fact)
    if longer is not None:
        legal, safe = longer.legal, s.calendar.prev_workable(longer.legal)
        proof = *proof, *longer.proof
    owed_by, owed_to = sides(s, duty, fact)
    done = s.done_on(key) or certified_on(s, key)
    opens = days.opens or fact.on
    if duty.direction == "before" and days.opens is None:
        opens = opening(safe, s.policy.leads_for(duty.kind).notice)
    if legal is not None and safe > legal:
        safe, proof = legal, (*proof, earliest((legal, safe), gives="safe"))
    if legal is not None and safe < opens:  # no day that anybody works is left: the last one, be it closed
        safe, proof = legal, (*proof, kept(legal, gives="safe"))
    what = f" ({fact.label})" if fact.label else ""
    state = _state(s, duty, days, opens, legal, done, owed_by)
    return Item(
        series=duty.id, occurrence=occurrence, step=duty.whose, event=occurrence, holds_open=True, kind=duty.kind,
        title=Text(fr=duty.title + what, en=duty.title_en + what), clause=s.clause(duty.clauses),
        owed_by=owed_by, owed_to=owed_to, opens_on=opens, legal_last_day=legal, anchor=fact.on,
        safe_day=safe, legal_last_instant=days.instant,
        rule="gdpr_month_extended" if longer is not None and longer.announced else days.rule,
        proof=(*proof, *_hour_told(s, days, key)),
        certainty=Certainty.CONTESTED if longer is not None and longer.announced else _certainty(days),
        state=_held(s, duty, state), done_on=done,
        standing=_settled(duty, state),
        responsible=responsible(s, duty, owed_by),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
        tell=duty.tell if owed_by == s.convention.us else (),
    )  # fmt: skip


def _hour_told(s: Situation, days: Dates, key: str) -> Proof:
    """When it was told, where hours decide."""
    words = told_at(s, key) if days.instant is not None else ""
    return (note(f" ; dit le {words}"),) if words else ()


def _held(s: Situation, duty: EventDuty, state: State) -> State:
    """A litigation holds back the destruction of what was delivered, too."""
    waits = duty.kind == "destruction" and state is not State.DONE and holds_back(s, by_its_clause=False)
    return State.SUSPENDED if waits else state


def _certainty(days: Dates) -> Certainty:
    if days.contested:
        return Certainty.CONTESTED
    return Certainty.POLICY if days.legal is None else Certainty.CERTAIN


def _state(  # noqa: PLR0917 - all that decides
    s: Situation, duty: EventDuty, days: Dates, opens: date, legal: date | None, done: date | None, owed_by: str
) -> State:
    # A day that the convention itself brings nearer, or puts off, gives the others nothing more.
    late_from = days.late_from if legal == days.legal else None
    over = over_on(legal or days.safe, late_from, ours=s.convention.is_ours(owed_by))
    state = state_of(s, opens_on=opens, last_day=over - timedelta(days=1), done_on=done)
    if legal is None and state is State.LATE:
        return State.OPEN  # no day of the text was missed: it stays to be done
    if days.instant is not None and state is State.OPEN and s.now > days.instant:
        state = State.LATE
    return State.ELAPSED if duty.silence is not None and state is State.LATE else state


def _settled(duty: EventDuty, state: State) -> Text | None:
    """What silence has meant, once the delay is over without an answer."""
    if duty.silence is None or state not in (State.ELAPSED, State.PAST):
        return None
    fr, en = ("accepté", "accepted") if duty.silence == "accepts" else ("refusé", "refused")
    return Text(fr=f"réputé {fr}, faute de réponse", en=f"deemed {en}, for want of an answer")


def _cap(s: Situation, end_duty: str) -> date | None:
    duty = next((d for d in s.convention.end_duty if d.id == end_duty), None)
    return days_after(s, s.ends_on, duty.after).legal if duty is not None and s.ends_on is not None else None
