"""One change told to several conventions: what each of them is told, by the names that it gives to the same thing."""

from collections.abc import Iterator

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.people import PartyChanged, RoleChanged
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.recording.reading import parse_fact
from echeancier.domain.standing.people import holder
from echeancier.domain.standing.situation import Situation

WAS = "was"
"""The field that says what is replaced, instead of the role or the party, which each convention calls its own way."""


def facts_for(s: Situation, given: dict[str, object]) -> tuple[Fact, ...]:
    """Return the facts that one change means for a convention; none when it does not concern it.

    With ``was`` a change of address is told of every role written to there (or at that domain, as in
    ``@operateur.example``), and a change of name of every party whose name holds the former one, and of its functions.

    Args:
        s: where the convention stands.
        given: the fields of the fact, ``kind`` and perhaps ``was`` among them.

    Raises:
        Refusal: a field is missing or does not suit.
    """
    fields = {name: value for name, value in given.items() if name != WAS}
    was = str(given.get(WAS) or "")
    if not was:
        return (parse_fact(fields),)
    if fields["kind"] == "role-changed":
        return tuple(_addresses(s, fields, was))
    if fields["kind"] == "party-changed":
        return tuple(_names(s, fields, was))
    raise refusal(
        "was ne se dit que d’une adresse (role-changed) ou d’un nom (party-changed).",
        "was goes only with an address (role-changed) or a name (party-changed).",
    )


def _addresses(s: Situation, fields: dict[str, object], was: str) -> Iterator[Fact]:
    new = str(fields.get("address") or "")
    if was.startswith("@") != new.startswith("@"):
        raise refusal(
            "was et address sont tous deux une adresse entière, ou tous deux un domaine comme @ville.example.",
            "was and address are both a whole address, or both a domain as in @ville.example.",
        )
    for role in s.convention.roles:
        now = holder(s, role, s.today).address
        if was.startswith("@") and now.casefold().endswith(was.casefold()):
            yield parse_fact({**fields, "role": role, "address": now[: -len(was)] + new})
        elif now.casefold() == was.casefold():
            yield parse_fact({**fields, "role": role})


def _names(s: Situation, fields: dict[str, object], was: str) -> Iterator[Fact]:
    new = str(fields.get("new_name") or "")
    for key, party in s.convention.parties.items():
        name = party.name_on(s.today)
        if was not in name:
            continue
        change = parse_fact({**fields, "party": key, "new_name": name.replace(was, new)})
        yield change
        assert isinstance(change, PartyChanged)  # noqa: S101 - the kind was looked at by the caller
        for role, contact in s.convention.roles.items():
            now = holder(s, role, s.today)
            if contact.party == key and was in now.function:
                function = now.function.replace(was, new)
                yield RoleChanged(on=change.on, role=role, address=now.address, function=function)
