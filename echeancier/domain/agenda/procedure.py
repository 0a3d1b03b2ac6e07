"""What every procedure yields, how the state of a dated thing is judged, and a clause's delay turned into a last day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from echeancier.domain.agenda.items import Item, Question, ReadingShown, State, Warning
from echeancier.domain.agenda.turns import THE_END
from echeancier.domain.dates.delay import Days, Delay, after, plus_open_hours, run_out
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.model import Text
from echeancier.domain.standing.first_day import COUNTED, NOT_COUNTED, question_id
from echeancier.domain.standing.situation import Situation

Found = Iterator[Item | Question | Warning]
"""What a procedure has to say of a convention at an instant."""


def state_of(
    s: Situation, *, opens_on: date | None, last_day: date | None, done_on: date | None, missed: bool = False
) -> State:
    """Judge a dated thing: done, waiting for a date, not open yet, open, or over without having been recorded.

    What was over before the convention was registered here is *past*: marked, never chased.

    Args:
        s: the situation.
        opens_on: first day on which it can be done.
        last_day: the last day allowed (the safe one where the law gives none).
        done_on: the day it was done.
        missed: what is over is *missed* (a meeting) rather than *late* (something that can still be done).
    """
    if done_on is not None:
        return State.DONE
    if last_day is None:
        return State.WAITING
    if s.today > last_day:
        if s.registered_on is not None and last_day < s.registered_on:
            return State.PAST
        return State.MISSED if missed else State.LATE
    if opens_on is not None and s.today < opens_on:
        return State.UPCOMING
    return State.OPEN


def opening(safe_day: date, days: int) -> date:
    """Return the day a thing begins to matter: ``days`` calendar days before its safe day."""
    return safe_day - timedelta(days=days)


def cut_by(s: Situation) -> str:
    """Return what cuts the last period short, in French: the end of the convention, or the exit of the party that leaves."""
    return f"la sortie de {side_name(s, s.leaver)}" if s.leaver else THE_END


def side_name(s: Situation, side: str, language: str = "fr") -> str:
    """Return the institution behind a side, on the day of the situation."""
    return s.computed_once("side", (side, language), s.convention, lambda: _side_name(s, side, language))


def others_name(s: Situation, by: str, to: str, language: str = "fr") -> str:
    """Return the institutions of the side ``to`` but those of ``by``: a party that owes all of them does not owe itself.

    All of ``to`` where nobody else is left: what both owe each other.
    """
    debtors = s.convention.named_by(by)
    others = tuple(party for party in s.convention.named_by(to) if party not in debtors)
    return _names(s, others, language) if others else side_name(s, to, language)


def _side_name(s: Situation, side: str, language: str) -> str:
    return _names(s, s.convention.named_by(side), language)


def _names(s: Situation, parties: Iterable[str], language: str) -> str:
    names = [s.convention.parties[party].name_on(s.today) for party in parties]
    joined = " and " if language == "en" else " et "
    return joined.join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def roles_of(s: Situation, side: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles that must act: those named, else the first contact of each side that owes it."""
    if named:
        return named
    found: list[str] = []
    for key in s.convention.named_by(side):
        if key == s.convention.us:
            found.append(s.convention.coordinator)
        else:
            found += [name for name, role in s.convention.roles.items() if role.party == key][:1]
    return tuple(found)


def days_after(s: Situation, start: date, delay: Delay) -> Days:
    """Return the days of a delay from the end of ``start``; in hours, the day on which it runs out."""
    if delay.open_hours is None:
        return after(start, delay, s.calendar)
    eve = datetime.combine(start + timedelta(days=1), time.min, tzinfo=s.zone)
    house = s.convention.place.house()
    last = plus_open_hours(eve, delay.open_hours, house, s.calendar.time_zone, s.calendar).date()
    return run_out(start, last, delay, s.calendar)


def first_day_asked(s: Situation, owner: str, called: Text, threshold: Delay, clauses: tuple[str, ...]) -> Found:
    """Ask whether the first day of a threshold counts, where the text does not say; the earlier day runs meanwhile."""
    if threshold.since is not None:
        return
    answer = s.answer(question_id(owner))
    said = {
        COUNTED: Text(fr="le premier jour compte (une absence, une fermeture)", en="it counts (an absence, a closure)"),
        NOT_COUNTED: Text(
            fr="il ne compte pas (un silence après une réception)", en="it does not (a silence after a receipt)"
        ),
    }
    changes = {
        COUNTED: Text(fr="le jour le plus proche", en="the earlier day"),
        NOT_COUNTED: Text(fr="un jour plus tard", en="one day later"),
    }
    yield Question(
        id=question_id(owner), kind="contested", answer="reading", ask=s.convention.coordinator, prudent=COUNTED,
        readings=tuple(ReadingShown(id=one, says=said[one], changes=changes[one]) for one in (COUNTED, NOT_COUNTED)),
        about=Text(
            fr=f"« {called.fr} », {delay_in_words(threshold)} : le premier jour compte-t-il ?",
            en=f"“{called.en}”, {delay_in_words(threshold, 'en')}: does the first day count?",
        ),
        clause=s.clause(clauses), answered=answer.reading if answer else None,
    )  # fmt: skip


_RULES = {
    "hours": "plus_hours", "open_hours": "open_hours", "days": "days", "weeks": "days", "clear_days": "clear_days",
    "open_days": "add_open", "ouvrable_days": "ouvrable_days", "months": "add_months", "years": "add_months",
}  # fmt: skip


def rule_of(delay: Delay) -> str:
    """Return the id of the rule that counts a delay forward."""
    if delay.named is not None:
        return "huitaine"
    if delay.month_end is not None:
        return "month_end"
    return "first_day_named" if delay.from_ is not None else _RULES[delay.units[-1]]
