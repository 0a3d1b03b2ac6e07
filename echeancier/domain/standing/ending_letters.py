"""The registered letters that end a convention: what is known of each, and the last day in force it produces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from echeancier.domain.dates.delay import exceeds, plus
from echeancier.domain.dates.notice import NoticeEffect, NoticeTerms, if_posted_on
from echeancier.domain.dates.proof import cited
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.letters import (
    LetterDelivered,
    LetterPosted,
    LetterPresented,
    LetterReturned,
    NoticeWithdrawn,
)
from echeancier.domain.standing.first_day import as_answered
from echeancier.domain.standing.renewals import period_of
from echeancier.domain.terms.clauses import RequiredState, Termination

if TYPE_CHECKING:
    from echeancier.domain.standing.situation import Situation


@dataclass(frozen=True)
class EndingLetter:
    """One letter.

    Attributes:
        id: the id of the fact that recorded its posting.
        rule: the termination clause it uses.
        presented_on, delivered_on: as far as recorded.
        outcome: how it came back, None while it did not.
        withdrawn: both sides agreed to go on.
        effect: the last day in force it produces.
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

    @property
    def ends_on(self) -> date | None:
        """The last day in force to live by: the earliest reading when we received it, the expected one when we sent it.

        None when it was withdrawn or changes nothing.
        """
        if self.withdrawn or self.effect.useless:
            return None
        return self.effect.earliest if self.received_by_us else self.effect.expected


class WhenToPost(NamedTuple):
    """When a clause lets its letter be posted: from a day, until another, or not before an event that is awaited."""

    opens: date | None = None
    closes: date | None = None
    waits_for: str = ""


def right_of(s: Situation, rule: Termination) -> WhenToPost:
    """Return when a clause lets its letter be posted, as far as the events it depends on are recorded."""
    opens = [day for day in (s.anniversary(rule.after_years or 0) if rule.after_years else None,) if day is not None]
    closes: date | None = None
    for block in (rule.within, rule.requires):
        if block is None:
            continue
        happened = s.of_event(block.event)
        if not happened:
            return WhenToPost(waits_for=block.event)
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
    """Return every recorded letter, in recording order, with its effect recomputed from all that is known of it."""
    convention, records = s.convention, s.records
    rules = {rule.id: rule for rule in convention.termination}
    found: list[EndingLetter] = []
    for record in records:
        posted = record.fact
        if not isinstance(posted, LetterPosted) or posted.rule not in rules:
            continue
        about = [r.fact for r in records]
        presented = _day_of(about, LetterPresented, record.id)
        delivered = _day_of(about, LetterDelivered, record.id)
        rule = rules[posted.rule]
        effect = if_posted_on(
            posted.on,
            s.notice(rule),
            s.calendar,
            s.latest_end or _known_so_far(s, rule),
            s.effect_on,
            presented,
            delivered,
            posted.effect_wanted,
        )
        found.append(
            EndingLetter(
                id=record.id,
                rule=rule,
                posted=posted,
                presented_on=presented,
                delivered_on=delivered,
                outcome=next(
                    (x.outcome for x in reversed(about) if isinstance(x, LetterReturned) and x.letter == record.id),
                    None,
                ),
                withdrawn=any(isinstance(x, NoticeWithdrawn) and x.letter == record.id for x in about),
                effect=effect,
                received_by_us=posted.by != convention.us,
            )
        )
    return tuple(found)


def _known_so_far(s: Situation, rule: Termination) -> date | None:
    """The last end known of a term that renews itself for a time nobody knows: a denial bites there, or not as yet."""
    unknown = rule.until == "term" and s.period_ends is not None and period_of(s) is None
    return s.period_ends.last if unknown and s.period_ends is not None else None


def _day_of(about: list[Fact], kind: type[LetterPresented | LetterDelivered], letter: str) -> date | None:
    return next((x.on for x in reversed(about) if isinstance(x, kind) and x.letter == letter), None)
