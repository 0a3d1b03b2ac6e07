"""What the paper leaves open or contradicts: questions to a role, warnings to everybody, single things to do once."""

from echeancier.domain.agenda.items import Item, Question, ReadingShown, State, Warning
from echeancier.domain.agenda.procedure import Found, opening, roles_of, state_of
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
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
        yield _one_off(s, one)


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
    safe = s.calendar.prev_workable(day) if day else None
    done = s.done_on(one.id)
    opens = opening(safe, s.policy.leads_for(one.kind).notice) if safe else None
    chosen = one.on is None
    return Item(
        series=one.id, kind=one.kind, title=Text(fr=one.title, en=one.title_en), clause=s.clause(one.clauses),
        owed_by=one.owed_by, owed_to=one.owed_to, opens_on=opens, legal_last_day=None if chosen else day, safe_day=safe,
        anchor=day,
        rule="day_chosen" if chosen else "day_of_the_text",
        trace=_trace(one, day), certainty=Certainty.CHOSEN if chosen else Certainty.CERTAIN, done_on=done,
        state=State.DONE if done else state_of(s, opens_on=opens, last_day=day, done_on=None),
        responsible=roles_of(s, one.owed_by, one.responsible),
        informed=tuple(dict.fromkeys((*one.informed, s.convention.coordinator))),
    )  # fmt: skip


def _trace(one: OneOff, day: object) -> str:
    if one.on is not None:
        return f"jour écrit au texte : {figures(one.on)}"
    if day is None:
        return f"attend la réponse à la question « {one.question} »"
    return "jour choisi par le coordinateur, non contractuel"
