"""Who is recorded as the author of what the command line records: a role of the convention, never a person."""

from echeancier.domain.declared import both
from echeancier.domain.facts.refusal import unknown
from echeancier.domain.terms.convention import Convention


def role(convention: Convention, given: str | None, usual: str) -> str:
    """Return the role given, else the usual one of the settings where the convention has it, else its coordinator.

    Raises:
        Refusal: no such role; the nearest are named.
    """
    if given is None:
        return usual if usual in convention.roles else convention.coordinator
    if given not in convention.roles:
        raise unknown(both("le rôle", "the role"), given, convention.roles)
    return given
