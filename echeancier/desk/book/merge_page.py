"""Two entries likely to be one function: brought together, or said to be two."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.adapters.stores.address_book import EntryOvertakenError
from echeancier.desk.book.entry_page import entry_or_404
from echeancier.desk.book.reading import by_entry, today_of, uses_from
from echeancier.desk.book.typed import BookName, day_typed
from echeancier.desk.book.wish import MOST_FIELDS, BookWish, made_already, shown_or_made
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.book.entry import BookEntry
from echeancier.domain.model import Text

router = APIRouter()

_WHICH: Final = Text(fr="Dire laquelle des deux reste.", en="Say which of the two stays.")
_PATIENCE: Final = 2.0


@router.get("/annuaire/{entry_id}/reunir/{other_id}")
async def two(visit: Visiting, entry_id: BookName, other_id: BookName) -> Response:
    """Show two entries side by side."""
    require(visit.who, Right.RECORD)
    return await _page(visit, _pair(visit, entry_id, other_id), {})


@router.post("/annuaire/{entry_id}/reunir/{other_id}")
async def merge(visit: Visiting, entry_id: BookName, other_id: BookName) -> Response:
    """Show what bringing them together would change, or make it; or keep that they are two."""
    require(visit.who, Right.RECORD)
    form = await visit.form(MOST_FIELDS)
    if (made := made_already(visit, form)) is not None:
        return made
    pair = _pair(visit, entry_id, other_id)
    try:
        if form.get("do") == "apart":
            return _said_apart(visit, *pair)
        return await _shown_or_merged(visit, pair, form)
    except EntryOvertakenError:
        return await _page(visit, _pair(visit, entry_id, other_id), form, overtaken=True, status=409)


def _said_apart(visit: Visit, one: BookEntry, other: BookEntry) -> Response:
    apart = tuple(dict.fromkeys((*one.apart, other.id)))
    visit.desk.book.put([one.model_copy(update={"apart": apart})], shown={one.id: one.version})
    return visit.go("/annuaire", ok="book-apart")


async def _shown_or_merged(visit: Visit, pair: tuple[BookEntry, BookEntry], form: Mapping[str, str]) -> Response:
    kept = next((one for one in pair if one.id == form.get("kept")), None)
    on = day_typed(form, "on", today_of(visit))
    if kept is None or isinstance(on, Text):
        problems = {**({"kept": _WHICH} if kept is None else {}), **({"on": on} if isinstance(on, Text) else {})}
        return await _page(visit, pair, form, problems, status=422)
    if form.get("do") == "back":
        return await _page(visit, pair, form)
    if form.get("versions") != _versions(pair):
        raise EntryOvertakenError(kept)
    dropped = next(one for one in pair if one is not kept)
    carried = {name: form[name] for name in ("kept", "on", "versions")}
    wish = BookWish(
        kind="merged", former=dropped, becomes=kept.written, kept=kept.id, on=on, renames=True, translates=True, entries=(),
        without=(dropped.id,), shown={one.id: one.version for one in pair},
        action=f"/annuaire/{pair[0].id}/reunir/{pair[1].id}", carried=carried,
    )  # fmt: skip
    return await shown_or_made(visit, wish, form)


def _pair(visit: Visit, entry_id: str, other_id: str) -> tuple[BookEntry, BookEntry]:
    if entry_id == other_id:
        raise HTTPException(404)
    return entry_or_404(visit, entry_id), entry_or_404(visit, other_id)


def _versions(pair: tuple[BookEntry, BookEntry]) -> str:
    return ",".join(str(one.version) for one in pair)


async def _page(
    visit: Visit,
    pair: tuple[BookEntry, BookEntry],
    typed: Mapping[str, str],
    problems: Mapping[str, Text] | None = None,
    *,
    overtaken: bool = False,
    status: int = 200,
) -> Response:
    today = today_of(visit)
    read = await uses_from(visit, today, _PATIENCE)
    used = by_entry(read.uses, visit.desk.book.all())
    most = max(pair, key=lambda one: len(used.get(one.id, ())))
    return visit.page(
        "book_merge", status,
        pair=pair, used={one.id: used.get(one.id, []) for one in pair}, problems=problems or {}, overtaken=overtaken,
        values={"kept": most.id, "on": today.isoformat(), **typed}, read=read, today=today,
        versions=_versions(pair) if overtaken else typed.get("versions", _versions(pair)),
    )  # fmt: skip
