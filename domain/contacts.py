"""From a role to the address that is written to; two roles with one address are one person."""

from collections.abc import Iterable

from domain.messages import Recipient
from domain.situation import Situation


def recipient(s: Situation, role: str) -> Recipient:
    """Return who receives the mail of a role."""
    return s.once("recipient", role, s.convention, lambda: _recipient(s, role))


def _recipient(s: Situation, role: str) -> Recipient:
    contact = s.convention.roles[role]
    return Recipient(role=role, function=contact.function, address=contact.address, language=contact.language)


def people(s: Situation, roles: Iterable[str]) -> tuple[Recipient, ...]:
    """Return one recipient per address, in the order of the roles."""
    wanted = tuple(roles)
    return s.once("people", wanted, s.convention, lambda: _people(s, wanted))


def _people(s: Situation, roles: tuple[str, ...]) -> tuple[Recipient, ...]:
    found: dict[str, Recipient] = {}
    for role in roles:
        person = recipient(s, role)
        found.setdefault(person.address.casefold(), person)
    return tuple(found.values())


def side_of(s: Situation, role: str) -> str:
    """Return the party a role works for."""
    return s.convention.roles[role].party
