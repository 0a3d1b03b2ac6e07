"""The days of a breach procedure: the time given to answer, and the last day in force it leads to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from echeancier.domain.dates.delay import Days, Delay, after
from echeancier.domain.dates.delay import plus as delay_plus
from echeancier.domain.dates.delays import ext642
from echeancier.domain.dates.notice import (
    COUNTER_DAYS,
    TRANSIT_OPEN_DAYS,
    EffectRange,
    last_collection_day,
    presentation_day,
)
from echeancier.domain.dates.proof import LAW, POLICY, Proof, Step, cited, given, last_of, plus, worked
from echeancier.domain.facts.breach import BreachStep
from echeancier.domain.standing.breach_cases import ANSWERS, LETTERS, BreachRun
from echeancier.domain.standing.readings import Chosen, chosen
from echeancier.domain.terms.clauses import BreachProcedureStep

if TYPE_CHECKING:
    from echeancier.domain.dates.calendar import WorkingDays
    from echeancier.domain.standing.terms_and_facts import TermsAndFacts

TRANSIT: Final = Delay(open_days=TRANSIT_OPEN_DAYS)
COUNTER: Final = Delay(days=COUNTER_DAYS)
POSTING, RECEIPT = "posting", "receipt"
OUR_COMMENTS, FINAL_DECISION = "our-comments", "final-decision"


@dataclass(frozen=True)
class AnswerTime:
    """The time given to answer a letter.

    Attributes:
        starts: under the earliest, the expected and the latest reading.
        kept: the day it is counted from.
        raw: the end of the delay counted from ``kept``.
        last: the last day to live by: ``raw`` for us, extended for the other side (CPC art. 642, contested).
        reading: how ``kept`` was chosen.
        days: what the delay gives from ``kept``.
    """

    starts: tuple[date, date, date]
    kept: date
    raw: date
    last: date
    ours: bool
    reading: Chosen
    days: Days


def receipt_of(letter: BreachStep, calendar: WorkingDays) -> tuple[date, date, date]:
    """Return the day a letter is received: at the earliest, as expected, at the latest; all equal once delivered.

    What the post has not said yet is estimated: presented after about three working days, collected within fifteen.
    """
    if letter.delivered_on is not None:
        return (letter.delivered_on,) * 3
    presented = letter.presented_on or presentation_day(letter.on, calendar)
    return letter.presented_on or letter.on, presented, last_collection_day(presented)


def window_of(s: TermsAndFacts, case: BreachRun) -> AnswerTime | None:
    """Return the time given to comment or to cure; None while the letter that opens it is not recorded."""
    step, letter = case.defined(*ANSWERS), case.fact(*LETTERS)
    if step is None or step.delay is None or letter is None:
        return None
    ours = step.who == s.convention.us
    received = receipt_of(letter, s.calendar)
    starts = (letter.on, received[1], received[2])
    if step.starts == "receipt":
        reading, starts = Chosen(RECEIPT, settled=True, asked=None), received
    elif step.starts == "information":
        # Whoever must answer counts from the posting; whoever waits for the answer counts from the receipt.
        reading = chosen(s.convention, s.records, step.clauses, (POSTING, RECEIPT), POSTING if ours else RECEIPT)
        if not reading.settled and not ours:
            reading = replace(reading, id=RECEIPT)
        if reading.settled:
            starts = (letter.on,) * 3 if reading.id == POSTING else received
    else:  # « cette lettre recommandée », or the sending itself
        reading = Chosen(POSTING, settled=step.starts == "sending", asked=None)
        if reading.settled:
            starts = (letter.on,) * 3
    kept = starts[0] if ours else starts[2]
    days = after(kept, step.delay, s.calendar)
    raw = days.legal or kept
    # The time of the other side is over under the later reading only.
    last = raw if ours else ext642(max(raw, days.other or raw), s.calendar)
    return AnswerTime(starts, kept, raw, last, ours, reading, days)


class BreachEnd(NamedTuple):
    """The last day in force that a case produces under each reading, and the sums that give them, without words."""

    range: EffectRange
    proof: Proof


def end_of(s: TermsAndFacts, case: BreachRun) -> EffectRange | None:
    """Return the last day in force that a case produces, None while it produces none."""
    found = how_it_ends(s, case)
    return None if found is None else found.range


def received_so(letter: BreachStep, calendar: WorkingDays) -> Proof:
    """Return the days on which a letter left and is received, as recorded or as the post is used to, without words."""
    left = given(letter.on, "breach", "")
    if letter.delivered_on is not None:
        return left, given(letter.delivered_on, "breach", "")
    usual = presentation_day(letter.on, calendar)
    presented = letter.presented_on or usual
    known = (
        plus(letter.on, TRANSIT, POLICY, usual, "") if letter.presented_on is None else given(presented, "breach", "")
    )
    return left, known, plus(presented, COUNTER, LAW, last_collection_day(presented), "")


def how_it_ends(s: TermsAndFacts, case: BreachRun) -> BreachEnd | None:
    """Return the last day in force that a case produces and how, None while it produces none.

    A case that was maintained ends on the day recorded. Otherwise the text's own sequence: one month from « la
    réponse » once a decision is recorded, or automatically when the time to cure is over.
    """
    if case.closed is not None:
        closed = _single(case.closed.on), (given(case.closed.on, case.closed_by, ""),)
        return BreachEnd(*closed) if case.closed.outcome == "maintained" else None
    ends = case.defined("ends")
    if ends is None:
        return None
    if ends.starts == "answer":
        return _after_the_answer(s, case, ends)
    window, letter = window_of(s, case), case.fact(*LETTERS)
    cure = case.defined("cure")
    if window is None or cure is None or cure.delay is None or letter is None or "cure" in case.steps:
        return None
    days = [delay_plus(start, cure.delay, s.calendar) for start in window.starts]
    latest = ext642(days[2], s.calendar)
    counted = tuple(
        plus(start, cure.delay, cited(cure.clauses), day, "") for start, day in zip(window.starts, days, strict=True)
    )
    proof = *received_so(letter, s.calendar), *counted, worked("next_open", days[2], latest, gives="")
    return BreachEnd(EffectRange(earliest=days[0], expected=days[1], latest=latest), proof)


def lived_by(s: TermsAndFacts, case: BreachRun, end: EffectRange) -> date:
    """Return the last day in force to live by: the earliest reading for the side accused, never too early for the other."""
    return end.earliest if s.convention.us in case.breach.against else end.latest


def _after_the_answer(s: TermsAndFacts, case: BreachRun, ends: BreachProcedureStep) -> BreachEnd | None:
    decision, comments = case.fact("decide"), case.fact("comment")
    delay = ends.delay
    if decision is None or delay is None:
        return None
    reading = chosen(s.convention, s.records, ends.clauses, (OUR_COMMENTS, FINAL_DECISION), OUR_COMMENTS)
    received = receipt_of(decision, s.calendar)

    sums: list[Step] = [*received_so(decision, s.calendar)]

    def later(day: date, *, not_before: date | None = None) -> date:
        found = delay_plus(day, delay, s.calendar)
        sums.append(plus(day, delay, cited(ends.clauses), found, ""))
        if not_before is None:
            return found
        sums.append(last_of((found, not_before)))
        return max(found, not_before)

    after_decision = [later(day) for day in received]
    if comments is None:
        days = after_decision if reading.settled else [later(decision.on), *after_decision]
        return BreachEnd(_range(days), tuple(sums))
    # Nothing ends before the decision that maintains it is sent.
    sums += received_so(comments, s.calendar)
    after_comments = [later(day, not_before=decision.on) for day in receipt_of(comments, s.calendar)]
    if reading.settled:
        return BreachEnd(_range(after_comments if reading.id == OUR_COMMENTS else after_decision), tuple(sums))
    earliest = later(comments.on, not_before=decision.on)
    both = [earliest, later(decision.on), *after_comments, *after_decision]
    return BreachEnd(EffectRange(earliest=min(both), expected=after_decision[1], latest=max(both)), tuple(sums))


def _range(days: list[date]) -> EffectRange:
    return EffectRange(earliest=min(days), expected=days[-2] if len(days) > 1 else days[0], latest=max(days))


def _single(day: date) -> EffectRange:
    return EffectRange(earliest=day, expected=day, latest=day)
