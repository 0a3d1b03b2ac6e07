"""« Territoire »: many communes side by side."""

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.paging import paged
from echeancier.desk.sign_in.people import Right
from echeancier.desk.territory.counts import families, territory, totals
from echeancier.desk.visit import Visiting

router = APIRouter()

PAGE = 50
"""Lines of a page."""


@router.get("/territoire")
async def page(visit: Visiting) -> Response:
    """Show the families of clauses across the conventions, most delays first."""
    look = await visit.desk.shelf.look(await visit.desk.shelf.lists.rows())
    lines = territory(look.seen, visit.language)
    pages = paged(lines, visit.query, "/territoire", PAGE)
    return visit.page(
        "territory", look=look, lines=pages.items, pages=pages, families=families(visit.language), totals=totals(lines),
        late=sum(line.late > 0 for line in lines), weighs=visit.who.local or visit.who.may(Right.WEIGH),
    )  # fmt: skip
