"""One function of the address book: where it is used, and edited; two people at once are told."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.adapters.stores.address_book import EntryOvertakenError
from echeancier.desk.book.reading import by_entry, today_of, uses_from
from echeancier.desk.book.typed import FIELDS, BookName, day_typed, function_typed, shown_in_form, version_shown
from echeancier.desk.book.wish import MOST_FIELDS, BookWish, made_already, shown_or_made
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.book.entry import BookEntry, BookFunction
from echeancier.domain.model import Text

router = APIRouter()

_WAS: Final = "was."
"""How the name of a hidden field begins that holds what was shown: what somebody else changed meanwhile is seen by it."""

_PATIENCE: Final = 2.0


def entry_or_404(visit: Visit, entry_id: str) -> BookEntry:
    """Return an entry of the book.

    Raises:
        HTTPException: 404, there is none of that id.
        AddressBookError: the book cannot be read.
    """
    found = visit.desk.book.get(entry_id)
    if found is None:
        raise HTTPException(404)
    return found


@router.get("/annuaire/{entry_id}")
async def entry(visit: Visiting, entry_id: BookName) -> Response:
    """Show a function, where it is used, and the form that edits it."""
    require(visit.who, Right.RECORD)
    return await _page(visit, entry_or_404(visit, entry_id), {})


@router.post("/annuaire/{entry_id}")
async def edit(visit: Visiting, entry_id: BookName) -> Response:
    """Show what an edit would change, or make it."""
    require(visit.who, Right.RECORD)
    form = await visit.form(MOST_FIELDS)
    if (made := made_already(visit, form)) is not None:
        return made
    now = entry_or_404(visit, entry_id)
    found, on = function_typed(form), day_typed(form, "on", today_of(visit))
    if isinstance(found, dict) or isinstance(on, Text):
        problems = {**(found if isinstance(found, dict) else {}), **({"on": on} if isinstance(on, Text) else {})}
        return await _page(visit, now, form, problems, status=422)
    if form.get("do") == "back":
        return await _page(visit, now, form)
    try:
        return await _shown_or_edited(visit, now, found, on, form)
    except EntryOvertakenError:
        return await _page(visit, entry_or_404(visit, entry_id), form, overtaken=True, status=409)


@router.post("/annuaire/{entry_id}/retirer")
async def take_out(visit: Visiting, entry_id: BookName) -> Response:
    """Take a function out of the book: only what no open convention uses."""
    require(visit.who, Right.RECORD)
    form = await visit.form()
    found = entry_or_404(visit, entry_id)
    read = await uses_from(visit, today_of(visit), patience=10)
    if read.unread or by_entry(read.uses, visit.desk.book.all()).get(found.id):
        return await _page(visit, found, {}, kept=True, status=422)
    try:
        visit.desk.book.put([], shown={found.id: version_shown(form)}, without=[found.id])
    except EntryOvertakenError:
        return await _page(visit, found, {}, overtaken=True, status=409)
    return visit.go("/annuaire", ok="book-removed")


async def _shown_or_edited(
    visit: Visit, now: BookEntry, found: BookFunction, on: date, form: Mapping[str, str]
) -> Response:
    overtaken = version_shown(form) != now.version
    if now.written == found:
        return visit.go("/annuaire", ok="book-changed" if overtaken else "book-same")
    if overtaken:
        raise EntryOvertakenError(now)
    return await shown_or_made(visit, _wish(visit, now, found, on, form), form)


def _wish(visit: Visit, now: BookEntry, found: BookFunction, on: date, form: Mapping[str, str]) -> BookWish:
    moved = found.address.casefold() != now.address.casefold()
    written = {name: getattr(found, name) for name in FIELDS}
    ahead = on if moved and on > today_of(visit) else None
    again = now.again(visit.desk.clock(), visit.who.by, **written, since=ahead)
    return BookWish(
        kind="edited", former=now, becomes=found, kept=now.id, on=on, renames=found.function != now.function,
        translates=found.language != now.language, entries=(again,),
        shown={now.id: now.version}, action=f"/annuaire/{now.id}", carried=_carried(form),
    )  # fmt: skip


def _carried(form: Mapping[str, str]) -> dict[str, str]:
    wanted = {*FIELDS, "on", "version", *(_WAS + name for name in FIELDS)}
    return {name: value for name, value in form.items() if name in wanted}


async def _page(
    visit: Visit,
    now: BookEntry,
    typed: Mapping[str, str],
    problems: Mapping[str, Text] | None = None,
    *,
    overtaken: bool = False,
    kept: bool = False,
    status: int = 200,
) -> Response:
    read = await uses_from(visit, today_of(visit), _PATIENCE)
    today, present = today_of(visit), shown_in_form(now)
    was = {name: typed.get(_WAS + name, present[name]) for name in FIELDS}
    meanwhile = [name for name in FIELDS if was[name] != present[name]] if overtaken else []
    # What this person did not touch is as somebody else made it; what both touched is as this person typed it.
    theirs = {name: present[name] for name in meanwhile if typed.get(name, was[name]) == was[name]}
    return visit.page(
        "book_entry", status,
        entry=now, values={**present, "on": today.isoformat(), **typed, **theirs}, problems=problems or {},
        version=now.version if overtaken or not typed else version_shown(typed),
        was={_WAS + name: value for name, value in (present if overtaken or not typed else was).items()},
        meanwhile={name: present[name] for name in meanwhile}, theirs=theirs, overtaken=overtaken, kept=kept, read=read,
        today=today, uses=by_entry(read.uses, visit.desk.book.all()).get(now.id, []),
    )  # fmt: skip
