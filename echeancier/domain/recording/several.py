"""One change told to several conventions: what each of them is told, by the names that it gives to the same thing."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from echeancier.domain.facts.catalogue import MODELS, Fact
from echeancier.domain.facts.people import PartyChanged, RoleChanged
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.recording.reading import parse_fact
from echeancier.domain.standing.item_keys import key_of
from echeancier.domain.standing.people import holder
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.owing import ALL, EACH, together

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


def of_each(
    given: Mapping[str, object], parties: Iterable[str], movable: Collection[str] = ()
) -> list[dict[str, object]]:
    """Return the facts of one deed told in one go: one for each party that signed, or for each due date that an amendment moves.

    Commas tell them apart, in the field that its kind may say of several; ``all``, or ``both`` of two, is every party, and a due
    date that ends with ``each`` that of every party. What is said once of the whole deed (the new end) stays with the first.

    Args:
        given: the fields of the fact.
        parties: of the convention.
        movable: the due dates that an amendment may move: what a party that left, or settled its share, owes no more is not told.
    """
    model = MODELS.get(str(given["kind"]))
    field = None if model is None else model.TOLD_OF_SEVERAL
    several = given.get(field) if field is not None else None
    if model is None or field is None or not isinstance(several, str):
        return [dict(given)]
    named = list(
        dict.fromkeys(
            key for one in several.split(",") if one.strip() for key in _each(one.strip(), tuple(parties), movable)
        )
    )
    if len(named) <= 1:
        return [{**given, field: named[0]} if named else dict(given)]
    once = {name: value for name, value in given.items() if name not in model.TOLD_ONCE}
    return [{**(given if number == 0 else once), field: one} for number, one in enumerate(named)]


def _each(named: str, parties: tuple[str, ...], movable: Collection[str]) -> tuple[str, ...]:
    if named in (ALL, together(dict.fromkeys(parties))):  # which two of three « both » are, nobody knows
        return parties
    whole = named.removesuffix(f"/{EACH}")
    if whole == named:
        return (named,)
    shares = tuple(key_of(whole, party) for party in parties)
    return tuple(share for share in shares if share in movable) or shares


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
