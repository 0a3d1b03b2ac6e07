"""« Annuaire des fonctions »: by institution; searched, fed by hand and from the open conventions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.book.reading import UsesRead, by_entry, conventions_of, today_of, uses_from
from echeancier.desk.book.typed import function_typed, new_entry
from echeancier.desk.paging import Paged, paged
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.book.entry import BookEntry
from echeancier.domain.book.in_use import RoleInUse, duplicates, not_in_book
from echeancier.domain.model import Text

router = APIRouter()

PATH: Final = "/annuaire"

PAGE: Final = 100
"""Lines of a page."""

_FOUND: Final = 300
"""Lines of an answer to a search: more say to search closer."""

_PAIRS: Final = 30
"""Likely duplicates shown at once."""

_PATIENCE: Final = 1.0
"""Seconds this page waits for conventions that were not read yet."""

_KNOWN: Final = Text(
    fr="Cette fonction est déjà dans l’annuaire, à la même adresse : la modifier plutôt que l’ajouter de nouveau.",
    en="This function is in the book already, at the same address: edit it rather than add it again.",
)


@dataclass(frozen=True)
class _Line:
    """A function of the list, and in how many conventions it is used."""

    entry: BookEntry
    conventions: int
    is_over: bool


@dataclass(frozen=True)
class _Ending:
    """A function whose last day is near or past, with the conventions that would go on writing to it."""

    entry: BookEntry
    conventions: tuple[str, ...]


@router.get(PATH)
async def book(visit: Visiting) -> Response:
    """List the functions."""
    require(visit.who, Right.RECORD)
    return await _page(visit)


@router.post(PATH)
async def act(visit: Visiting) -> Response:
    """Search, or add a function; what is searched for stands in no address."""
    require(visit.who, Right.RECORD)
    form = await visit.form()
    if form.get("do") == "search":
        return await _page(visit, wanted=form.get("q", "").strip())
    found = function_typed(form)
    if isinstance(found, dict):
        return await _page(visit, typed=form, problems=found, status=422)
    if any(one.is_nearly(found.function, found.address) for one in visit.desk.book.all()):
        return await _page(visit, typed=form, problems={"address": _KNOWN}, status=422)
    visit.desk.book.put([new_entry(found, visit.desk.clock(), visit.who.by)], shown={})
    return visit.go(PATH, ok="book-added")


@router.post(PATH + "/trouvees")
async def add_found(visit: Visiting) -> Response:
    """Add every function that the open conventions use and that the book has not."""
    require(visit.who, Right.RECORD)
    await visit.form()
    read = await uses_from(visit, today_of(visit), patience=10)
    at, by = visit.desk.clock(), visit.who.by
    found = not_in_book(read.uses, visit.desk.book.all())
    visit.desk.book.put([new_entry(one, at, by) for one in found], shown={})
    return visit.go(PATH, ok="book-added")


async def _page(
    visit: Visit,
    *,
    wanted: str = "",
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, Text] | None = None,
    status: int = 200,
) -> Response:
    entries = visit.desk.book.all()
    today = today_of(visit)
    read = await uses_from(visit, today, _PATIENCE)
    used = by_entry(read.uses, entries)
    lines = [_Line(one, len(conventions_of(used.get(one.id, ()))), one.is_over(today)) for one in entries]
    if wanted:
        lines = [line for line in lines if wanted.casefold() in _searched(line.entry)][:_FOUND]
    pages = paged(lines, {} if wanted else visit.query, PATH, _FOUND if wanted else PAGE)
    return visit.page(
        "book", status,
        institutions=_grouped(pages), pages=pages, today=today, total=len(entries), wanted=wanted, read=read,
        found=not_in_book(read.uses, entries), endings=_endings(entries, read, today),
        pairs=list(islice(duplicates(entries), _PAIRS)), typed=typed or {}, problems=problems or {},
        under_way=[one for one in visit.desk.book.changes() if not one.is_over],
    )  # fmt: skip


def _grouped(pages: Paged[_Line]) -> list[tuple[str, list[_Line]]]:
    return [(name, list(lines)) for name, lines in groupby(pages.items, lambda line: line.entry.institution)]


def _searched(entry: BookEntry) -> str:
    return f"{entry.institution} {entry.function} {entry.address}".casefold()


def _endings(entries: Sequence[BookEntry], read: UsesRead, today: date) -> list[_Ending]:
    ending = [(one, gone) for one in entries if one.ends_soon(today) and (gone := one.first_day_without) is not None]
    after: dict[str, list[RoleInUse]] = by_entry(read.uses, entries) if ending else {}
    found = []
    for one, gone in ending:
        left = conventions_of(use for use in after.get(one.id, ()) if use.later is None or use.later > gone)
        if left:
            found.append(_Ending(one, left))
    return found
