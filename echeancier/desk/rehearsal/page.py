"""A rehearsal asked on the desk: how far it is, then every mail that would leave, in its own words."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.desk.paging import paged
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visiting
from echeancier.domain.model import Text

router = APIRouter()

PAGE = 40
Name = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]

STATES = {
    "running": Text(fr="La répétition est en cours.", en="The rehearsal is under way."),
    "done": Text(fr="La répétition est finie.", en="The rehearsal is over."),
    "failed": Text(fr="La répétition n’a pas pu aller au bout.", en="The rehearsal could not go on."),
    "stopped": Text(fr="La répétition a été arrêtée.", en="The rehearsal was stopped."),
    "too-long": Text(
        fr="La répétition a été arrêtée : elle durait trop longtemps. La ligne de commande n’a pas cette limite.",
        en="The rehearsal was stopped: it took too long. The command line has no such limit.",
    ),
}


@router.get("/commencer/repetition/{name}")
async def rehearsal(visit: Visiting, name: Name) -> Response:
    """Show how far a rehearsal is, and its mails."""
    require(visit.who, Right.START)
    told = visit.desk.rehearsals.told(name)
    if told is None:
        raise HTTPException(404)
    pages = paged(told.mails, visit.query, f"/commencer/repetition/{name}", PAGE)
    mails = [visit.desk.rehearsals.mail(name, kept) for kept in pages.items]
    return visit.page("rehearsal", told=told, pages=pages, mails=mails, state=STATES[told.state])


@router.post("/commencer/repetition/{name}/arreter")
async def stop(visit: Visiting, name: Name) -> Response:
    """Stop a rehearsal."""
    require(visit.who, Right.START)
    await visit.form()
    await visit.desk.rehearsals.stop(name)
    return visit.go(f"/commencer/repetition/{name}")


@router.get("/commencer/repetition/{name}/rapport.html")
async def report(visit: Visiting, name: Name) -> Response:
    """Give the report of a rehearsal as a file."""
    require(visit.who, Right.START)
    found = visit.desk.rehearsals.report(name)
    if found is None:
        raise HTTPException(404)
    headers = {"Content-Disposition": 'attachment; filename="repetition.html"'}
    return visit.sign(Response(found, media_type="text/html; charset=utf-8", headers=headers))
