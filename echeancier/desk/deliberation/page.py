"""The conventions of one deliberation, on one page: it is published, transmitted and they are signed in one go."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.desk.deliberation.telling import DeedTold, deeds, tell
from echeancier.desk.deliberation.view import address_of, lines, name_of, several, steps
from echeancier.desk.facts.page import Reference
from echeancier.desk.facts.shared import remember, said_besides
from echeancier.desk.reading.dossiers import Look
from echeancier.desk.reading.seen import Seen
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.domain.typography import said

router = APIRouter()

MOST_FIELDS: Final = 4000
"""A box for each party of each convention."""

ActId = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
_TICK: Final = "tick:"


@router.get("/conventions/{reference}/deliberations/{act_id}")
async def deliberation(visit: Visiting, reference: Reference, act_id: ActId) -> Response:
    """Show the conventions of a deliberation, and the form of what is done of all of them together."""
    seen, act = await _cited(visit, reference, act_id)
    return await _page(visit, seen, act, {})


@router.post("/conventions/{reference}/deliberations/{act_id}")
async def record(visit: Visiting, reference: Reference, act_id: ActId) -> Response:
    """Record what the form says, convention by convention; what is refused is said, and the rest is kept."""
    require(visit.who, Right.RECORD)
    form = await visit.form(MOST_FIELDS)
    seen, act = await _cited(visit, reference, act_id)
    if (do := form.pop("do", "")).startswith(_TICK):
        return await _page(visit, seen, act, form, everywhere=do.removeprefix(_TICK))
    request = form.get("request") or secrets.token_hex(16)
    citing, _ = await _all(visit, seen, act)
    try:
        wanted = deeds(seen.reference, act, citing, form)
    except Refusal as refused:
        return await _page(visit, seen, act, form, refused=refused.text)
    told = await tell(visit.desk.register, wanted, visit.who.by, request)
    for one in citing:
        visit.desk.shelf.wrote(one.reference)
    if any(one.refused for one in told):
        return await _page(visit, await visit.desk.shelf.one(reference), act, form, told=told)
    remember(visit, request, _words(told))
    return visit.go(address_of(seen.reference, act), **said_besides(visit, request, "recorded"))


async def _cited(visit: Visit, reference: str, act_id: str) -> tuple[Seen, CouncilAct]:
    """The convention and its act of that name; 404 when it has none."""
    seen = await visit.desk.shelf.one(reference)
    act = next((one for one in seen.convention.act if one.id == act_id), None)
    if act is None:
        raise HTTPException(404)
    return seen, act


async def _all(visit: Visit, seen: Seen, act: CouncilAct) -> tuple[list[Seen], Look]:
    """Return the convention and those that cite the same act, and how much of the others was read."""
    shelf = visit.desk.shelf
    look = await shelf.look(await shelf.lists.rows())
    others = (shelf.known(reference) for reference in shelf.citing(seen.convention, act.id or ""))
    return [seen, *(one for one in others if one is not None)], look


def _words(told: Sequence[DeedTold]) -> Text:
    """What was recorded, in one sentence; then what was not everywhere yet."""
    what = [one.deed.what for one in told if one.refused is None]
    besides = [one.besides for one in told if one.besides is not None]
    return Text(
        fr=" ".join([f"Enregistré : {' ; '.join(one.fr for one in what)}.", *(one.fr for one in besides)]),
        en=" ".join([f"Recorded: {'; '.join(one.en for one in what)}.", *(one.en for one in besides)]),
    )


async def _page(
    visit: Visit,
    seen: Seen,
    act: CouncilAct,
    form: Mapping[str, str],
    *,
    everywhere: str = "",
    refused: Text | None = None,
    told: Sequence[DeedTold] = (),
) -> Response:
    citing, look = await _all(visit, seen, act)
    found = lines(citing, form, visit.language, everywhere)
    kept = [one for one in told if one.refused is None]
    one_act = next(one for one in seen.ctx.s.deliberations if one.name == act.id)
    return visit.page(
        "deliberation",
        422 if refused or told else 200,
        reference=seen.reference,
        action=address_of(seen.reference, act),
        called=name_of(seen.ctx.dossier, act, visit.language),
        look=look,
        is_open=seen.is_open,
        lines=found,
        steps=steps(one_act, form, visit.language),
        several=several(found),
        waiting=any(signer.day is None for line in found for signer in line.signers),
        tick=_TICK,
        request=form.get("request") or secrets.token_hex(16),
        signed_on=form.get("signed_on", ""),
        note=form.get("note", ""),
        refused=said(refused, visit.language) if refused else "",
        kept=said(_words(kept), visit.language) if kept else "",
        not_kept=[
            (said(one.deed.what, visit.language), said(one.refused, visit.language)) for one in told if one.refused
        ],
    )
