"""The registered letters that end a convention: what is known of each, and the last day in force it produces."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from echeancier.domain.dates.delay import exceeds, plus
from echeancier.domain.dates.notice import NoticeEffect, NoticeTerms, if_posted_on
from echeancier.domain.dates.proof import cited
from echeancier.domain.facts.dated import Dated
from echeancier.domain.facts.event_words import event_quoted
from echeancier.domain.facts.letters import (
    LetterDelivered,
    LetterPosted,
    LetterPresented,
    LetterReturned,
    NoticeWithdrawn,
)
from echeancier.domain.model import Text
from echeancier.domain.standing.exits import CONTINUES, addressees, by_addressee, leaves_others, reading_of, to_several
from echeancier.domain.standing.first_day import as_answered
from echeancier.domain.standing.renewals import period_of
from echeancier.domain.terms.clauses import RequiredState, Termination
from echeancier.domain.terms.owing import ALL

if TYPE_CHECKING:
    from echeancier.domain.standing.situation import Situation


@dataclass(frozen=True)
class EndingLetter:
    """One letter.

    Attributes:
        id: the id of the fact that recorded its posting.
        rule: the termination clause it uses.
        presented_on, delivered_on: as far as recorded; to several parties, once all of them have it.
        outcome: how it came back, None while it did not; ``returned_by``: from whom, empty where there is but one.
        withdrawn: both sides agreed to go on.
        effect: the last day in force it produces.
        own_end: the last day in force of whoever wrote it, None when it was withdrawn or changes nothing.
        alone: only that party leaves, which is not ours; the others go on.
    """

    id: str
    rule: Termination
    posted: LetterPosted
    presented_on: date | None
    delivered_on: date | None
    outcome: str | None
    withdrawn: bool
    effect: NoticeEffect
    received_by_us: bool
    own_end: date | None
    returned_by: tuple[str, ...] = ()
    alone: bool = False

    @property
    def ends_on(self) -> date | None:
        """The last day in force to live by: the earliest reading when we received it, the expected one when we sent it.

        None when it was withdrawn, changes nothing, or takes one party out of several.
        """
        return None if self.alone else self.own_end


class WhenToPost(NamedTuple):
    """When a clause lets its letter be posted: from a day, until another, or not before an event that is awaited."""

    opens: date | None = None
    closes: date | None = None
    waits_for: Text | None = None


def right_of(s: Situation, rule: Termination) -> WhenToPost:
    """Return when a clause lets its letter be posted, as far as the events it depends on are recorded."""
    opens = [day for day in (s.anniversary(rule.after_years or 0) if rule.after_years else None,) if day is not None]
    closes: date | None = None
    for block in (rule.within, rule.requires):
        if block is None:
            continue
        happened = s.of_event(block.event)
        if not happened:
            return WhenToPost(waits_for=event_quoted(s.convention, block.event))
        on = happened[-1][1].on
        if isinstance(block, RequiredState):
            opens.append(exceeds(on, as_answered(s, rule.id, block.threshold), s.calendar).strict)
        else:
            opens.append(on)
            closes = plus(on, block.delay, s.calendar)
    return WhenToPost(max(opens, default=None), closes)


def notice_terms(rule: Termination, ends: Iterable[date] = (), right: WhenToPost = WhenToPost()) -> NoticeTerms:  # noqa: B008 - frozen
    """Return a termination clause as the notice calculator takes it.

    Args:
        rule: the clause.
        ends: the ends of a term that renews itself.
        right: when the clause lets a letter be posted.
    """
    return NoticeTerms(
        length=rule.length, starts=rule.starts, until=rule.until, on=_month_day(rule.on), months=rule.period,
        last_day=_month_day(rule.last_day), ends=ends, opens=right.opens, closes=right.closes,
        waits_for=right.waits_for, form=rule.form, source=cited(rule.clauses),
    )  # fmt: skip


def _month_day(text: str | None) -> tuple[int, int] | None:
    return None if text is None else (int(text[:2]), int(text[3:]))


def letters(s: Situation) -> tuple[EndingLetter, ...]:
    """Return every recorded letter, in recording order, with its effect recomputed from all that is known of it.

    The clause is that of the terms in force on the day it was posted.
    """
    found: list[EndingLetter] = []
    out: dict[str, date] = {}
    for record in s.records:
        posted = record.fact
        if not isinstance(posted, LetterPosted):
            continue
        rule = next((one for one in s.terms_on(posted.on).termination if one.id == posted.rule), None)
        if rule is None:
            continue
        letter = _letter(s, record.id, posted, rule, [one for one, day in out.items() if day < posted.on])
        found.append(letter)
        if letter.own_end is not None and reading_of(s, letter.rule) == CONTINUES:
            out[posted.by] = min(letter.own_end, out.get(posted.by, letter.own_end))
    return _with_those_who_go_on(s, found, out) if s.convention.together == ALL else tuple(found)


def _letter(s: Situation, fact_id: str, posted: LetterPosted, rule: Termination, gone: Collection[str]) -> EndingLetter:
    to = addressees(s.convention.parties, posted, gone)
    presented = by_addressee((x for _, x in s.of(LetterPresented)), fact_id, to)
    delivered = by_addressee((x for _, x in s.of(LetterDelivered)), fact_id, to)
    returned = by_addressee((x for _, x in s.of(LetterReturned)), fact_id, to)
    ours, latest_end = posted.by == s.convention.us, s.latest_end or _known_so_far(s, rule)
    effects = [
        if_posted_on(
            posted.on,
            s.notice(rule),
            s.calendar,
            latest_end,
            s.effect_on,
            presented[one].on if one in presented else None,
            delivered[one].on if one in delivered else None,
            posted.effect_wanted,
        )
        for one in to
    ]
    effect = to_several(effects)
    withdrawn = any(x.letter == fact_id for _, x in s.of(NoticeWithdrawn))
    own_end = max(one.expected if ours else one.earliest for one in effects)
    return EndingLetter(
        id=fact_id,
        rule=rule,
        posted=posted,
        presented_on=_once_all_have_it(presented, to),
        delivered_on=_once_all_have_it(delivered, to),
        outcome=next((x.outcome for x in reversed(returned.values())), None),
        withdrawn=withdrawn,
        effect=effect,
        received_by_us=not ours,
        own_end=None if withdrawn or effect.useless else own_end,
        returned_by=tuple(returned) if len(to) > 1 else ("",) if returned else (),
    )


def _once_all_have_it(recorded: Mapping[str, Dated], to: tuple[str, ...]) -> date | None:
    return max((fact.on for fact in recorded.values()), default=None) if len(recorded) == len(to) else None


def _with_those_who_go_on(
    s: Situation, found: Sequence[EndingLetter], leaving: Mapping[str, date]
) -> tuple[EndingLetter, ...]:
    """Mark the letters after which two parties at least go on: those of others, by a clause that lets them."""
    return tuple(
        replace(letter, alone=True)
        if letter.received_by_us
        and letter.own_end is not None
        and reading_of(s, letter.rule) == CONTINUES
        and leaves_others(s.convention.parties, leaving, letter.posted.by)
        else letter
        for letter in found
    )


def _known_so_far(s: Situation, rule: Termination) -> date | None:
    """The last end known of a term that renews itself for a time nobody knows: a denial bites there, or not as yet."""
    unknown = rule.until == "term" and s.period_ends is not None and period_of(s) is None
    return s.period_ends.last if unknown and s.period_ends is not None else None
