"""What ``echeancier notice`` answers for each termination clause, in either direction."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from echeancier.domain.dates.notice import NoticeEffect, PostingAdvice, if_posted_on, to_end_on
from echeancier.domain.dates.words import figures
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.clauses import Termination


@dataclass(frozen=True)
class PostedLetter:
    """A letter and what is known of its journey.

    Attributes:
        posted: the postmark.
        presented: first presentation, once known.
        delivered: delivery against signature, once known.
        dated: the last day that the letter itself names.
    """

    posted: date
    presented: date | None = None
    delivered: date | None = None
    dated: date | None = None


@dataclass(frozen=True)
class Answer:
    """The answer for one clause: exactly one of ``advice``, ``effect`` and ``impossible`` is there.

    Attributes:
        advice: when to post.
        effect: what a posted letter produces.
        impossible: in French, why this clause gives no answer.
        pointless: the end it gives is the natural one, or comes so soon before it that no letter is worth it.
    """

    rule: Termination
    advice: PostingAdvice | None = None
    effect: NoticeEffect | None = None
    impossible: str = ""
    pointless: bool = False


def to_end(s: Situation, rule: Termination, end: date) -> Answer:
    """Return when to post under a clause so that ``end`` is the last day in force.

    Where an amendment changed the clause, by the terms in force on the day to post by; failing that, the earliest of these days.
    """
    found: list[tuple[bool, date, Answer]] = []
    for number, version in enumerate(s.versions.all):
        under = next((one for one in version.convention.termination if one.id == rule.id), None)
        answer = None if under is None else _to_end(s.by_version(number), under, end)
        day = (
            None if answer is None or answer.advice is None else answer.advice.legal_last_day or answer.advice.safe_day
        )
        if answer is not None and day is not None:
            found.append((s.versions.on(day) == number, day, answer))
    ruling = [answer for in_its_time, _, answer in found if in_its_time]
    if ruling or not found:
        return ruling[-1] if ruling else _to_end(s, rule, end)
    return min(found, key=itemgetter(1))[2]


def _to_end(s: Situation, rule: Termination, end: date) -> Answer:
    try:
        advice = to_end_on(end, s.notice(rule), s.calendar, s.latest_end, s.effect_on)
    except ValueError as problem:
        return Answer(rule, impossible=str(problem))
    return Answer(rule, advice=advice, pointless=s.is_pointless(rule, advice.ends_on))


def once_posted(s: Situation, rule: Termination, letter: PostedLetter) -> Answer:
    """Return the last day in force that a letter produces under a clause."""
    if s.effect_on is not None and letter.posted < s.effect_on:
        return Answer(
            rule,
            impossible=f"postée le {figures(letter.posted)}, la lettre précéderait la prise d’effet "
            f"({figures(s.effect_on)}) : une convention qui n’a pas commencé ne se résilie pas",
        )
    if (early := s.notice(rule).not_on(letter.posted)) is not None:
        return Answer(rule, impossible=early.fr)
    try:
        effect = if_posted_on(
            letter.posted, s.notice(rule), s.calendar, s.latest_end, s.effect_on,
            letter.presented, letter.delivered, letter.dated,
        )  # fmt: skip
    except ValueError as problem:
        return Answer(rule, impossible=str(problem))
    return Answer(rule, effect=effect, pointless=s.is_pointless(rule, effect.expected))
