"""The file of a steering committee.

What the convention asks to look at, measure and decide, as its agenda knows it on a day.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from echeancier.domain.agenda.agenda import agenda_of
from echeancier.domain.agenda.item_row import how_sure, item_row, side
from echeancier.domain.agenda.items import TO_DO, Agenda, Item, Question, State
from echeancier.domain.agenda.renewal import decided, way
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import in_words, moment
from echeancier.domain.letters.frame import capital, substance
from echeancier.domain.model import Frozen
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Clause
from echeancier.domain.terms.duties import Duty, EndDuty, EventDuty, OneOff
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from echeancier.domain.typography import NBSP

_WAYS = {
    "amendment": "un avenant signé par toutes les parties au plus tard à cette date",
    "by-one": "la décision de la partie que le texte désigne, dans les temps qu’il fixe",
    "with-parent": "un acte signé au plus tard à cette date, la convention mère ayant été prorogée",
    "replaced": "une nouvelle convention, le texte ne permettant plus d’avenant",
    "new-convention": "une nouvelle convention ; aucune clause ne la renouvelle d’elle-même",
}
_DECIDED = {
    "renew": "le renouvellement est décidé",
    "amend": "un avenant est décidé",
    "new-convention": "une nouvelle convention est décidée",
    "let-lapse": "la convention ira à son terme sans suite",
}
RENEWAL_MONTHS = 12
"""How long before the end a committee is asked what comes next: a policy of ours."""


def decisions(s: Situation, items: tuple[Item, ...], questions: tuple[Question, ...]) -> tuple[str, ...]:
    """Return what is to be decided, each as a sentence: the end first, then what is late, then what is open."""
    return (*_end(s, items), *_amendments(s, items), *_to_catch_up(items), *_open_questions(questions))


def _end(s: Situation, items: tuple[Item, ...]) -> Iterator[str]:
    end = s.natural_end
    if s.renews_itself and s.period_end is not None:  # the others read it too: no day of ours to write to them
        period = in_words(s.period_end, weekday=False)
        yield f"La période en cours finit le {period}. Décider de la dénoncer ou de la laisser se reconduire."
        return
    if end is None or s.is_over:
        return
    if s.ended_early and s.ends_on is not None:
        yield f"La convention prend fin de façon anticipée le {in_words(s.ends_on, weekday=False)} : en tirer les suites."
        return
    found = way(s)
    if found == "none" or s.today < add_months(end, -RENEWAL_MONTHS):
        return
    words = f"La convention finit le {in_words(end, weekday=False)}"
    decision = decided(s)
    if decision is not None:
        yield f"{words} : {_DECIDED[decision.decision]} ; en confirmer le calendrier.{_last_steps(s, items)}"
        return
    yield f"{words}. Décider de la suite : la reconduire demande {_WAYS[found]}.{_last_steps(s, items)}"


def _last_steps(s: Situation, items: tuple[Item, ...]) -> str:
    names = {"vote": "vote au plus tard le", "signatures": "signatures au plus tard le"}
    found = []
    for item in items:
        words = names.get(item.step) if item.kind == "renewal" else None
        if words and item.state in TO_DO and item.safe_day and item.safe_day >= s.today:
            found.append(f"{words} {in_words(item.safe_day, weekday=False)}")
    return f" Calendrier proposé : {', '.join(found)}." if found else ""


def _amendments(s: Situation, items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        day = item.legal_last_day
        if item.traits.is_signed and item.state in TO_DO and day and day <= add_months(s.today, 12):
            yield f"«{NBSP}{item.title.fr}{NBSP}» : à préparer pour le {in_words(day, weekday=False)}."


def _to_catch_up(items: tuple[Item, ...]) -> Iterator[str]:
    counts: dict[str, int] = {}
    for item in items:
        if item.state in (State.LATE, State.MISSED) and item.kind != "renewal":
            counts[item.title.fr] = counts.get(item.title.fr, 0) + 1
    for title, count in counts.items():
        times = f"{count} échéances passées sans trace" if count > 1 else "une échéance passée sans trace"
        yield f"«{NBSP}{title}{NBSP}» : {times}. Constater, rattraper, ou convenir d’autre chose."


def _open_questions(questions: tuple[Question, ...]) -> Iterator[str]:
    for question in questions:
        if question.kind == "contested":
            yield f"Retenir une lecture, par écrit : {question.about.fr}"
        elif question.answer == "months":
            yield f"Choisir un rythme : {question.about.fr}"


def article(clause: Clause) -> str:
    """Return where a clause stands, in full words."""
    return capital(re.sub(r"\bart\. ", f"article{NBSP}", clause.article))


def since_when(s: Situation) -> date | None:
    """Return the day of the last committee held before today, else the first day in force, None while unknown."""
    committees = {duty.id for duty in s.convention.duty if duty.kind == "committee"}
    held = [day for item, day in s.meetings_held.items() if series_of(item) in committees and day < s.today]
    return max(held, default=s.operational_from)


class Indicator(Frozen):
    """One thing a clause asks to look at; what is found is written by hand during the session."""

    article: str
    says: str
    about: str


class Measure(Frozen):
    """How many times a recurring duty was kept, of the times it fell due in the period."""

    what: str
    article: str
    kept: int
    due: int
    quota: str


def indicators(s: Situation) -> tuple[Indicator, ...]:
    """Return what the convention's own evaluation looks at.

    The clauses of committees, reports and evaluations, each clause once, then the indicators that the text names.
    """
    found: dict[str, Indicator] = {}
    for title, clauses in _evaluations(s):
        for one in clauses:
            clause = s.clause((one,))
            found.setdefault(one, Indicator(article=article(clause), says=substance(clause), about=title))
    return (*found.values(), *_named(s))


def _named(s: Situation) -> Iterator[Indicator]:
    """The indicators that the text names one by one: a line for each, so that what is found stands beside it."""
    for duty in s.convention.duty:
        for one in duty.meeting.indicators if duty.meeting is not None and duty.traits.evaluates else ():
            yield Indicator(article=article(s.clause(duty.clauses)), says=one, about=duty.title)


def topics(s: Situation, item: str = "") -> tuple[str, ...]:
    """Return what the text puts on the agenda of a committee: of the one of that key, else of every committee."""
    return tuple(
        one
        for duty in s.convention.duty
        if duty.kind == "committee" and duty.meeting is not None and (not item or series_of(item) == duty.id)
        for one in duty.meeting.topics
    )


def _evaluations(s: Situation) -> Iterator[tuple[str, tuple[str, ...]]]:
    c = s.convention
    owing: tuple[Duty | OneOff | EndDuty | EventDuty, ...] = (*c.duty, *c.one_off, *c.end_duty, *c.event_duty)
    for owed in owing:
        if ITEM_KINDS[owed.kind].evaluates:
            yield owed.title, owed.clauses


def measures(s: Situation, items: tuple[Item, ...], since: date | None) -> tuple[Measure, ...]:
    """Return the count of each recurring duty, over the occurrences whose last day lies in the period.

    An occurrence done ahead counts on the day it was done; one that is only due as far as possible does not count as
    missed, but counts when it was done.
    """
    found = []
    for duty in s.convention.duty:
        mine = [item for item in items if item.series == duty.id]
        done = [i for i in mine if i.done_on is not None and (since is None or i.done_on >= since)]
        missed = [
            i
            for i in mine
            if i.state in (State.LATE, State.MISSED)
            and i.legal_last_day is not None
            and (since is None or i.legal_last_day >= since)
        ]
        if done or missed:
            quota = next((item.quota for item in mine if item.quota), "")
            found.append(
                Measure(
                    what=duty.title,
                    article=article(s.clause(duty.clauses)),
                    kept=len(done),
                    due=len(done) + len(missed),
                    quota=quota,
                )
            )
    return tuple(found)


AHEAD_MONTHS = 12
_OVER = frozenset({State.LATE, State.MISSED})


class FileRow(Frozen):
    """One row: what, by when, in what state, by which article."""

    day: str
    what: str
    who: str
    article: str
    state: str


class Side(Frozen):
    """What one side kept and what it did not."""

    name: str
    kept: tuple[FileRow, ...]
    missed: tuple[FileRow, ...]


class Open(Frozen):
    """A question still open, with its readings as (reading, what it changes)."""

    about: str
    article: str
    kind: Literal["blank", "contested"]
    readings: tuple[tuple[str, str], ...]
    prudent: str


class Pack(Frozen):
    """Everything the file of a session shows; days are in words or in figures already.

    Attributes:
        shared: both sides may read it: what one side prepares for itself is left out.
        since, until: the period looked back on.
        session: when the committee meets, if its date is fixed.
        topics: what the text puts on its agenda.
        ends_on: the last day in force; empty while it is unknown, or while something may still renew the convention.
        bound_until: the day until which it binds where it renews itself; empty for any other.
        without_day: why there is no known last day, where the text says it; empty otherwise.
    """

    reference: str
    title: str
    number: str
    shared: bool
    parties: tuple[str, ...]
    since: str
    until: str
    session: str
    effect_on: str
    ends_on: str
    bound_until: str
    without_day: str
    topics: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...]
    measures: tuple[Measure, ...]
    sides: tuple[Side, ...]
    coming: tuple[FileRow, ...]
    questions: tuple[Open, ...]
    decisions: tuple[str, ...]


def pack_of(s: Situation, *, shared: bool = True, item: str = "") -> Pack:
    """Return the file of the next session, looking back to the last committee held, or to the beginning.

    Args:
        s: terms, facts and the day it is drawn up.
        shared: leave out what one side prepares for itself: notices, breaches, disputes, the authority to sign, and
            the questions about them.
        item: the key of the session it is for; the next one without it.
    """
    agenda = agenda_of(s)
    c, since = s.convention, since_when(s)
    kept = ("shared",) if shared else ("shared", "ours")
    hidden = _act_clauses(s) if shared else set()
    items = tuple(i for i in agenda.items if i.traits.in_session_file in kept and i.clause.id not in hidden)
    questions = tuple(q for q in agenda.questions if not q.answered and not (shared and _ours_alone(s, q)))
    names = {
        **{key: party.name_on(s.today) for key, party in c.parties.items()},
        c.together: side(s, c.together).in_full("fr").capitalize(),
    }
    return Pack(
        reference=c.reference,
        title=c.title,
        number=c.number,
        shared=shared,
        parties=tuple(party.name_on(s.today) for party in c.parties.values()),
        since=in_words(since, weekday=False) if since else "",
        until=in_words(s.today, weekday=False),
        session=_session(s, agenda, item),
        effect_on=in_words(s.effect_on, weekday=False) if s.effect_on else "",
        ends_on=in_words(s.ends_on, weekday=False) if s.ends_on else "",
        bound_until=in_words(s.bound_until, weekday=False) if s.renews_itself and s.bound_until else "",
        without_day=agenda.end.instead.fr if agenda.end.instead else "",
        topics=topics(s, item),
        indicators=indicators(s),
        measures=measures(s, items, since),
        sides=tuple(found for key, name in names.items() if (found := _side(s, key, name, items, since))),
        coming=tuple(_line(s, item) for item in items if _is_coming(s, item)),
        questions=tuple(_open(question) for question in questions),
        decisions=decisions(s, items, questions),
    )


def _side(s: Situation, key: str, name: str, items: tuple[Item, ...], since: date | None) -> Side | None:
    mine = [item for item in items if item.owed_by == key]
    first = since or date.min
    kept = [_line(s, i) for i in mine if i.done_on is not None and i.done_on >= first]
    missed = [_line(s, i) for i in mine if i.state in _OVER and (_last(i) or date.min) >= first]
    if not kept and not missed:
        return None
    return Side(name=name, kept=_grouped(kept), missed=_grouped(missed))


def _grouped(lines: list[FileRow]) -> tuple[FileRow, ...]:
    """Lines that differ by their day alone become one."""
    found: dict[tuple[str, str, str], list[FileRow]] = {}
    for line in lines:
        found.setdefault((line.what, line.article, line.state), []).append(line)
    return tuple(
        same[0].model_copy(update={"day": ", ".join(dict.fromkeys(line.day for line in same))})
        for same in found.values()
    )


def _last(item: Item) -> date | None:
    return item.legal_last_day or item.safe_day


def _is_coming(s: Situation, item: Item) -> bool:
    day = _last(item)
    if day is None or item.state not in TO_DO or item.state in _OVER:
        return False
    return s.today <= day and (day.year - s.today.year) * 12 + day.month - s.today.month <= AHEAD_MONTHS


def _line(s: Situation, item: Item) -> FileRow:
    row = item_row(s, item, "fr", typeset=str)  # whoever prints the file sets its type
    return FileRow(
        day=row.done or row.meeting or row.last or row.safe or "—",
        what=row.title,
        who=row.by.name or "Ensemble",
        article=article(item.clause),
        state=row.state
        if how_sure(item) in (None, Certainty.CERTAIN) or row.done
        else f"{row.state} ({row.certainty})",
    )


def _open(question: Question) -> Open:
    prudent = next((r.says.fr for r in question.readings if r.id == question.prudent), "")
    return Open(
        about=question.about.fr,
        article=article(question.clause),
        kind="contested" if question.kind == "contested" else "blank",
        readings=tuple((capital(r.says.fr), capital(r.changes.fr)) for r in question.readings),
        prudent=capital(prudent),
    )


def _ours_alone(s: Situation, question: Question) -> bool:
    c = s.convention
    private = {one for rule in c.termination for one in rule.clauses} | _act_clauses(s)
    private |= {one for breach in c.breach for one in breach.clauses}
    private |= {one for breach in c.breach for step in breach.steps for one in step.clauses}
    return question.clause.id in private


def _act_clauses(s: Situation) -> set[str]:
    """Clauses about what an assembly authorised: between it and whoever signs for it."""
    return {clause for act in s.convention.act for clause in act.clauses}


def _session(s: Situation, agenda: Agenda, key: str) -> str:
    ahead = (
        i.meeting_at
        for i in agenda.items
        if i.kind == "committee" and key in ("", i.key) and i.meeting_at and i.meeting_at >= s.now
    )
    found = min(ahead, default=None)
    return moment(found, s.calendar.time_zone) if found else ""
