"""A function that ends: asked for its successor, which the conventions then write to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.adapters.stores.address_book import EntryOvertakenError
from echeancier.desk.book.entry_page import entry_or_404
from echeancier.desk.book.reading import by_entry, today_of, uses_from
from echeancier.desk.book.typed import FIELDS, BookName, day_typed, function_typed, new_entry, version_shown
from echeancier.desk.book.wish import MOST_FIELDS, BookWish, made_already, shown_or_made
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.book.entry import BookEntry, BookFunction, nearly_same
from echeancier.domain.model import Text

router = APIRouter()

_ONE: Final = Text(
    fr="Choisir une fonction de l’annuaire, ou en écrire une nouvelle : pas les deux.",
    en="Choose a function of the book, or write a new one: not both.",
)
_NOBODY: Final = Text(
    fr="Des conventions ouvertes écrivent à cette fonction : dire qui prend la suite, pour que leur courrier arrive.",
    en="Open conventions write to this function: say who takes over, so that their mail arrives.",
)
_UNKNOWN: Final = Text(
    fr="Des conventions n’ont pas pu être lues : dire qui prend la suite, ou recommencer quand elles répondent.",
    en="Some conventions could not be read: say who takes over, or try again once they answer.",
)
_GONE: Final = Text(
    fr="Cette fonction n’est plus dans l’annuaire : en choisir une autre.",
    en="That function is no longer in the book: choose another.",
)
_PATIENCE: Final = 10.0

_NOT_ITSELF: Final = Text(
    fr="Une fonction ne se succède pas à elle-même, à la même adresse : la modifier suffit.",
    en="A function does not succeed itself at the same address: editing it is enough.",
)


@router.get("/annuaire/{entry_id}/fin")
async def asked(visit: Visiting, entry_id: BookName) -> Response:
    """Ask for the last day of a function, and for its successor."""
    require(visit.who, Right.RECORD)
    return await _page(visit, entry_or_404(visit, entry_id), {})


@router.post("/annuaire/{entry_id}/fin")
async def end(visit: Visiting, entry_id: BookName) -> Response:
    """Show what the end of a function would change, or make it."""
    require(visit.who, Right.RECORD)
    form = await visit.form(MOST_FIELDS)
    if (made := made_already(visit, form)) is not None:
        return made
    now = entry_or_404(visit, entry_id)
    typed = _typed(visit, now, form)
    if isinstance(typed, dict):
        return await _page(visit, now, form, typed, status=422)
    if form.get("do") == "back":
        return await _page(visit, now, form)
    try:
        return await _shown_or_ended(visit, now, typed, form)
    except EntryOvertakenError:
        return await _page(visit, entry_or_404(visit, entry_id), form, overtaken=True, status=409)


@dataclass(frozen=True)
class _End:
    """What was typed of an end: the last day, and who takes over; nobody where no convention writes there."""

    last: date
    successor: BookEntry | BookFunction | None


def _typed(visit: Visit, now: BookEntry, form: Mapping[str, str]) -> _End | dict[str, Text]:
    """Return what was typed, or what is wrong with it, by the name of the field."""
    last, successor = day_typed(form, "last"), _successor(visit, now, form)
    if isinstance(last, Text) or isinstance(successor, dict):
        wrong = successor if isinstance(successor, dict) else {}
        return {**wrong, "last": last} if isinstance(last, Text) else wrong
    return _End(last, successor)


async def _shown_or_ended(visit: Visit, now: BookEntry, typed: _End, form: Mapping[str, str]) -> Response:
    """Show what an end would change; make it at once where nobody needs to take over.

    Raises:
        EntryOvertakenError: the book changed since it was shown.
    """
    if version_shown(form) != now.version:
        if now.until == typed.last and typed.successor is None:  # sent twice
            return visit.go("/annuaire", ok="book-changed")
        raise EntryOvertakenError(now)
    if typed.successor is not None:
        return await shown_or_made(visit, _wish(visit, now, typed.last, typed.successor, form), form)
    ended = _ended(visit, now, typed.last)
    read = await uses_from(visit, _taken_over_on(ended, today_of(visit)), _PATIENCE)
    if read.unread or by_entry(read.uses, visit.desk.book.all()).get(now.id):
        return await _page(visit, now, form, {"successor": _UNKNOWN if read.unread else _NOBODY}, status=422)
    visit.desk.book.put([ended], shown={now.id: now.version})
    return visit.go("/annuaire", ok="book-changed")


def _successor(
    visit: Visit, now: BookEntry, form: Mapping[str, str]
) -> BookEntry | BookFunction | dict[str, Text] | None:
    """Who takes over: an entry of the book, a new function, or nobody; or what is wrong with what was typed."""
    chosen = form.get("successor", "").strip()
    written = any(form.get(name, "").strip() for name in ("function", "address"))
    if chosen and written:
        return {"successor": _ONE}
    if chosen:
        found = visit.desk.book.get(chosen)
        return {"successor": _GONE} if found is None else {"successor": _NOT_ITSELF} if found.id == now.id else found
    return _new_successor(visit, now, form) if written else None


def _new_successor(visit: Visit, now: BookEntry, form: Mapping[str, str]) -> BookEntry | BookFunction | dict[str, Text]:
    typed = function_typed({**form, "until": ""})
    if isinstance(typed, dict):
        return typed
    if now.is_nearly(typed.function, typed.address):
        return {"address": _NOT_ITSELF}
    # Written anew though the book has it: it is that one.
    return next((one for one in visit.desk.book.all() if typed.is_nearly(one.function, one.address)), typed)


def _ended(visit: Visit, now: BookEntry, last: date) -> BookEntry:
    return now.again(visit.desk.clock(), visit.who.by, until=last)


def _taken_over_on(ended: BookEntry, today: date) -> date:
    """The first day without the function, for the conventions: today when it is over already."""
    return max(ended.first_day_without or today, today)


def _wish(
    visit: Visit, now: BookEntry, last: date, successor: BookEntry | BookFunction, form: Mapping[str, str]
) -> BookWish:
    ended = _ended(visit, now, last)
    on = _taken_over_on(ended, today_of(visit))
    shown, entries, kept = {now.id: now.version}, [ended], now.id
    if isinstance(successor, BookEntry):
        shown[successor.id], kept = successor.version, successor.id
    else:
        made = new_entry(successor, visit.desk.clock(), visit.who.by)
        made = made.model_copy(update={"since": on if on > today_of(visit) else None})
        entries, kept = [*entries, made], made.id
    return BookWish(
        kind="ended", former=now, becomes=BookFunction.model_validate(successor.model_dump(include=set(FIELDS))), kept=kept,
        on=on, renames=True, translates=True, entries=tuple(entries), shown=shown, action=f"/annuaire/{now.id}/fin",
        carried={name: form[name] for name in (*FIELDS, "last", "successor", "version") if name in form},
    )  # fmt: skip


async def _page(
    visit: Visit,
    now: BookEntry,
    typed: Mapping[str, str],
    problems: Mapping[str, Text] | None = None,
    *,
    overtaken: bool = False,
    status: int = 200,
) -> Response:
    today = today_of(visit)
    read = await uses_from(visit, today, _PATIENCE)
    others = [one for one in visit.desk.book.all() if one.id != now.id and not one.is_over(today)]
    others.sort(key=lambda one: not nearly_same(one.institution, now.institution))  # its own institution first
    values = {
        "last": now.until.isoformat() if now.until else "", "institution": now.institution, "language": now.language, **typed,
    }  # fmt: skip
    return visit.page(
        "book_end", status,
        entry=now, values=values, problems=problems or {}, overtaken=overtaken, others=others, read=read,
        version=now.version if overtaken or not typed else version_shown(typed),
        uses=by_entry(read.uses, visit.desk.book.all()).get(now.id, []),
    )  # fmt: skip
