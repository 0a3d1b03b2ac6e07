"""Where the open conventions use the functions of the book: read from their terms and facts, which alone are the truth."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, Literal

from echeancier.domain.book.entry import BookEntry, BookFunction, key_of_name, nearly_same
from echeancier.domain.facts.people import RoleChanged
from echeancier.domain.model import Text, title_of
from echeancier.domain.standing.people import Recipient, holder
from echeancier.domain.standing.situation import Situation

_COMPARED: Final = 150
"""Functions of one institution whose names are compared letter by letter, each with each."""


@dataclass(frozen=True)
class RoleInUse:
    """A role of an open convention, and who holds it from a day on.

    Attributes:
        reference: of the convention, whose ``title`` goes with it.
        role: its key in the convention.
        institution: the name of its party on that day.
        on: the first day on which it has this holder, of those asked about.
        later: the day on which it is to have another address, as was recorded already; None when nothing was.
    """

    reference: str
    title: Text
    role: str
    institution: str
    function: str
    address: str
    language: Literal["fr", "en"]
    on: date
    later: date | None = None

    @property
    def name(self) -> str:
        """It, among all roles of all conventions."""
        return f"{self.reference}/{self.role}"


def roles_from(s: Situation, day: date) -> tuple[RoleInUse, ...]:
    """Return every role of a convention with its holder on a day, and again for each other address it is to have later."""
    found: list[RoleInUse] = []
    changes: dict[str, set[date]] = {}
    for _, change in s.of(RoleChanged):
        if change.on > day:
            changes.setdefault(change.role, set()).add(change.on)
    for role in s.convention.roles:
        days = (day, *sorted(changes.get(role, ())))
        held = [(on, holder(s, role, on)) for on in days]
        for number, (on, now) in enumerate(held):
            if number and _same(held[number - 1][1], now):
                continue
            later = next((then for then, other in held[number + 1 :] if not _same(now, other)), None)
            found.append(_in_use(s, role, now, on, later))
    return tuple(found)


def _same(one: Recipient, other: Recipient) -> bool:
    return one.address.casefold() == other.address.casefold() and one.function == other.function


def _in_use(s: Situation, role: str, held: Recipient, on: date, later: date | None) -> RoleInUse:
    party = s.convention.parties[s.convention.roles[role].party]
    return RoleInUse(
        s.convention.reference, title_of(s.convention), role, party.name_on(on), held.function, held.address,
        held.language, on, later,
    )  # fmt: skip


class EntriesByAddress:
    """The entries of the book, looked up by what a convention says of a function."""

    def __init__(self, entries: Iterable[BookEntry]) -> None:
        self._at: dict[str, list[BookEntry]] = {}
        for entry in entries:
            self._at.setdefault(entry.address.casefold(), []).append(entry)

    def of(self, use: RoleInUse) -> BookEntry | None:
        """Return the entry that a role uses: of its address and, where the book has several there, of its function."""
        there = self._at.get(use.address.casefold(), [])
        near = next((entry for entry in there if entry.is_nearly(use.function, use.address)), None)
        return near or (there[0] if len(there) == 1 else None)


def not_in_book(uses: Iterable[RoleInUse], entries: Sequence[BookEntry]) -> tuple[BookFunction, ...]:
    """Return the functions that conventions use last, as far as is known, and that the book has not; each once, in order."""
    known = EntriesByAddress(entries)
    found: dict[tuple[str, frozenset[str]], list[RoleInUse]] = {}
    for use in uses:
        if use.later is None and known.of(use) is None:
            found.setdefault((use.address.casefold(), key_of_name(use.function)), []).append(use)
    return tuple(
        sorted(
            (_most_said(same) for same in found.values()), key=lambda one: (one.institution, one.function, one.address)
        )
    )


def _most_said(uses: list[RoleInUse]) -> BookFunction:
    said = Counter((use.institution, use.function, use.language) for use in uses)
    (institution, function, language), _ = said.most_common(1)[0]
    return BookFunction(institution=institution, function=function, address=uses[0].address, language=language)


def duplicates(entries: Sequence[BookEntry]) -> Iterator[tuple[BookEntry, BookEntry]]:
    """Yield the pairs of entries likely to be one function, but those somebody said are not.

    Of one address; or of one institution, with nearly the same function.
    """
    seen: set[tuple[str, str]] = set()
    by_address: dict[str, list[BookEntry]] = {}
    by_institution: dict[frozenset[str], list[BookEntry]] = {}
    for entry in entries:
        by_address.setdefault(entry.address.casefold(), []).append(entry)
        by_institution.setdefault(key_of_name(entry.institution), []).append(entry)
    near = (pair for group in by_institution.values() for pair in _pairs(group) if _one_function(*pair))
    for one, other in (*(pair for group in by_address.values() for pair in combinations(group, 2)), *near):
        if (one.id, other.id) not in seen and other.id not in one.apart and one.id not in other.apart:
            seen.add((one.id, other.id))
            yield one, other


def _pairs(group: Sequence[BookEntry]) -> Iterator[tuple[BookEntry, BookEntry]]:
    """Every pair of an institution; of a huge one, only those whose names have the same key: the others would take minutes."""
    if len(group) <= _COMPARED:
        yield from combinations(group, 2)
        return
    same: dict[frozenset[str], list[BookEntry]] = {}
    for entry in group:
        same.setdefault(key_of_name(entry.function), []).append(entry)
    for one in same.values():
        yield from combinations(one, 2)


def _one_function(one: BookEntry, other: BookEntry) -> bool:
    return nearly_same(one.function, other.function)
