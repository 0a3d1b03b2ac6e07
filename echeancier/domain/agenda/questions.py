"""What the paper leaves open or contradicts: questions to a role, warnings to everybody, single things to do once."""

from datetime import date

from echeancier.domain.agenda.after_the_end import is_left_out, left_out
from echeancier.domain.agenda.items import Item, Question, ReadingShown, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, roles_of, rule_of, state_of
from echeancier.domain.dates.delay import Days, after, before_event
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.proof import (
    Gives,
    Proof,
    back_and_safe,
    cited,
    counted_after,
    given,
    named_first,
    note,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.facts import events as e
from echeancier.domain.facts.event_words import event_quoted
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import OpenQuestion
from echeancier.domain.terms.duties import OneOff


def asking(s: Situation) -> Found:
    """Yield the paper's open questions, its oddities, and what is to be done once."""
    for question in s.convention.question:
        yield _question(s, question)
    for remark in s.convention.remark:
        yield Warning(id=remark.id, text=Text(fr=remark.text, en=remark.text_en), clause=s.clause(remark.clauses))
    for one in s.convention.one_off:
        for share in s.convention.shares(one):
            yield _one_off(s, share)


def _question(s: Situation, question: OpenQuestion) -> Question:
    answer = s.answer(question.id)
    said: str | None = None
    if answer is not None:
        said = (
            answer.reading or (figures(answer.day) if answer.day else None) or answer.text or str(answer.months or "")
        )
    return Question(
        id=question.id, about=Text(fr=question.about, en=question.about_en), kind=question.kind,
        readings=tuple(
            ReadingShown(id=r.id, says=Text(fr=r.says, en=r.says_en), changes=Text(fr=r.changes, en=r.changes_en))
            for r in question.readings
        ),
        ask=question.ask, answer=question.answer, clause=s.clause(question.clauses), prudent=question.prudent,
        answered=said,
    )  # fmt: skip


def _one_off(s: Situation, one: OneOff) -> Item:
    answer = s.answer(one.question) if one.question else None
    day = one.on or (answer.day if answer else None)
    counted = one.after or one.before
    start = None if counted is None else day_of(s, one.event or EFFECTIVE)
    days = Days()
    if start is not None and counted is not None:
        days = (after if one.after is not None else before_event)(start, counted, s.calendar)
        day = days.legal
    safe = days.safe or (s.calendar.prev_workable(day) if day else None)
    done = s.done_on(key_of(one.id, one.whose))
    opens = opening(safe, s.policy.leads_for(one.kind).notice) if safe else None
    chosen = one.question is not None
    rule = "days_before" if one.before is not None else rule_of(counted) if counted is not None else "day_of_the_text"
    return Item(
        series=one.id, occurrence=one.whose, kind=one.kind, title=Text(fr=one.title, en=one.title_en),
        clause=s.clause(one.clauses),
        owed_by=one.owed_by, owed_to=one.owed_to, holds_open=one.outlives, opens_on=opens,
        legal_last_day=None if chosen else day, safe_day=safe,
        anchor=day,
        rule="day_chosen" if chosen else rule,
        proof=_proof(s, one, day, start, days), certainty=_certainty(one, days), done_on=done,
        state=State.DONE if done else _state(s, one, day, opens),
        responsible=roles_of(s, one.owed_by, one.responsible),
        informed=tuple(dict.fromkeys((*one.informed, s.convention.coordinator))),
    )  # fmt: skip


def _state(s: Situation, one: OneOff, day: date | None, opens: date | None) -> State:
    """Where it stands; what is counted from the effect is not owed for a day that was over before everybody had signed."""
    from_the_effect = one.after is not None and (one.event or EFFECTIVE) == EFFECTIVE
    if from_the_effect and s.operational_from is None:
        return State.WAITING
    if from_the_effect and day is not None and s.operational_from is not None and day < s.operational_from:
        return State.NOT_DUE
    return State.CANCELLED if _is_left_out(s, one) else state_of(s, opens_on=opens, last_day=day, done_on=None)


def _is_left_out(s: Situation, one: OneOff) -> bool:
    """Whether an early end cancels the day that the text prints."""
    return not one.outlives and is_left_out(s, one.on)


EFFECTIVE = e.OF_THE_CONVENTION[0]


def day_of(s: Situation, event: str) -> date | None:
    """Return the day of an event: of the convention’s own life, else the last one recorded; None while it is unknown."""
    if event in e.OF_THE_CONVENTION:
        own = dict(zip(e.OF_THE_CONVENTION, (s.effect_on, s.last_signature, s.executory_on, s.ends_on), strict=True))
        return own[event]
    recorded = s.of_event(event)
    return recorded[-1][1].on if recorded else None


def _certainty(one: OneOff, days: Days) -> Certainty:
    if one.question is not None:
        return Certainty.CHOSEN
    return Certainty.CONTESTED if days.contested else Certainty.CERTAIN


def _proof(s: Situation, one: OneOff, day: date | None, start: date | None, days: Days) -> Proof:
    counted = one.after or one.before
    if counted is not None:
        if start is None or day is None or days.safe is None:
            event = one.event or EFFECTIVE
            return (note(f"attend {event_quoted(s.convention, event).fr}"),)
        source = cited(one.clauses)
        if one.after is not None:
            begun = *named_first(counted), given(start, one.event or EFFECTIVE)
            return *begun, *counted_after(start, counted, days, source)
        return (
            note(f"{delay_in_words(counted)} avant le "), given(start, one.event or EFFECTIVE),
            *back_and_safe(start, counted, days, source),
        )  # fmt: skip
    if day is None:
        return (note(f"attend la réponse à la question « {one.question} »"),)
    legal: Gives = "legal" if one.question is None else ""
    says = "jour écrit au texte : {}" if one.on is not None else "jour choisi par le coordinateur, non contractuel"
    source = one.question or cited(one.clauses)
    proof: Proof = given(day, source, says, legal), worked("prev_workable", day, s.calendar.prev_workable(day))
    gone = _is_left_out(s, one) and s.done_on(key_of(one.id, one.whose)) is None
    return (*proof, *left_out(s)) if gone else proof
