"""« À faire »: what needs a person today, across every open convention."""

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.paging import paged
from echeancier.desk.todo.view import PAGE, SORTS, asked, counts, sections
from echeancier.desk.visit import Visiting
from echeancier.domain.overview.todo import Sort
from echeancier.domain.typography import said

router = APIRouter()


@router.get("/")
async def todo(visit: Visiting) -> Response:
    """Show what is to be done, overdue first, each with its form."""
    rows = await visit.desk.shelf.lists.rows()
    look = await visit.desk.shelf.look(rows)
    sort = visit.query.get("sort", "")
    sort = sort if sort in set(Sort) else ""
    everything = asked(look.seen)
    found = [one for one in everything if sort in ("", one.todo.sort)]
    pages = paged(found, visit.query, "/", PAGE)
    how_many = counts(everything)
    back = "/" + (f"?sort={sort}" if sort else "")
    return visit.page(
        "todo",
        look=look,
        troubles=await visit.desk.watch.known(),
        total=len(rows),
        closed=sum(row.status != "purged" for row in await visit.desk.shelf.lists.closed()),
        found=len(found),
        late=sum(one.todo.late for one in found),
        sort=sort,
        sorts=[(one.value, said(SORTS[one], visit.language), how_many[one]) for one in Sort if how_many[one]],
        sections=sections(pages.items, visit.language, back),
        pages=pages,
    )
