"""The days of one sum of money: printed, after what starts it by the text, or within days of ours."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from echeancier.domain.agenda.after_the_end import (
    is_left_out,
)
from echeancier.domain.agenda.payment_starts import Start
from echeancier.domain.agenda.procedure import opening, rule_of
from echeancier.domain.dates.delay import Delay, after
from echeancier.domain.dates.proof import (
    EFFECT,
    END,
    Proof,
    by_our_choice,
    cited,
    counted_after,
    day_given,
    given,
    kept,
    last_of,
    named_first,
    note,
    plus,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.money import POLICY_DAYS, Falling, Payment


@dataclass(frozen=True)
class SumDays:
    """The days of one sum.

    Attributes:
        late_from: the first day on which the others may be called late.
        cancelled: by an early end.
        anchor: the day that its days are counted from, where they are.
    """

    rule: str
    proof: Proof
    opens: date | None = None
    legal: date | None = None
    safe: date | None = None
    late_from: date | None = None
    certainty: Certainty = Certainty.CERTAIN
    waits: Text | None = None
    cancelled: bool = False
    anchor: date | None = None


def days_of_sum(s: Situation, payment: Payment, falling: Falling, start: Start) -> SumDays:
    """Return the days of a sum, from what it is counted from; none while that is awaited."""
    if falling.on is not None:
        return _on_its_day(s, payment, falling.on)
    rule = "payment_policy" if falling.delay is None else rule_of(falling.delay)
    if start.day is None:
        certainty = Certainty.POLICY if falling.delay is None else Certainty.CERTAIN
        return SumDays(rule, start.proof, certainty=certainty, waits=start.waits)
    found = (
        _by_policy(s, payment, falling, start) if falling.delay is None else _by_the_text(s, payment, falling, start)
    )
    return replace(found, certainty=Certainty.CONTESTED) if start.contested else found


def _on_its_day(s: Situation, payment: Payment, day: date) -> SumDays:
    safe, begins = s.calendar.prev_workable(day), s.effect_on
    proof: Proof = (
        given(day, cited(payment.clauses), "jour écrit au texte : {}", "legal"),
        worked("prev_workable", day, safe),
    )
    if begins is not None and safe < begins <= day:  # nobody works from the effect to that day: the day itself
        safe, proof = day, (*proof, kept(day, gives="safe"))
    opens = opening(safe, s.policy.leads_for("payment").notice)
    late_from = s.calendar.next_open(day) + timedelta(days=1)
    out = outside(s, day)
    certainty = Certainty.CONTESTED if out else Certainty.CERTAIN
    return SumDays("day_of_the_text", (*proof, *out), opens, day, safe, late_from, certainty)


def outside(s: Situation, day: date) -> Proof:
    """A day printed before the effect or after the end: to be confirmed, unless an early end is asked about."""
    if is_left_out(s, day):
        return ()
    if s.effect_on is not None and day < s.effect_on:
        return (given(s.effect_on, EFFECT, " ; avant la prise d’effet (le {}) : à vérifier"),)
    last = s.ends_on
    return () if last is None or day <= last else (given(last, END, " ; après la fin (le {}) : à vérifier"),)


def _by_policy(s: Situation, payment: Payment, falling: Falling, start: Start) -> SumDays:
    assert start.day is not None  # noqa: S101 - it is known
    first, proof = start.day, start.proof
    if falling.not_before is not None:
        first = max(first, falling.not_before)
        proof = (
            *proof,
            given(falling.not_before, cited(payment.clauses), ", pas avant le {}"),
            last_of((start.day, falling.not_before)),
        )
    days = POLICY_DAYS if falling.policy_days is None else falling.policy_days
    proof = *proof, *by_our_choice(first, days, s.calendar), note(" (le texte ne donne pas de délai)")
    return SumDays(
        "payment_policy", proof, first, safe=day_given(proof, "safe"), certainty=Certainty.POLICY, anchor=first
    )


def _by_the_text(s: Situation, payment: Payment, falling: Falling, start: Start) -> SumDays:
    delay, first, source = falling.delay, start.day, cited(payment.clauses)
    assert delay is not None and first is not None  # noqa: S101, PT018 - both are said
    days = after(first, delay, s.calendar)
    assert days.legal is not None and days.safe is not None  # noqa: S101, PT018 - a delay that has a last day
    legal, safe, contested = days.legal, days.safe, days.contested
    proof: Proof = (*named_first(delay), *start.proof, *counted_after(first, delay, days, source))
    opens, earliest_day = first, falling.not_before
    if earliest_day is not None:
        opens = max(first, earliest_day)
        bites, legal = earliest_day > legal, max(legal, earliest_day)
        contested = contested or bites
        proof = *proof, *_put_off(s, (days.legal, earliest_day), delay, source, other=bites)
        safe = s.calendar.prev_workable(legal) if bites else safe
    if safe < opens:  # no day that anybody works is left: the last one, be it closed
        safe, proof = legal, (*proof, kept(legal, gives="safe"))
    late_from = s.calendar.next_open(legal) + timedelta(days=1)
    certainty = Certainty.CONTESTED if contested else Certainty.CERTAIN
    return SumDays(rule_of(delay), proof, opens, legal, safe, late_from, certainty, anchor=opens)


def _put_off(s: Situation, days: tuple[date, date], delay: Delay, source: str, *, other: bool) -> Proof:
    """« Pas avant le … » : the later of the two days; the delay may also be read as running from that day."""
    _, earliest_day = days
    proof: Proof = (given(earliest_day, source, " ; pas avant le {}"), last_of(days, gives="legal"))
    if not other:
        return proof
    counted = plus(
        earliest_day, delay, source, after(earliest_day, delay, s.calendar).legal or earliest_day,
        " ; autre lecture, délai compté de ce jour : le {}",
    )  # fmt: skip
    return *proof, worked("prev_workable", earliest_day, s.calendar.prev_workable(earliest_day)), counted
