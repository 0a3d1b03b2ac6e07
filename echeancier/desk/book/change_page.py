"""A change of the address book, while conventions are told of it and afterwards: where it is, where it is not, and why."""

from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visiting
from echeancier.domain.book.change import ToldState
from echeancier.domain.declared import both
from echeancier.domain.model import Text

router = APIRouter()

ChangeId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]

_AT_ONCE: Final = 4.0

STATES: Final[dict[ToldState, Text]] = {
    "told": both("enregistré", "recorded"),
    "already": both("c’était déjà ainsi", "it was so already"),
    "elsewhere": both(
        "rien n’y a été changé : on n’y écrivait plus à cette adresse",
        "nothing was changed: that address was no longer written to",
    ),
    "gone": both(
        "rien à y changer : elle a été close, retirée ou purgée entre-temps",
        "nothing to change: it was closed, withdrawn or purged meanwhile",
    ),
    "left": both("laissée telle quelle, à votre demande", "left as it is, as you asked"),
    "refused": both("refusé", "refused"),
    "unanswered": both(
        "pas de réponse ; le bureau réessaie de lui-même chaque minute", "no answer; the desk tries again every minute"
    ),
    "to-tell": both("en cours", "under way"),
}
"""What became of a change in a convention, in words."""


@router.get("/annuaire/changements/{change_id}")
async def change(visit: Visiting, change_id: ChangeId) -> Response:
    """Show what became of a change in each convention."""
    require(visit.who, Right.RECORD)
    found = visit.desk.book.change(change_id)
    if found is None:
        raise HTTPException(404)
    return visit.page(
        "book_change",
        change=found,
        missing=[role for role in found.roles if not role.is_settled],
        settled=[role for role in found.roles if role.is_settled],
        telling=visit.desk.telling.is_telling(change_id),
        states=STATES,
    )


@router.post("/annuaire/changements/{change_id}")
async def act(visit: Visiting, change_id: ChangeId) -> Response:
    """Tell again those that were not told, or leave them as they are."""
    require(visit.who, Right.RECORD)
    form = await visit.form()
    found = visit.desk.book.change(change_id)
    if found is None:
        raise HTTPException(404)
    if form.get("do") == "leave" and not visit.desk.telling.is_telling(change_id):
        left = [role.model_copy(update={"state": "left"}) for role in found.roles if not role.is_settled]
        visit.desk.book.tell(change_id, left)
    elif form.get("do") == "again":
        await visit.desk.telling.tell(change_id, _AT_ONCE, refused_too=True)
    return visit.go(f"/annuaire/changements/{change_id}")
