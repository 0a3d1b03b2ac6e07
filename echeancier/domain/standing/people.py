"""From a role to the address that is written to, on a day; two roles with one address are one person."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from echeancier.domain.facts.people import Away, RoleChanged
from echeancier.domain.model import Frozen
from echeancier.domain.standing.situation import Situation


class Recipient(Frozen):
    """Whom one message goes to: a function, its address, its language."""

    role: str
    function: str
    address: str
    language: Literal["fr", "en"]


def recipient(s: Situation, role: str, day: date | None = None) -> Recipient:
    """Return who receives the mail of a role: its holder, or while he is away whoever stands in for him.

    Args:
        s: the situation.
        role: a role of the convention.
        day: local day for which it is asked (a meeting's guests are those of its day); today when left out.
    """
    day = day or s.today
    return s.computed_once("recipient", (role, day), s.convention, lambda: _recipient(s, role, day))


def _recipient(s: Situation, role: str, day: date) -> Recipient:
    passed = [role]
    while (substitute := s.convention.roles[role].substitute) is not None and _absence(s, role, day) is not None:
        if substitute in passed or substitute not in s.convention.roles:
            break  # everybody is away: the last one asked keeps it
        role = substitute
        passed.append(role)
    return holder(s, role, day)


def holder(s: Situation, role: str, day: date) -> Recipient:
    """Return who holds a role on a day, whether he is away or not."""
    return s.computed_once("holder", (role, day), s.convention, lambda: _holder(s, role, day))


def _holder(s: Situation, role: str, day: date) -> Recipient:
    contact = s.convention.roles[role]
    found = Recipient(role=role, function=contact.function, address=contact.address, language=contact.language)
    changes = [fact for _, fact in s.of(RoleChanged) if fact.role == role and fact.on <= day]
    for fact in sorted(changes, key=lambda change: change.on):
        found = Recipient(
            role=role,
            function=fact.function or found.function,
            address=fact.address,
            language=fact.language or found.language,
        )
    return found


def _absence(s: Situation, role: str, day: date) -> Away | None:
    away = [fact for _, fact in s.of(Away) if fact.role == role and fact.on <= day <= fact.until]
    return max(away, key=lambda fact: fact.until, default=None)


def stands_in_for(s: Situation, address: str) -> tuple[tuple[str, date], ...]:
    """Return the functions whose mail an address receives today in their absence, each with the last day of it."""
    if not s.of(Away):
        return ()
    found = []
    for role in s.convention.roles:
        if (absence := _absence(s, role, s.today)) is None:
            continue
        own, received = holder(s, role, s.today), recipient(s, role)
        elsewhere = received.address.casefold() != own.address.casefold()
        if elsewhere and received.address.casefold() == address.casefold():
            found.append((own.function, absence.until))
    return tuple(dict.fromkeys(found))


def only_stands_in(s: Situation, address: str) -> bool:
    """Whether an address receives the mail of this convention today for the time of an absence only."""
    own = any(holder(s, role, s.today).address.casefold() == address.casefold() for role in s.convention.roles)
    return not own and bool(stands_in_for(s, address))


def days_of_change(s: Situation) -> Iterator[date]:
    """Yield the days on which the mail of a role begins to go elsewhere."""
    for _, away in s.of(Away):
        yield away.on
        yield date.fromordinal(away.until.toordinal() + 1)
    for _, change in s.of(RoleChanged):
        yield change.on


def everybody(s: Situation) -> tuple[Recipient, ...]:
    """Return whoever holds, held or will hold a role, one per address, today’s holders first."""
    days = [s.today, *(change.on for _, change in s.of(RoleChanged)), date.min]
    return _one_per_address(holder(s, role, day) for day in days for role in s.convention.roles)


def people(
    s: Situation, roles: Iterable[str], day: date | None = None, *, though_left: bool = False
) -> tuple[Recipient, ...]:
    """Return one recipient per address, in the order of the roles.

    Args:
        s: the situation.
        roles: of the convention.
        day: local day for which it is asked; today when left out.
        though_left: those of a party that has left too: it still owes what its own end started.
    """
    on = day or s.today
    asked = tuple(role for role in roles if though_left or not s.has_left(s.convention.roles[role].party, on))
    return s.computed_once(
        "people", (asked, on), s.convention, lambda: _one_per_address(recipient(s, role, on) for role in asked)
    )


def _one_per_address(found: Iterable[Recipient]) -> tuple[Recipient, ...]:
    persons: dict[str, Recipient] = {}
    for person in found:
        persons.setdefault(person.address.casefold(), person)
    return tuple(persons.values())
