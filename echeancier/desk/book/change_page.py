"""A change of the address book, while conventions are told of it and afterwards: where it is, where it is not, and why."""

from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.desk.book.typed import BookName
from echeancier.desk.book.wish import change_page
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visiting
from echeancier.domain.book.change import ToldState
from echeancier.domain.declared import both
from echeancier.domain.model import Text

router = APIRouter()

_AT_ONCE: Final = 4.0

STATES: Final[dict[ToldState, Text]] = {
    ToldState.TOLD: both("enregistré", "recorded"),
    ToldState.ALREADY: both("c’était déjà ainsi", "it was so already"),
    ToldState.ELSEWHERE: both(
        "rien n’y a été changé : on n’y écrivait plus à cette adresse",
        "nothing was changed: that address was no longer written to",
    ),
    ToldState.GONE: both(
        "rien à y changer : elle a été close, retirée ou purgée entre-temps",
        "nothing to change: it was closed, withdrawn or purged meanwhile",
    ),
    ToldState.LEFT: both("laissée telle quelle, à votre demande", "left as it is, as you asked"),
    ToldState.REFUSED: both("refusé", "refused"),
    ToldState.UNANSWERED: both(
        "pas de réponse ; le bureau réessaie de lui-même chaque minute", "no answer; the desk tries again every minute"
    ),
    ToldState.TO_TELL: both("en cours", "under way"),
}
"""What became of a change in a convention, in words."""


@router.get("/annuaire/changements/{change_id}")
async def change(visit: Visiting, change_id: BookName) -> Response:
    """Show what became of a change in each convention."""
    require(visit.who, Right.RECORD)
    found = visit.desk.book.change(change_id)
    if found is None:
        raise HTTPException(404)
    return visit.page(
        "book_change",
        change=found,
        missing=[role for role in found.roles if not role.state.is_settled],
        settled=[role for role in found.roles if role.state.is_settled],
        telling=visit.desk.telling.is_telling(change_id),
        states=STATES,
    )


@router.post("/annuaire/changements/{change_id}")
async def act(visit: Visiting, change_id: BookName) -> Response:
    """Tell again those that were not told, or leave them as they are."""
    require(visit.who, Right.RECORD)
    form = await visit.form()
    found = visit.desk.book.change(change_id)
    if found is None:
        raise HTTPException(404)
    if form.get("do") == "leave" and not visit.desk.telling.is_telling(change_id):
        left = [role.model_copy(update={"state": ToldState.LEFT}) for role in found.roles if not role.state.is_settled]
        visit.desk.book.tell(change_id, left)
    elif form.get("do") == "again":
        await visit.desk.telling.tell(change_id, _AT_ONCE, refused_too=True)
    return visit.go(change_page(change_id))
