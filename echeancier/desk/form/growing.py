"""The agenda that grows beside the form: what can be computed of a sheet that is not finished."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import ValidationError

from echeancier.desk.convention.agenda_view import agenda_groups
from echeancier.desk.form.draft import context_of
from echeancier.desk.form.filling import filled, named
from echeancier.desk.form.sheet import Sheet, cited, terms_of
from echeancier.desk.visit import Visit
from echeancier.domain.agenda.item_row import ItemRow
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.checks import problems_of
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import Policy

SHOWN: Final = 14
"""Dates shown beside a step."""

_ROUNDS: Final = 8
"""How often what is not finished is left out before giving up: a block that goes may leave another one alone."""

_UNSAID: Final = "…"
_NOBODY: Final = "fonction@a-remplir.example"


@dataclass(frozen=True)
class Growing:
    """What is known so far.

    Attributes:
        ctx: None while not even the term can be computed.
        lines: the first dates.
        more: how many others there are.
        waiting: how many blocks are left out until they are filled in.
    """

    ctx: Context | None = None
    lines: tuple[ItemRow, ...] = ()
    more: int = 0
    waiting: int = 0


async def growing(visit: Visit, sheet: Sheet) -> Growing:
    """Return what a sheet gives so far; computed while the other pages are served."""
    return await asyncio.to_thread(_grown, sheet, visit.desk.clock(), visit.desk.policy, visit.language)


def _grown(sheet: Sheet, now: datetime, policy: Policy, language: str) -> Growing:
    convention, waiting = so_far(sheet)
    if convention is None:
        return Growing(waiting=waiting)
    dossier = Dossier(convention=convention, registered_at=now, registered_by=convention.coordinator)
    ctx = context_of(dossier, now, policy)
    groups = agenda_groups(ctx, language)
    lines = [*groups["late"], *groups["ahead"]]
    return Growing(ctx, tuple(lines[:SHOWN]), max(0, len(lines) - SHOWN), waiting)


def so_far(sheet: Sheet) -> tuple[Convention | None, int]:
    """Return the convention of what is filled in, None when that is not enough; and how many blocks are left out."""
    terms = filled(terms_of(named(sheet)))
    _stand_in(terms)
    left_out = 0
    for _ in range(_ROUNDS):
        try:
            convention = Convention.model_validate(terms)
        except ValidationError as error:
            gone = _without(terms, {one["loc"] for one in error.errors()})
        else:
            if not problems_of(convention):
                return convention, left_out
            return None, left_out
        if not gone:
            return None, left_out
        left_out += gone
    return None, left_out


def _stand_in(terms: dict[str, Any]) -> None:
    """What no date hangs from is not waited for: a reference, names, addresses, the number of an article."""
    terms.setdefault("reference", "BROUILLON")
    terms.setdefault("title", _UNSAID)
    for party in _rows(terms.get("parties")):
        party.setdefault("name", _UNSAID)
    for role in _rows(terms.get("roles")):
        role.setdefault("function", _UNSAID)
        role.setdefault("address", _NOBODY)
    for clause in _rows(terms.get("clause")):
        clause.setdefault("article", _UNSAID)
        if not clause.get("says"):
            clause["says"] = _UNSAID


def _rows(given: Any) -> list[dict[str, Any]]:
    found = given.values() if isinstance(given, dict) else given or ()
    return [one for one in found if isinstance(one, dict)]


def _without(terms: dict[str, Any], places: set[tuple[int | str, ...]]) -> int:
    """Take out the blocks of a list in which something is wrong; return how many."""
    wrong = {(place[0], place[1]) for place in places if len(place) > 1 and isinstance(place[1], int)}
    for name in {str(block) for block, _ in wrong}:
        rows = terms.get(name)
        if isinstance(rows, list):
            terms[name] = [row for number, row in enumerate(rows) if (name, number) not in wrong]
    left = set(cited(terms))
    terms["clause"] = [clause for clause in _rows(terms.get("clause")) if clause.get("id") in left]
    return len(wrong)
