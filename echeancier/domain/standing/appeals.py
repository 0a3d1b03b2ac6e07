"""The gracious appeals against a deliberation: who lodged each, what answers it, until when it keeps the judge within reach.

An appeal lodged in time interrupts the delay of its author alone; only an express answer starts a new one (CJA R.421-3, 1°).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from echeancier.domain.dates.calendar import Calendar
from echeancier.domain.dates.delays import add_months, franc_months
from echeancier.domain.facts.act import AppealAnswered, AppealLodged
from echeancier.domain.facts.recorded import Recorded

MONTHS = 2
"""To go to the judge, and to be refused by silence."""


@dataclass(frozen=True)
class Appeal:
    """A gracious appeal.

    Attributes:
        fact: the id of the fact that says it was lodged.
        appellant: ``prefect``, or the name that tells its author from others.
        answered_on: the day its express refusal was notified, None while nothing answers it.
        answer: the id of the fact that says so.
    """

    fact: str
    appellant: str
    lodged_on: date
    answered_on: date | None = None
    answer: str = ""


def appeals(records: Iterable[Recorded]) -> tuple[Appeal, ...]:
    """Return the appeals, each with its answer, in the order in which they were recorded.

    A second one of the same author starts nothing again: the first by its day is kept.
    """
    told = tuple(records)
    found: dict[str, Appeal] = {}
    for record in told:
        fact = record.fact
        if isinstance(fact, AppealLodged) and (
            (known := found.get(fact.appellant)) is None or fact.on < known.lodged_on
        ):
            found[fact.appellant] = Appeal(record.id, fact.appellant, fact.on)
    before: set[str] = set()
    for record in told:
        match record.fact:
            case AppealLodged(appellant=name):
                before.add(name)
            case AppealAnswered() as fact:
                open_ones = still_open(found.values(), fact.on)
                among = open_ones if fact.appellant else tuple(one for one in open_ones if one.appellant in before)
                if (whose := named_among(fact.appellant, [one.appellant for one in among])) is not None:
                    found[whose] = replace(found[whose], answered_on=fact.on, answer=record.id)
            case _:
                pass
    return tuple(found.values())


def still_open(among: Iterable[Appeal], day: date) -> tuple[Appeal, ...]:
    """Return the appeals that an answer of a day may answer: lodged by then, and not answered."""
    return tuple(one for one in among if one.answered_on is None and one.lodged_on <= day)


def named_among(named: str | None, open_ones: Sequence[str]) -> str | None:
    """Return which of those that are open an answer answers: the one it names, or the only one; None where it is not said."""
    if named is not None:
        return named if named in open_ones else None
    return open_ones[0] if len(open_ones) == 1 else None


def is_in_time(start: date, appeal: Appeal, calendar: Calendar) -> bool:
    """Whether it was lodged while the delay that a day started still ran; lodged too late, it saves nothing."""
    return appeal.lodged_on <= franc_months(start, MONTHS, calendar)


def open_until(start: date, appeal: Appeal | None, calendar: Calendar) -> date | None:
    """Return the last day to go to the judge, None while an appeal lodged in time waits for its answer.

    Args:
        start: what started the delay of its author: the publication, or the transmission for the prefect.
        appeal: of that author, None without one.
        calendar: of the place.
    """
    if appeal is None or not is_in_time(start, appeal, calendar):
        return franc_months(start, MONTHS, calendar)
    return None if appeal.answered_on is None else franc_months(appeal.answered_on, MONTHS, calendar)


def refused_by_silence(appeal: Appeal) -> date:
    """Return the day on which two months of silence would refuse it, where silence refuses."""
    return add_months(appeal.lodged_on, MONTHS)
