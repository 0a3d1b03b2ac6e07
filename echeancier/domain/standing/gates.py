"""What must be there before something else may begin: since when it is, and what is still missing on a day."""

from collections.abc import Iterator
from datetime import date

from echeancier.domain.facts.event_words import event_in_words
from echeancier.domain.model import Text, title_of
from echeancier.domain.standing.item_keys import is_share_of, series_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.gates import Gate
from echeancier.domain.terms.owing import EACH
from echeancier.domain.typography import NBSP


def missing(s: Situation, gate: Gate, by: date) -> tuple[str, ...]:
    """Return what a gate needs and nobody recorded for that day or before, by the names of the file."""
    return tuple(need for need in gate.needs if (day := _there_on(s, need)) is None or day > by)


def in_words(s: Situation, names: tuple[str, ...]) -> Text:
    """Return what is missing in words: the titles of what the file names, the events as they are called."""
    titles = {one.id: title_of(one) for one in s.convention.owed}
    said = [titles.get(name) or event_in_words(s.convention, name) for name in names]
    return Text(fr=", ".join(f"«{NBSP}{one.fr}{NBSP}»" for one in said), en=", ".join(f"“{one.en}”" for one in said))


def begun(s: Situation, gate: Gate) -> Iterator[tuple[date, str]]:
    """Yield each day on which what a gate keeps waiting happened, with the fact or the item that says so."""
    owed = s.convention.titles_of_duties
    for name in gate.opens:
        if name in owed:
            yield from ((day, key) for key, day in s.kept_on.items() if series_of(key) == name)
        else:
            yield from ((fact.on, fact_id) for fact_id, fact in s.of_event(name))


def _there_on(s: Situation, need: str) -> date | None:
    """The day a need was there: the first time; what each party owes, once the last of them did."""
    owed = {one.id: one for one in s.convention.owed}
    if need not in owed:
        return min((fact.on for _, fact in s.of_event(need)), default=None)
    days = {key: day for key, day in s.kept_on.items() if series_of(key) == need}
    if owed[need].owed_by != EACH:
        return min(days.values(), default=None)
    firsts = [
        min((day for key, day in days.items() if is_share_of(key, party)), default=None)
        for party in s.convention.parties
    ]
    return None if None in firsts else max(day for day in firsts if day is not None)
