"""The file of a steering committee: what that convention asks to look at, as its agenda knows it on a day."""

from datetime import date
from typing import Literal

from domain.agenda import agenda_of
from domain.items import TO_DO, Agenda, Item, Question, State
from domain.labels import CERTAINTIES, STATES
from domain.letters_to_write.wording import capital
from domain.model import Frozen
from domain.pack_decisions import decisions
from domain.pack_indicators import Indicator, Measure, indicators, measures
from domain.pack_words import article, since_when
from domain.procedures.shape import side_name
from domain.situation import Situation
from domain.words import figures, hour, in_words, moment

AHEAD_MONTHS = 12
_ALWAYS_LEFT_OUT = frozenset({"act", "signature", "end"})
"""What is not a duty: the birth of the convention, and its last day, which stands at the head."""
_OURS_ALONE = frozenset({"notice", "recourse", "breach", "dispute", "termination"})
"""What one side prepares for itself: never in a file that both sides receive."""
_OVER = frozenset({State.LATE, State.MISSED})


class Line(Frozen):
    """One row: what, by when, in what state, by which article."""

    day: str
    what: str
    who: str
    article: str
    state: str


class Side(Frozen):
    """What one side kept and what it did not."""

    name: str
    kept: tuple[Line, ...]
    missed: tuple[Line, ...]


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
    indicators: tuple[Indicator, ...]
    measures: tuple[Measure, ...]
    sides: tuple[Side, ...]
    coming: tuple[Line, ...]
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
    left_out = _ALWAYS_LEFT_OUT | (_OURS_ALONE if shared else frozenset())
    hidden = _act_clauses(s) if shared else set()
    items = tuple(i for i in agenda.items if i.kind not in left_out and i.clause.id not in hidden)
    questions = tuple(q for q in agenda.questions if not q.answered and not (shared and _ours_alone(s, q)))
    names = {**{key: party.name_on(s.today) for key, party in c.parties.items()}, "both": "Ensemble"}
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


def _grouped(lines: list[Line]) -> tuple[Line, ...]:
    """Lines that differ by their day alone become one."""
    found: dict[tuple[str, str, str], list[Line]] = {}
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


def _line(s: Situation, item: Item) -> Line:
    day = item.done_on or _last(item)
    sure = CERTAINTIES[item.certainty].fr
    state = STATES[item.state].fr
    return Line(
        day=_shown(item, day),
        what=item.title.fr,
        who="Ensemble" if item.owed_by == "both" else side_name(s, item.owed_by),
        article=article(item.clause),
        state=state if sure == "certain" or item.done_on else f"{state} ({sure})",
    )


def _shown(item: Item, day: date | None) -> str:
    if item.meeting_at is not None and item.done_on is None:
        return f"{figures(item.meeting_at.date())}, {hour(item.meeting_at)}"
    return figures(day) if day else "—"


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
    return set(s.convention.act.clauses) if s.convention.act else set()


def _session(s: Situation, agenda: Agenda, key: str) -> str:
    ahead = (
        i.meeting_at
        for i in agenda.items
        if i.kind == "committee" and key in ("", i.key) and i.meeting_at and i.meeting_at >= s.now
    )
    found = min(ahead, default=None)
    return moment(found, s.calendar.time_zone) if found else ""
