"""The purge of a closed file, answered for on its page."""

from typing import Final, get_args

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.desk.convention.page import shown_page
from echeancier.desk.facts.page import Reference
from echeancier.desk.form.sheet import slug
from echeancier.desk.purge.purges import Deed
from echeancier.desk.sign_in.people import Identity, Right, require
from echeancier.desk.visit import Visiting
from echeancier.domain.afterwards.purge_record import Basis
from echeancier.domain.recording import Refusal
from echeancier.domain.terms.convention import Convention
from echeancier.domain.typography import said
from echeancier.engine.gateway import RefusedError

router = APIRouter()

_BASES: Final[tuple[Basis, ...]] = get_args(Basis)


@router.post("/conventions/{reference}/purge")
async def decide(visit: Visiting, reference: Reference) -> Response:
    """Confirm the purge of a closed file, hold it, or let it go on."""
    require(visit.who, Right.DECIDE)
    if visit.desk.purges is None:
        raise HTTPException(404)
    form = await visit.form()
    deed = next((one for one in get_args(Deed) if one == form.get("do")), None)
    if deed is None:
        raise HTTPException(404)
    convention = (await visit.desk.shelf.one(reference)).ctx.dossier.convention
    basis = next((one for one in _BASES if one == form.get("basis")), None)
    try:
        await visit.desk.purges.decide(
            reference, deed, _by(visit.who, convention), basis if deed == "confirm" else None
        )
    except (Refusal, RefusedError) as refused:
        words = refused.text if isinstance(refused, Refusal) else str(refused)
        return await shown_page(visit, reference, said(words, visit.language), 422)
    visit.desk.shelf.wrote(reference)
    return visit.go(f"/conventions/{reference}", ok=f"purge-{deed}")


def _by(who: Identity, convention: Convention) -> str:
    """A record that outlives the file keeps a key, never words typed freely."""
    return who.by if who.by in convention.roles else slug(who.by) or convention.coordinator
