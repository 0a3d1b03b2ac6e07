"""How many of what comes back were kept: « 2 envois reçus sur 4, 1 en retard », and who owes them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.delays import add_months
from domain.duties import Duty, Rhythm
from domain.items import Item, State
from domain.model import Text
from domain.procedures.meeting import MEETINGS
from domain.procedures.shape import side_name
from domain.situation import Situation
from domain.words import figures

_NOT_COUNTED = frozenset({State.NOT_DUE, State.CANCELLED, State.SUSPENDED})


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
_HELD = _Words(
    "rencontre tenue", "rencontres tenues", "aucune rencontre tenue", "manquée{s}", "held", "missed"
)
_DONE = _Words("fois fait", "fois fait", "pas encore fait", "en retard", "done", "late")


def counted(s: Situation, duty: Duty, rhythm: Rhythm, anchor: date, items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items of a duty, each with the count of its year, or of its period where several are owed in one.

    What comes but once in a year is counted only when it was not kept: who owed it is then said.
    """
    known = tuple(items)
    groups: dict[date, list[Item]] = {}
    for item in known:
        groups.setdefault(_first_day(rhythm, anchor, item), []).append(item)
    said = {first: _standing(s, duty, rhythm, first, found) for first, found in groups.items()}
    for item in known:
        standing = said[_first_day(rhythm, anchor, item)]
        yield item if standing is None else item.model_copy(update={"standing": standing})


def _first_day(rhythm: Rhythm, anchor: date, item: Item) -> date:
    """Return the first day of the year (counted from the anchor), or of the longer period, that an item belongs to."""
    assert item.legal_last_day is not None  # noqa: S101 - what comes back has one
    length = max(12, rhythm.every_months)
    number = 0
    while add_months(anchor, length * (number + 1)) <= item.legal_last_day:
        number += 1
    return add_months(anchor, length * number)


def _standing(s: Situation, duty: Duty, rhythm: Rhythm, first: date, items: list[Item]) -> Text | None:
    owed = [item for item in items if item.state not in _NOT_COUNTED]
    done = sum(item.state is State.DONE for item in owed)
    late = sum(item.state in (State.LATE, State.MISSED) for item in owed)
    if not owed or (len(owed) == 1 and not late):
        return None
    last = date.fromordinal(add_months(first, max(12, rhythm.every_months)).toordinal() - 1)
    if s.ends_on is not None:
        last = min(last, s.ends_on)
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
    if duty.kind in MEETINGS:
        return _HELD
    return _SENT if duty.kind in ("data", "information") else _DONE
