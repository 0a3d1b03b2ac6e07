"""Duties that come back.

Periods counted from one anchor, the last and safe days of each, and how many were kept.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from echeancier.domain.agenda.items import Item, Question, ReadingShown, State, Warning
from echeancier.domain.agenda.meetings import met
from echeancier.domain.agenda.procedure import Found, cut_by, roles_of, side_name, state_of
from echeancier.domain.agenda.quota import own_part, times_owed
from echeancier.domain.agenda.turns import year_begins
from echeancier.domain.dates.delays import Period, add_months, periods
from echeancier.domain.dates.proof import (
    EFFECT,
    END,
    OPERATIONAL,
    Proof,
    cited,
    eve,
    given,
    kept,
    months,
    note,
    worked,
)
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.dates.words import figures
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.standing.suspension import stopped
from echeancier.domain.terms.duties import Duty, Rhythm

_NOT_COUNTED = frozenset({State.NOT_DUE, State.CANCELLED, State.SUSPENDED})


class _Time(NamedTuple):
    """One time that a duty is owed, before it is counted with the others and put into words.

    Attributes:
        number: which of its period, from 1.
        occurrence: what tells it from the others of its duty.
        due: the day to act by.
        sums: the steps that give it.
        year: the first day of the year (counted from the anchor), or of the longer period, that it is counted in.
        is_last: whether it is the last one of its period.
        in_proportion: whether its period owes its part only: how it is rounded is ours.
    """

    period: Period
    number: int
    occurrence: str
    due: date
    sums: Proof
    opens: date
    state: State
    done_on: date | None
    meeting_at: datetime | None
    year: date
    is_last: bool
    in_proportion: bool


@dataclass(frozen=True)
class _Words:
    """What is counted: one, several, and what was not kept in time."""

    one: str
    many: str
    none: str
    over: str
    done: str
    late: str


_SENT = _Words("envoi reçu", "envois reçus", "aucun envoi reçu", "en retard", "received", "late")
_HELD = _Words("rencontre tenue", "rencontres tenues", "aucune rencontre tenue", "manquée{s}", "held", "missed")
_DONE = _Words("fois fait", "fois fait", "aucune fois", "en retard", "done", "late")


def _standing(s: Situation, duty: Duty, rhythm: Rhythm, first: date, times: list[_Time]) -> Text | None:
    """Return how many of a year, or of a longer period, were kept.

    What comes but once in a year is counted only when it was not kept: who owed it is then said.
    """
    owed = [time.state for time in times if time.state not in _NOT_COUNTED]
    late = owed.count(State.LATE) + owed.count(State.MISSED)
    if not owed or (len(owed) == 1 and not late):
        return None
    done = owed.count(State.DONE)
    last = date.fromordinal(add_months(first, max(12, rhythm.every_months)).toordinal() - 1)
    if s.bound_until is not None:
        last = min(last, s.bound_until)
    words = _words(duty)
    kept = words.none if not done else f"{done} {words.many if done > 1 else words.one}"
    over = words.over.format(s="s" if late > 1 else "")
    fr = f"du {figures(first)} au {figures(last)} : {kept} sur {len(owed)}"
    en = f"from {first} to {last}: {done} of {len(owed)} {words.done}"
    if len(owed) == 1:
        fr = f"rien d’enregistré pour la période du {figures(first)} au {figures(last)}"
        en = f"nothing recorded for the period from {first} to {last}"
    elif late:
        fr, en = f"{fr}, {late} {over}", f"{en}, {late} {words.late}"
    return Text(
        fr=f"{fr} ; dû par {side_name(s, duty.owed_by)}",
        en=f"{en}; owed by {side_name(s, duty.owed_by, 'en')}",
    )


def _words(duty: Duty) -> _Words:
    if duty.traits.is_meeting:
        return _HELD
    return _SENT if duty.traits.is_sent else _DONE


ONCE, NEVER = "once-by-the-end", "never"
"""The readings of a rhythm longer than the whole term."""
CONTRACT_YEAR, CIVIL_YEAR = "contract-year", "civil-year"

_STOPPABLE = frozenset(
    {State.UPCOMING, State.OPEN, State.BEST_EFFORT, State.LATE, State.MISSED, State.WAITING, State.ELAPSED}
)
"""States that a suspension takes over: what was done, or was never due, keeps its own."""


def recurring(s: Situation) -> Found:
    """Yield every period of every recurring duty, and a question for each duty whose text gives no number."""
    for duty in s.convention.duty:
        if duty.when is not None:
            continue  # `calendar_duties`
        rhythm = rhythm_of(s, duty)
        if duty.rhythm is None:
            yield _no_number(s, duty)
        if rhythm is None or s.effect_on is None:
            continue
        if _has_no_whole_period(s, rhythm):
            yield _no_whole_period(s, duty, rhythm)
            if (answer := s.answer(whole_period_id(duty))) is not None and answer.reading == NEVER:
                continue
        for share in s.convention.shares(duty):
            items = tuple(_items(s, share, rhythm, anchor_of(s.effect_on, rhythm)))
            yield from items
            yield from _too_long_since_the_last(s, share, rhythm, items)


def rhythm_of(s: Situation, duty: Duty) -> Rhythm | None:
    """Return the rhythm of the text, or the one the coordinator chose in its place (never contractual).

    Where the paper asks which year « par an » means, the answer decides.
    """
    if duty.rhythm is not None:
        year = s.reading(duty.clauses, (CONTRACT_YEAR, CIVIL_YEAR), CONTRACT_YEAR)
        if year.asked is None:
            return duty.rhythm
        return duty.rhythm.model_copy(update={"year": "civil" if year.id == CIVIL_YEAR else "contract"})
    answer = s.answer(question_id(duty))
    return Rhythm(every_months=answer.months, chosen=True) if answer is not None and answer.months else None


def question_id(duty: Duty) -> str:
    """Return the id of the question put when a duty has no rhythm."""
    return f"rhythm/{duty.id}"


def whole_period_id(duty: Duty) -> str:
    """Return the id of the question put when a rhythm is longer than the whole term."""
    return f"whole-period/{duty.id}"


def _has_no_whole_period(s: Situation, rhythm: Rhythm) -> bool:
    """Whether the term ends before the first period does, and nothing renews it."""
    if s.effect_on is None or s.natural_end is None or s.convention.renewal.how != "none" or rhythm.chosen:
        return False
    return add_months(anchor_of(s.effect_on, rhythm), rhythm.every_months) > s.natural_end + timedelta(days=1)


def _no_whole_period(s: Situation, duty: Duty, rhythm: Rhythm) -> Question:
    end, answer = s.natural_end, s.answer(whole_period_id(duty))
    assert end is not None  # noqa: S101 - the caller looked
    many, many_en = ("une fois", "once") if rhythm.count == 1 else (f"{rhythm.count} fois", f"{rhythm.count} times")
    by_the_end = Text(fr=f"dû {many}, au plus tard le {figures(end)}", en=f"owed {many_en}, by {end}")
    return Question(
        id=whole_period_id(duty), kind="contested", answer="reading", ask=s.convention.coordinator,
        about=Text(
            fr=f"« {duty.title} », tous les {rhythm.every_months} mois : la convention finit avant la première période entière. "
            f"Est-ce dû {many} avant la fin ?",
            en=f"“{duty.title_en}”, every {rhythm.every_months} months: the convention ends before its first whole period. Is "
            f"it owed {many_en} before the end?",
        ),
        readings=(
            ReadingShown(id=ONCE, says=Text(fr=f"oui, {many}", en=f"yes, {many_en}"), changes=by_the_end),
            ReadingShown(
                id=NEVER, says=Text(fr="non", en="no"), changes=Text(fr="rien n’est dû", en="nothing is owed"),
            ),
        ),
        prudent=ONCE, clause=s.clause(duty.clauses), answered=None if answer is None else answer.reading,
    )  # fmt: skip


def _no_number(s: Situation, duty: Duty) -> Question:
    answer = s.answer(question_id(duty))
    return Question(
        id=question_id(duty), kind="blank", answer="months", ask=s.convention.coordinator,
        about=Text(
            fr=f"« {duty.title} » : tous les combien de mois le rappeler ?",
            en=f"“{duty.title_en}”: every how many months should it be recalled?",
        ),
        clause=s.clause(duty.clauses), answered=f"{answer.months} mois" if answer else None,
    )  # fmt: skip


def anchor_of(effect: date, rhythm: Rhythm) -> date:
    """Return the day from which the periods of a rhythm are counted."""
    return year_begins(rhythm.year, effect)[0]


def _items(s: Situation, duty: Duty, rhythm: Rhythm, anchor: date) -> Iterator[Item]:
    """Yield the items of a duty, each with the count of its year, or of its period where several are owed in one."""
    years: dict[date, list[_Time]] = defaultdict(list)
    for time in _times(s, duty, rhythm, anchor):
        years[time.year].append(time)
    quota, other_start = _quota(rhythm), _other_start(s, duty, rhythm)
    answered = _has_no_whole_period(s, rhythm) and s.answer(whole_period_id(duty)) is not None
    make = partial(
        Item,
        series=duty.id, step=duty.whose, settled_by="meeting-held" if duty.traits.is_meeting else "done", kind=duty.kind,
        title=Text(fr=duty.title, en=duty.title_en), clause=s.clause(duty.clauses),
        owed_by=duty.owed_by, owed_to=duty.owed_to, rule="periods",
        responsible=roles_of(s, duty.owed_by, duty.responsible),
        informed=tuple(dict.fromkeys((*duty.informed, s.convention.coordinator))),
        quota=quota.fr, quota_en=quota.en,
    )  # fmt: skip
    for first, times in years.items():
        standing = _standing(s, duty, rhythm, first, times)
        for time in times:
            period = time.period
            yield make(
                occurrence=time.occurrence,
                opens_on=min(time.opens, time.due), legal_last_day=period.last, safe_day=time.due,
                proof=(*_proof(duty, rhythm, anchor, time, cut_by(s)), *_other_grid(s, duty, rhythm, period, other_start)),
                certainty=_certainty(rhythm, time, answered=answered),
                state=time.state, done_on=time.done_on, meeting_at=time.meeting_at, standing=standing,
                covers=(period.first, period.last),
            )  # fmt: skip


def _times(s: Situation, duty: Duty, rhythm: Rhythm, anchor: date) -> Iterator[_Time]:
    effect, start = s.effect_on, s.operational_from
    assert effect is not None  # noqa: S101 - the caller looked
    length, year, following = max(12, rhythm.every_months), anchor, anchor
    passed = 0
    for period in periods(anchor, _horizon(s, anchor, rhythm), rhythm.every_months, s.calendar):
        if period.last < effect:
            continue
        if duty.for_next_period and period.last == s.ends_on:
            continue  # it would serve a period that will not come
        while following <= period.last:
            passed += 1
            year, following = following, add_months(anchor, length * passed)
        named, opens = (
            s.counted_anew(duty.id) + label(s, rhythm, period),
            period.first if start is None else max(period.first, start),
        )
        begins = max(opens, effect)
        whole = _day_before(add_months(anchor, rhythm.every_months * period.number))
        many, which = times_owed(rhythm, period, max(period.first, effect), whole)
        for number in range(1, many + 1):
            occurrence = f"{named}-{number}" if rhythm.count > 1 else named
            state, done, meeting_at = kept_time(s, duty, period, opens, key_of(duty.id, occurrence, duty.whose))
            source = EFFECT if begins == effect else OPERATIONAL
            due, sums = own_part(rhythm, period, begins, number, many, s.calendar, source)
            if due < effect:  # nothing is done before it takes effect: then by the end of the period, worked or not
                due = period.last
            sums = *sums, *which
            yield _Time(
                period, number, occurrence, due, sums, opens, state, done, meeting_at, year, number == many, bool(which)
            )


def kept_time(
    s: Situation, duty: Duty, period: Period, opens: date, key: str
) -> tuple[State, date | None, datetime | None]:
    """Return where one time of a duty stands, the day it was done, and the start of its meeting if it is one.

    Args:
        s: the situation.
        duty: what is owed.
        period: the days in which it is.
        opens: the first of them on which it can be done.
        key: of its item.
    """
    is_meeting, done = duty.traits.is_meeting, s.done_on(key)
    # A period already running when the convention became operational, or cut short by its end, can only be kept as
    # far as possible.
    state = _state(s, period, opens, done, missed=is_meeting)
    if state in _STOPPABLE and stopped(s, duty.owed_by, period.last):
        state = State.SUSPENDED
    return met(s, key, state, period.last, done) if is_meeting else (state, done, None)


def _horizon(s: Situation, anchor: date, rhythm: Rhythm) -> date:
    """Return the last day to plan for: until when it binds, or while that is unknown, whole periods a year ahead of today."""
    if s.bound_until is not None:
        return s.bound_until
    if s.ends_at_most is not None and s.ends_at_most < add_months(max(s.today, anchor), 12):
        return s.ends_at_most
    number, ahead = 1, add_months(max(s.today, anchor), 12)
    while add_months(anchor, rhythm.every_months * number) <= ahead:
        number += 1
    return _day_before(add_months(anchor, rhythm.every_months * number))


def label(s: Situation, rhythm: Rhythm, period: Period) -> str:
    """Return the part of a key that tells a period from the others, the same for the whole life of the convention.

    Calendar labels where the effect is a day of the text; ordinals where it is a signature, which may be corrected.
    """
    if s.convention.effect.rule != "fixed" and rhythm.year == "contract":
        return str(period.number)
    first = period.first
    if rhythm.every_months == 12 and (first.month, first.day) == (1, 1):
        return str(first.year)
    return first.isoformat()[:7] if first.day == 1 else first.isoformat()


def _state(s: Situation, period: Period, opens: date, done: date | None, *, missed: bool) -> State:
    start = s.operational_from
    if start is None:
        return State.DONE if done else State.WAITING
    if period.last < start:
        return State.NOT_DUE if done is None else State.DONE
    state = state_of(s, opens_on=opens, last_day=period.last, done_on=done, missed=missed)
    partial = period.first < start or period.truncated
    if partial and state in (State.UPCOMING, State.OPEN):
        return State.BEST_EFFORT
    # Owed as far as possible, it is nobody's fault once its time is over.
    return State.ELAPSED if partial and state in (State.LATE, State.MISSED) else state


def _certainty(rhythm: Rhythm, time: _Time, *, answered: bool) -> Certainty:
    if rhythm.chosen or (time.period.truncated and answered):
        return Certainty.CHOSEN
    if time.period.truncated:  # whether a period cut short by the end owes a whole occurrence is for the text to say
        return Certainty.CONTESTED
    if not time.is_last:
        return Certainty.POLICY
    return Certainty.CONTESTED if time.in_proportion else Certainty.CERTAIN


def _quota(rhythm: Rhythm) -> Text:
    if not rhythm.at_least:
        return Text(fr="", en="")
    many, many_en = (f"{rhythm.count} fois", f"{rhythm.count} times") if rhythm.count > 1 else ("une fois", "once")
    return Text(
        fr=f"au moins {many} par période de {rhythm.every_months} mois",
        en=f"at least {many_en} in each period of {rhythm.every_months} months",
    )


def _proof(duty: Duty, rhythm: Rhythm, anchor: date, time: _Time, cut: str) -> Proof:
    """The grid counted from its anchor, never from one period to the next; then the day we work, or the part of several."""
    period, source = time.period, cited(duty.clauses)
    ground = "rythme choisi, non contractuel ; " if rhythm.chosen else ""
    following = add_months(anchor, rhythm.every_months * period.number)
    whole = period.last == _day_before(following)
    last = months(anchor, rhythm.every_months * period.number, source, following), eve(following, " au {}", "legal")
    return (
        note(f"{ground}période {period.number} de {rhythm.every_months} mois : du "),
        given(anchor, year_begins(rhythm.year, anchor)[1], ""),
        months(anchor, rhythm.every_months * (period.number - 1), source, period.first, "{}"),
        *(last if whole else (given(period.last, END, " au {}", "legal"),)),
        *_act_by(time),
        *((note(f" ; période écourtée par {cut} : à tenir autant que possible"),) if period.truncated else ()),
    )


def _act_by(time: _Time) -> Proof:
    """The last day worked of the period, of its part of it where several are owed; nothing before the effect."""
    says = "" if time.due == time.period.last else " ; à faire au plus tard le {}, jour ouvré"
    return *time.sums, kept(time.due, says, "safe")


def _other_start(s: Situation, duty: Duty, rhythm: Rhythm) -> date | None:
    """« Tous les 2 mois » after a late signature may also be counted from that day: contested, told beside the day kept."""
    if rhythm.at_least or rhythm.count > 1 or duty.kind != "meeting":
        return None
    start, effect = s.operational_from, s.effect_on
    return start if start is not None and effect is not None and effect < start else None


def _other_grid(s: Situation, duty: Duty, rhythm: Rhythm, period: Period, start: date | None) -> Proof:
    if start is None or period.first <= start:
        return ()
    since = (period.first.year - start.year) * 12 + period.first.month - start.month
    number = -(-since // rhythm.every_months)  # the first multiple of the rhythm that falls in this period
    day = add_months(start, rhythm.every_months * number)
    if not period.first <= day <= period.last:
        return ()
    return (
        given(start, OPERATIONAL, " ; autre lecture, comptée depuis le {}"),
        months(start, rhythm.every_months * number, cited(duty.clauses), day),
        worked("prev_workable", day, s.calendar.prev_workable(day), " : soit le {}", ""),
    )


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _too_long_since_the_last(s: Situation, duty: Duty, rhythm: Rhythm, items: tuple[Item, ...]) -> Found:
    """« Tous les 2 mois » also forbids more than two months between two meetings, whatever the grid."""
    if rhythm.at_least or rhythm.count > 1 or duty.kind != "meeting" or s.is_over:
        return
    held = [item.done_on for item in items if item.done_on is not None]
    if held and (limit := add_months(max(held), rhythm.every_months)) < s.today:
        yield Warning(
            id=f"too-long-since/{duty.id}",
            text=Text(
                fr=f"« {duty.title} » : plus de {rhythm.every_months} mois depuis la dernière rencontre ({figures(max(held))}) ; "
                f"le rythme du texte était tenu jusqu’au {figures(limit)}.",
                en=f"“{duty.title_en}”: more than {rhythm.every_months} months since the last one ({max(held)}).",
            ),
            clause=s.clause(duty.clauses),
        )
