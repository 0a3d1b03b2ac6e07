"""What holds of any whole convention that the door takes, whatever happens to it and whatever the day it is looked at.

Days that another program can count are counted by it (`tests.support.counted`), and must be the same.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import count, islice
from typing import Any, Final

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import SETTLED, Agenda, Item
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.notice import to_end_on
from echeancier.domain.dates.rules import RULES, Certainty
from echeancier.domain.dates.term_ends import Renewals
from echeancier.domain.dates.words import days_in, euros
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.facts.money import PaperReceived
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.signing import Signed
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.duties import EndDuty, OneOff
from echeancier.domain.terms.money import Falling, Payment
from echeancier.domain.terms.when import PeriodDay, YearlyDay
from tests.domain.builders import at
from tests.support.counted import (
    DAY,
    back,
    day_of_its_name,
    earlier,
    forth,
    last_day,
    last_start,
    later,
    month_end,
    one_by_one,
    renewed,
)
from tests.support.long import QUICK, how_many
from tests.support.proofs import unproved_items
from tests.support.whole import BEGINS, Happening, Life, is_taken, lived, papers, plots

LOOKS: Final = 3
"""On so many days each convention is looked at."""


@dataclass(frozen=True)
class Seen:
    """A life as seen on a day, with what was told by then.

    Attributes:
        kinds: the kinds of fact told by then.
    """

    s: Situation
    kinds: frozenset[str]

    @cached_property
    def agenda(self) -> Agenda:
        """Everything dated."""
        return agenda_of(self.s)

    @property
    def terms(self) -> Convention:
        """The paper."""
        return self.s.convention

    @property
    def zone(self) -> str:
        """Whose holidays count."""
        return self.terms.place.zone

    def of(self, series: str) -> Iterator[Item]:
        """Yield the items of a series."""
        return (item for item in self.agenda.items if item.series == series)

    def happened(self, item: Item) -> Happened | None:
        """The event that started an item, None where no recorded event did."""
        fact = next((record.fact for record in self.s.records if record.id == item.event), None)
        return fact if isinstance(fact, Happened) else None


def seen_on(life: Life, now: datetime) -> Seen:
    told = life.told_by(now)
    registered = life.dossier.registered_at.date()
    return Seen(situation(life.convention, told, now, registered_on=registered), frozenset(r.fact.kind for r in told))


# -- what holds of every dated thing ------------------------------------------------------------------------------------------


def each_is_explained_by_a_known_rule_and_a_proof(seen: Seen) -> None:
    for item in seen.agenda.items:
        assert item.rule in RULES, item.key
        assert item.trace.strip(), item.key
    assert unproved_items(seen.s) == {}


def each_has_its_own_name(seen: Seen) -> None:
    keys = Counter(item.key for item in seen.agenda.items)
    assert [key for key, times in keys.items() if times > 1] == []


def each_opens_before_it_is_safe_and_is_safe_before_it_is_over(seen: Seen) -> None:
    for item in seen.agenda.items:
        days = [one for one in (item.opens_on, item.safe_day, item.legal_last_day) if one is not None]
        assert days == sorted(days), (item.key, days)


def start_of(seen: Seen, one: OneOff, item: Item) -> date | None:
    """The day that something to do once is counted from, None while it is not known; of whoever left, its own end."""
    told = [r.fact.on for r in seen.s.records if isinstance(r.fact, Happened) and r.fact.event == one.event]
    own = {None: seen.agenda.effect_on, "effective": seen.agenda.effect_on, "ended": end_for(seen, item)}
    own |= {"signed": seen.s.last_signature, "executory": seen.s.executory_on}
    return own.get(one.event, told[-1] if told else None)


def end_for(seen: Seen, item: Item) -> date | None:
    """The last day in force for whoever owes an item, or is owed it alone: that of the convention, or its own where it left."""
    return cut_short(seen, item) or seen.agenda.ends_on


def cut_short(seen: Seen, item: Item) -> date | None:
    """The last day of a party that left, for what it owes or is owed alone; None for anything else."""
    return next((day for party, day in seen.s.exits.items() if party in (item.owed_by, item.owed_to)), None)


BACKWARD: Final = frozenset(
    {"renewal", "denial", "committee", "council", "authority", "notice", "end", "once", "annex"}
)
"""Series whose days are counted back from their anchor."""


def _triggers(seen: Seen, item: Item) -> Iterator[date]:
    """The days that an item is counted from, of which none is to come."""
    before = [one.id for one in seen.terms.event_duty if one.direction == "before"]
    for one in seen.terms.one_off:
        if item.series == one.id and one.after is not None and (start := start_of(seen, one, item)) is not None:
            yield start
    if item.series in BACKWARD or item.series in before:
        return
    if item.anchor is not None:
        yield item.anchor
    if item.series != "certificate" and (event := seen.happened(item)) is not None:
        yield event.on
    end = end_for(seen, item) if item.series in {one.id for one in seen.terms.end_duty} else None
    if end is not None and item.done_on is None:
        yield seen.s.calendar.prev_workable(end)  # over on a closed day, it is done the last day worked before
    if item.series in {one.id for one in seen.terms.duty} and seen.agenda.effect_on is not None:
        yield seen.agenda.effect_on


def none_is_to_be_done_before_what_it_is_counted_from(seen: Seen) -> None:
    for item in seen.agenda.items:
        if item.safe_day is not None:
            early = [day for day in _triggers(seen, item) if item.safe_day < day]
            assert early == [], (item.key, item.safe_day, early)


# -- what another program counts ------------------------------------------------------------------------------------------------

Counts = Iterator[tuple[str, object, object]]
"""What is counted twice: its name, what the program found, what another one counts."""


def effect_of(seen: Seen) -> date | None:
    """The first day of effect, from the paper and the facts; None where an answer or a parent gives it, or nothing yet."""
    effect = seen.terms.effect
    if effect.rule == "fixed" or effect.not_before_parent_signature:
        return effect.on
    facts = [record.fact for record in seen.s.records]
    days = [fact.on for fact in facts if isinstance(fact, Happened) and fact.event == effect.event][-1:]
    if effect.event is None:
        days = [fact.on for fact in facts if isinstance(fact, Signed)]
        days = days if len(days) == len(seen.terms.parties) else []
    if not days:
        return None
    last = max(days)
    begins = {None: last, "next-day": last + DAY, "next-month": month_end(last) + DAY}[effect.from_]
    return begins if effect.not_before is None else max(begins, effect.not_before)


def the_effect(seen: Seen) -> Counts:
    if (wanted := effect_of(seen)) is not None:
        yield "effect", seen.agenda.effect_on, wanted


def _cap_of(seen: Seen, effect: date) -> date | None:
    rule = seen.terms.renewal
    if rule.cap is None:
        return rule.cap_on
    return last_day(effect, relativedelta(months=rule.cap.months or 0, years=rule.cap.years or 0))


MOVING: Final = frozenset(
    {"amended", "renewed", "question-answered", "event", "resumed", "breach-step", "breach-closed"}
)
"""The kinds of fact that may move an end."""


def the_first_end(seen: Seen) -> Counts:
    effect, length = effect_of(seen), seen.terms.term.length
    if effect is None or length is None or seen.terms.term.ends_on is not None:
        return
    wanted = one_by_one(effect, length)
    yield f"first end, in {length.unit}", seen.s.first_end, wanted
    if not seen.terms.renewal.is_tacit and seen.terms.parent is None and not seen.kinds & MOVING:
        cap = _cap_of(seen, effect)
        yield "natural end", seen.agenda.natural_end, wanted if cap is None or cap < effect else min(wanted, cap)


def the_ends_of_a_tacit_term(seen: Seen) -> Counts:
    rule, term, effect = seen.terms.renewal, seen.terms.term, effect_of(seen)
    moved = seen.kinds & (
        MOVING | {"parent-ends"} if seen.terms.suspension is not None else MOVING - {"event"} | {"parent-ends"}
    )
    if not rule.is_tacit or rule.period is None or effect is None or moved:
        return
    first = term.ends_on or (one_by_one(effect, term.length) if term.length is not None else None)
    cap = _cap_of(seen, effect)
    if first is None or seen.s.period_ends is None or (cap is not None and cap < first):
        return
    counted = term.length is not None and one_by_one(effect, term.length) == first
    ends = term.school_year_ends
    period = rule.period.length(None if ends is None else (int(ends[:2]), int(ends[3:])))
    again = renewed(effect if counted else None, term.length, first, Renewals(period, rule.times, cap))
    said = "capped" if cap is not None else "so many times" if rule.times is not None else "for ever"
    yield f"ends by {period.unit}, {said}", list(islice(seen.s.period_ends, 8)), list(islice(again, 8))


def _after_its_day(seen: Seen, item: Item, delay: Delay, start: date) -> Counts:
    last, said = later(start, delay, seen.zone), f"{' and '.join(delay.units)} after"
    if delay.bound == "at_least":
        yield f"{said}, not before", item.legal_last_day, None
        return
    yield said, item.legal_last_day, last
    safe = back(last - DAY if delay.named else last, seen.zone)
    if not seen.terms.place.closed and safe > start:
        yield f"{said}, safe", item.safe_day, safe


def _before_its_event(seen: Seen, item: Item, delay: Delay, start: date) -> Counts:
    first, said = earlier(start, delay, seen.zone), f"{' and '.join(delay.units)} before"
    if delay.bound == "at_most":
        yield f"{said} at most", (item.opens_on, item.legal_last_day), (first, start - DAY)
    else:
        yield said, item.legal_last_day, first


def what_an_event_starts(seen: Seen) -> Counts:
    for duty in seen.terms.event_duty:
        free = duty.kind != "destruction" and duty.capped_by_end_duty is None and duty.threshold is None
        if duty.delay is None or not free or duty.delay.open_hours is not None:
            continue
        for item in seen.of(duty.id):
            event = seen.happened(item)
            if event is None:
                continue
            if duty.in_hours and duty.delay.hours is not None and duty.delay.bound != "at_least":
                assert event.at is not None
                gone = timedelta(hours=duty.delay.hours) * (1 if duty.direction == "after" else -1)
                yield f"hours {duty.direction}", item.legal_last_instant, event.at.astimezone(UTC) + gone
            elif duty.direction == "before" and not duty.in_hours:
                yield from _before_its_event(seen, item, duty.delay, event.on)
            elif duty.direction == "after":
                yield from _after_its_day(seen, item, duty.delay, event.on)


def what_the_end_starts(seen: Seen) -> Counts:
    for duty in seen.terms.end_duty:
        if duty.after.in_hours or "litigation-opened" in seen.kinds:
            continue
        for item in seen.of(duty.id):
            if (end := end_for(seen, item)) is not None:
                yield from _after_its_day(seen, item, duty.after, end)


def what_is_done_once(seen: Seen) -> Counts:
    for one in seen.terms.one_off:
        for item in seen.of(one.id):
            start = start_of(seen, one, item)
            if one.after is not None and start is not None:
                yield "once, so long after", item.legal_last_day, later(start, one.after, seen.zone)
            elif one.before is not None and start is not None:
                yield "once, so long before", item.legal_last_day, earlier(start, one.before, seen.zone)
            elif one.on is not None:
                yield "once, on a day", item.legal_last_day, one.on


def what_is_owed_by_each(seen: Seen) -> Counts:
    """One item for each party, the same occurrences for all of them that stay; one for all where they owe it together."""
    terms = seen.terms
    owed: list[Any] = [*terms.duty, *terms.event_duty, *terms.one_off, *terms.end_duty, *terms.window]
    for one in owed:
        items = [item for item in seen.of(one.id) if item.owed_by not in seen.s.exits]
        if one.owed_by == "each":
            stay = [party for party in seen.terms.parties if party not in seen.s.exits]
            alone = not any(isinstance(one, kind) for kind in (OneOff, EndDuty))
            whose = Counter(item.step if alone else item.occurrence for item in items)
            yield "owed by each", sorted(whose), sorted(stay) if items else []
            yield "as often by each", len(set(whose.values())) <= 1, True
        else:
            yield "owed once", [item.key for item in items if item.step], []


def who_leaves(seen: Seen) -> Counts:
    """Nobody owes anything of a period after the day it left, but what its own end started; two at least go on."""
    for party, last in seen.s.exits.items():
        yield "those that go on", len(seen.terms.parties) - len(seen.s.exits) >= 2, True
        blocks: list[Any] = [*seen.terms.end_duty, *seen.terms.one_off, *seen.terms.event_duty]
        started = {one.id for one in blocks}
        back_of = {one.id for one in seen.terms.duty if one.when is not None}
        owed = [item for item in seen.agenda.items if item.owed_by == party and item.series not in started | back_of]
        dated = [i for i in owed if i.kind in ("report", "document")]
        yield "what it owes once out", [i.key for i in dated if (i.legal_last_day or last) > last], []
        yield "told of it", f"party-leaves/{party}" in {one.id for one in seen.agenda.warnings}, True


def the_periods_of_a_rhythm(seen: Seen) -> Counts:
    effect, last = seen.agenda.effect_on, seen.agenda.bound_until
    for duty in seen.terms.duty if not seen.s.exits else ():
        rhythm = duty.rhythm
        if rhythm is None or duty.for_next_period or effect is None or last is None:
            continue
        september = date(effect.year - (effect.month < 9), 9, 1)
        anchor = {"contract": effect, "civil": date(effect.year, 1, 1), "school": september}[rhythm.year]
        found = sorted({item.legal_last_day for item in seen.of(duty.id) if item.legal_last_day is not None})
        yield f"periods of the {rhythm.year} year", found, list(_periods(anchor, effect, last, rhythm.every_months))


def _periods(anchor: date, effect: date, last: date, every: int) -> Iterator[date]:
    """The last days of the periods of a rhythm; the end of the convention cuts the last one short, or carries it by a day."""
    for number in count(1):
        months = relativedelta(months=every * number)
        end = anchor + months - DAY
        if end >= last or last_day(anchor, months) == last:
            if anchor + relativedelta(months=every * (number - 1)) <= last >= effect:
                yield last
            return
        if end >= effect:
            yield end


def the_last_day_of_a_notice(seen: Seen) -> Counts:
    """The latest day whose length is over by the end that the notice is for, found by trying each of them."""
    end = seen.agenda.natural_end
    for rule in seen.terms.termination:
        said = rule.length
        if rule.within is not None or said is None or said.bound == "at_most":
            continue
        if rule.until == "any-day" and end is not None and seen.s.effect_on is not None and end > seen.s.effect_on:
            legal = to_end_on(end - DAY, seen.s.notice(rule), seen.s.calendar, end, seen.s.effect_on).legal_last_day
            if legal is not None:
                yield f"{' and '.join(said.units)} before the end", legal, last_start(end - DAY, said, seen.zone)
        for item in seen.of("notice"):
            if item.occurrence != rule.id or item.legal_last_day is None:
                continue
            if rule.until == "civil-year-end" and date(int(item.step), 12, 31) != end:
                wanted = last_start(date(int(item.step), 12, 31), said, seen.zone)
                yield f"{' and '.join(said.units)} before 31 December", item.legal_last_day, wanted


def what_is_owed_on_a_day_of_the_year(seen: Seen) -> Counts:
    """The day itself, or its eve, of the year that the thing is about, or of the one before or after."""
    for duty in seen.terms.duty:
        if not isinstance(duty.when, YearlyDay) or duty.when.rolls is not None:
            continue
        for item in seen.of(duty.id):
            about, _, number = item.occurrence.partition("-")
            year = int(about) + {"previous": 1, "current": 0, "next": -1}[duty.when.covers]
            month, day_number = map(int, duty.when.on[int(number or 1) - 1].split("-"))
            day = date(year, month, 1) + relativedelta(day=day_number)
            yield (
                f"a day of the year, {duty.when.limit}",
                item.legal_last_day,
                day - DAY if duty.when.limit == "excluded" else day,
            )


def _needs_there(seen: Seen, needs: tuple[str, ...]) -> list[date]:
    """The day that each thing needed was there, for those that are."""
    facts = [record.fact for record in seen.s.records]
    found: list[date] = []
    for need in needs:
        told = [one.on for one in facts if isinstance(one, PaperReceived) and one.what == need]
        keys = {record.fact.item: record.fact.on for record in seen.s.records if isinstance(record.fact, DutyDone)}
        told += [day for key, day in keys.items() if need == key or key.startswith(f"{need}/")]
        found += [min(told)] if told else []
    return found


def _starts_of(seen: Seen, payment: Payment, one: Falling) -> dict[str, date]:
    """The days that the sums of a payment, or of one of its instalments, are counted from, by what its statement names."""
    facts = [record.fact for record in seen.s.records]
    if one.starts in ("statement", "request"):
        told = [fact for fact in facts if isinstance(fact, PaperReceived) and fact.what == payment.id]
        return {fact.about or "": fact.on for fact in told}
    if one.starts == "credits-voted":
        return _votes(seen)
    if one.needs:
        there = _needs_there(seen, one.needs)
        return {"": max(there)} if len(there) == len(one.needs) else {}
    left = [day for party, day in seen.s.exits.items() if party in (payment.owed_by, payment.owed_to)]
    ended = min(left, default=seen.agenda.ends_on)  # for a party that left, it ended on its own last day
    own = {"last-signature": seen.s.last_signature, "effective": seen.agenda.effect_on, "ended": ended}
    happened = [fact.on for fact in facts if isinstance(fact, Happened) and fact.event == one.starts]
    day = own.get(one.starts or "", min(happened, default=None))
    return {} if day is None else {"": day}


def _votes(seen: Seen) -> dict[str, date]:
    """The days on which the credits of the town were voted, by their year: as answered, or as told, which counts first."""
    facts = [record.fact for record in seen.s.records]
    answers = [x for x in facts if isinstance(x, QuestionAnswered) and x.question.startswith("credits/town/")]
    told = [x for x in facts if isinstance(x, Happened) and x.event == "credits-voted"]
    return {x.question[-4:]: x.day for x in answers if x.day is not None} | {x.label: x.on for x in told}


def what_is_to_be_paid(seen: Seen) -> Counts:
    """So long after what starts it, never before the day that the text forbids; on the day printed."""
    for payment in seen.terms.payment:
        yield (
            "cents shared out",
            sum(one.cents or 0 for one in payment.sums),
            round(100 * float(payment.total or payment.amount or 0)),
        )
        if payment.subject_to_vote:
            sure = [
                one for one in seen.of(payment.id) if one.state not in SETTLED and one.certainty is Certainty.CERTAIN
            ]
            years = [f"{one.legal_last_day.year}" for one in sure if one.legal_last_day is not None]
            yield "certain without a vote", [year for year in years if year not in _votes(seen)], []
        if payment.when is not None:
            yield from _shared_rents(seen, payment)
            continue
        for number, one in enumerate(payment.instalments or (payment,), start=1):
            items = [item for item in seen.of(payment.id) if not payment.instalments or item.occurrence == f"{number}"]
            yield from _paid(seen, one, items, _starts_of(seen, payment, one), named=not payment.instalments)


def _shared_rents(seen: Seen, payment: Payment) -> Counts:
    """The part of a rent that the days told in its title make, out of those of its whole period."""
    when, effect = payment.when, seen.agenda.effect_on
    if not isinstance(when, PeriodDay) or payment.amount is None or payment.parts is not None or effect is None:
        return
    for item in seen.of(payment.id):
        first, last = days_in(item.title.fr)
        if when.year == "civil":
            begins = date.fromisoformat(f"{item.occurrence}-01")
        else:
            begins = effect + relativedelta(months=when.every_months * (int(item.occurrence) - 1))
        ends = begins + relativedelta(months=when.every_months) - DAY
        if when.year != "civil":
            ends = effect + relativedelta(months=when.every_months * int(item.occurrence)) - DAY
        part = Fraction((last - first).days + 1, (max(ends, last) - begins).days + 1)
        if payment.prorata == "thirtieths" and part < 1:
            months_and_days = (last.year - first.year) * 12 + last.month - first.month
            whole_month = (last + DAY).day == 1
            days = 30 * months_and_days + (30 if whole_month else min(30, last.day)) - min(30, first.day) + 1
            part = min(Fraction(1), Fraction(days, 30 * when.every_months))
        part = Fraction(1) if payment.prorata == "full" else part
        cents = Fraction(payment.amount) * 100 * part
        said = item.title.fr.rpartition(" : ")[2].removesuffix(" au moins").removesuffix(" au plus")
        yield f"rent, {payment.prorata}", said, euros(int(cents + Fraction(1, 2)))


def _paid(seen: Seen, one: Falling, items: list[Item], starts: dict[str, date], *, named: bool) -> Counts:
    if one.documents or any(need in {d.id for d in seen.terms.duty} for need in one.needs):
        return
    if one.on is not None:
        yield "paid on a day", [item.legal_last_day for item in items], [one.on]
        return
    if one.starts not in ("statement", "request"):
        awaited = int(not starts)
        if one.starts == "credits-voted":
            awaited = sum(item.occurrence not in starts for item in items)
        yield "sums that wait", sum(item.opens_on is None for item in items), awaited
    for item in items:
        about = item.occurrence if named or item.occurrence in starts else ""
        day = starts.get(about, starts.get("") if item.opens_on is not None else None)
        if day is None or item.opens_on is None:
            continue
        begins = max(day, one.not_before or day)
        yield "paid from", item.opens_on, begins
        if one.delay is not None:
            yield "paid within the time of the text", item.legal_last_day, max(begins, later(day, one.delay, seen.zone))
        elif not seen.terms.place.closed:
            last = back(begins + timedelta(days=30 if one.policy_days is None else one.policy_days), seen.zone)
            yield "paid within our own time", item.safe_day, last if last >= begins else forth(begins, seen.zone)


def what_is_owed_on_days_of_the_calendar(seen: Seen) -> Counts:
    """The last day of a month, a week, a financial year, a part of a year, a period: found from what it is about alone."""
    effect, end = seen.s.effect_on, seen.s.bound_until
    if effect is None or end is None:
        return
    for duty in seen.terms.duty:
        for item in seen.of(duty.id):
            counted = day_of_its_name(duty.when, item.occurrence, effect, cut_short(seen, item) or end)
            if counted is not None:
                yield type(duty.when).__name__, item.legal_last_day, counted


COUNTED: Final[tuple[Callable[[Seen], Counts], ...]] = (
    the_effect, the_first_end, the_ends_of_a_tacit_term, what_an_event_starts, what_the_end_starts, what_is_done_once,
    the_periods_of_a_rhythm, what_is_owed_on_a_day_of_the_year, what_is_owed_on_days_of_the_calendar,
    the_last_day_of_a_notice,
    what_is_to_be_paid, what_is_owed_by_each, who_leaves,
)  # fmt: skip


def what_comes_first_moves_no_last_day(seen: Seen) -> None:
    """The order of things brings a day to act by sooner, never later, and no last day of the text moves."""
    if seen.s.versions.all or not any(duty.ahead_of or duty.prepares_renewal for duty in seen.terms.duty):
        return
    free = [one.model_copy(update={"ahead_of": None, "prepares_renewal": False}) for one in seen.terms.duty]
    terms = seen.terms.model_copy(update={"duty": tuple(free)})
    without = {one.key: one for one in agenda_of(replace(seen.s, convention=terms)).items}
    for item in seen.agenda.items:
        other = without[item.key]
        assert item.legal_last_day == other.legal_last_day, item.key
        sooner = item.safe_day != other.safe_day
        assert not sooner or (item.safe_day or date.max) < (other.safe_day or date.max), item.key


HOLDS: Final[tuple[Callable[[Seen], None], ...]] = (
    each_is_explained_by_a_known_rule_and_a_proof, each_has_its_own_name,
    each_opens_before_it_is_safe_and_is_safe_before_it_is_over, none_is_to_be_done_before_what_it_is_counted_from,
    what_comes_first_moves_no_last_day,
)  # fmt: skip


def holds_of(seen: Seen, met: Counter[str]) -> None:
    """Check all of it, and tell what was counted again."""
    for holds in HOLDS:
        holds(seen)
    for counts in COUNTED:
        for name, found, wanted in counts(seen):
            assert found == wanted, (counts.__name__, name)
            met.update((name, counts.__name__))


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Convention, date, tuple[Happening, ...], int, list[int]]:
    """Draw a paper, the day it begins around, what happens, when it is registered, and the days it is looked at."""
    begins = draw(BEGINS)
    looks = draw(st.lists(st.integers(-60, 2200), min_size=LOOKS, max_size=LOOKS))
    return draw(papers(begins)), begins, draw(plots()), draw(st.sampled_from([-120, -120, 0, 400])), looks


@pytest.mark.timeout(3600)  # ten thousand of them, on a machine that others keep busy
def test_any_whole_convention_has_dates_that_are_explained_ordered_and_counted_again() -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=how_many(10_000))
    @given(drawn())
    def holds(one: tuple[Convention, date, tuple[Happening, ...], int, list[int]]) -> None:
        terms, begins, plot, registered, looks = one
        met["drawn"] += 1
        registered_at = at(begins + timedelta(days=registered))
        if not is_taken(terms, registered_at):
            return
        life = lived(terms, begins, plot, registered_at)
        met.update(taken=1, told=len(life.records), refused=life.refused)
        for days in looks:
            seen = seen_on(life, max(registered_at, at(begins + timedelta(days=days))))
            holds_of(seen, met)

    holds()
    assert met["taken"] * 3 >= met["drawn"], met
    assert met["told"] * 2 >= met["refused"], met
    assert QUICK or all(met[counts.__name__] for counts in COUNTED if counts is not who_leaves), met


@st.composite
def left(draw: st.DrawFn) -> tuple[Convention, date, tuple[Happening, ...], int, list[int]]:
    """The same, of three parties of which one posts a letter to leave; it is received or not."""
    begins = draw(BEGINS)
    looks = draw(st.lists(st.integers(0, 1500), min_size=LOOKS, max_size=LOOKS))
    return draw(papers(begins, leaves=True)), begins, draw(plots(0, 4)), draw(st.integers(40, 700)), looks


@pytest.mark.timeout(3600)
def test_when_a_party_leaves_all_of_it_still_holds() -> None:
    met: Counter[str] = Counter()

    @settings(max_examples=how_many(3_000))
    @given(left(), st.sampled_from(["agency", "office"]), st.lists(st.integers(1, 20), max_size=2))
    def holds(
        one: tuple[Convention, date, tuple[Happening, ...], int, list[int]], who: str, received: list[int]
    ) -> None:
        terms, begins, plot, posted, looks = one
        registered_at = at(begins - timedelta(days=120))
        if not is_taken(terms, registered_at):
            return
        life = lived(terms, begins, [one for one in plot if one.after < posted], registered_at)
        on = begins + timedelta(days=posted)
        life.tell(LetterPosted(on=on, rule="out", by=who, effect_wanted=on + timedelta(days=90)), at(on))
        number = next((r.id for r in life.records if isinstance(r.fact, LetterPosted) and r.fact.rule == "out"), "")
        others = [party for party in terms.parties if party != who]
        for party, days in zip(others, received, strict=False):
            day = on + timedelta(days=days)
            life.tell(LetterDelivered(on=day, letter=number, party=party), at(day, 11))
        for days in looks:
            holds_of(seen_on(life, at(begins + timedelta(days=days))), met)

    holds()
    assert met["who_leaves"], met
