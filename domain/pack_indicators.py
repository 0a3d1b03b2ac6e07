"""What a convention asks to evaluate, and what its calendar already measures."""

from collections.abc import Iterator
from datetime import date

from domain.duties import Duty, EndDuty, EventDuty, OneOff
from domain.items import Item, State
from domain.letters_to_write.wording import substance
from domain.model import Frozen
from domain.pack_words import article
from domain.situation import Situation

_EVALUATED = frozenset({"evaluation", "report", "committee"})


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
    """Return the clauses of the convention's own evaluation: committees, reports, evaluations, each clause once."""
    found: dict[str, Indicator] = {}
    for title, clauses in _evaluations(s):
        for one in clauses:
            clause = s.clause((one,))
            found.setdefault(one, Indicator(article=article(clause), says=substance(clause), about=title))
    return tuple(found.values())


def _evaluations(s: Situation) -> Iterator[tuple[str, tuple[str, ...]]]:
    c = s.convention
    owing: tuple[Duty | OneOff | EndDuty | EventDuty, ...] = (*c.duty, *c.one_off, *c.end_duty, *c.event_duty)
    for owed in owing:
        if owed.kind in _EVALUATED:
            yield owed.title, owed.clauses


def measures(s: Situation, items: tuple[Item, ...], since: date | None) -> tuple[Measure, ...]:
    """Return the count of each recurring duty, over the occurrences whose last day lies in the period.

    An occurrence done ahead counts on the day it was done; one that is only due as far as possible does not count as
    missed, but counts when it was done.
    """
    found = []
    for duty in s.convention.duty:
        mine = [item for item in items if item.key.startswith(f"{duty.id}/")]
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
