"""A convention that is stuck: why, what to do, and its removal where nothing else is left."""

from collections.abc import Sequence
from typing import Final, get_args

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.facts.page import Reference
from echeancier.desk.form.sheet import slug
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.afterwards.purge_record import Basis
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.typography import said
from echeancier.engine.gateway import RefusedError

router = APIRouter()

_BASES: Final[tuple[Basis, ...]] = get_args(Basis)
_NO_BASIS = Text(fr="Dire ce qui permet l’élimination.", en="Say what allows the elimination.")


def of_convention(found: Sequence[Trouble], reference: str) -> Trouble | None:
    """Return what is wrong with a convention, None when nothing is known."""
    return next((trouble for trouble in found if trouble.reference == reference), None)


async def stuck_page(visit: Visit, reference: str, otherwise: str, refused: str = "") -> Response:
    """Return the page of a convention that cannot be read; ``otherwise`` says why where nothing better is known."""
    trouble = of_convention(await visit.desk.watch.now(), reference)
    values = {
        "reference": reference,
        "words": said(trouble.said if trouble is not None else otherwise, visit.language),
        "removable": trouble is not None and trouble.removable,
        "refused": refused,
    }
    return visit.page_of("stuck", values, 422 if refused else 503)


@router.post("/conventions/{reference}/supprimer")
async def remove(visit: Visiting, reference: Reference) -> Response:
    """Remove a convention that is stuck, whatever its workflow says."""
    require(visit.who, Right.DECIDE)
    form = await visit.form()
    basis = next((one for one in _BASES if one == form.get("basis")), None)
    if basis is None:
        return await stuck_page(visit, reference, "", said(_NO_BASIS, visit.language))
    try:
        await visit.desk.register.remove(reference, slug(visit.who.by) or "manager", basis)
    except (Refusal, RefusedError) as error:
        words = error.text if isinstance(error, Refusal) else str(error)
        return await stuck_page(visit, reference, "", said(words, visit.language))
    visit.desk.shelf.wrote(reference)
    visit.desk.watch.forget()
    return visit.go("/conventions", ok="removed")
