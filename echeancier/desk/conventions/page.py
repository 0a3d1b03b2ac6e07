"""« Conventions »: every open one, or every closed one, to filter and open."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.convention.view import KINDS, STATUSES
from echeancier.desk.deadlines.lines import matching, offered
from echeancier.desk.paging import paged
from echeancier.desk.visit import Visit, Visiting
from echeancier.desk.words import sayer
from echeancier.domain.agenda.end_shown import words_of
from echeancier.domain.agenda.item_row import title_in_words
from echeancier.domain.dates.words import shown
from echeancier.domain.typography import said
from echeancier.engine.gateway import Row

router = APIRouter()

PAGE = 100
"""Lines of a page."""


@dataclass(frozen=True)
class _Line:
    row: Row
    title: str
    status: str
    kind: str
    end: str


@router.get("/conventions")
async def conventions(visit: Visiting) -> Response:
    """List the conventions by reference."""
    language, say = visit.language, sayer(visit.language)
    closed = visit.query.get("dossiers", "") == "clos"
    lists = visit.desk.shelf.lists
    rows = sorted(await (lists.closed() if closed else lists.rows()), key=lambda row: row.reference)
    filters = {name: visit.query.get(name, "") for name in ("partner", "service", "status", "kind")}
    wanted = visit.query.get("q", "").strip()
    found = [row for row in matching(rows, filters) if wanted.casefold() in _searched(visit, row)]
    pages = paged(found, visit.query, "/conventions", PAGE)
    words = {
        "partner": say("Partenaire", "Partner"),
        "service": say("Service", "Service"),
        "status": say("Situation", "Status"),
        "kind": say("Nature", "Kind"),
    }
    lines = [
        _Line(
            row,
            _title(visit, row),
            _status(row, language),
            said(KINDS[row.kind], language) if row.kind in KINDS else row.kind,
            _end(row, language),
        )
        for row in pages.items
    ]
    troubles = await visit.desk.watch.known()
    return visit.page(
        "conventions",
        troubles=troubles,
        stuck={trouble.reference for trouble in troubles},
        lines=lines,
        pages=pages,
        total=len(rows),
        filters=filters,
        offered=offered(rows, language),
        filter_words=words,
        wanted=wanted,
        closed=closed,
    )


def _end(row: Row, language: str) -> str:
    """The last day in force, or the words that say it is not one."""
    day = shown(row.bound_until, language)
    return f"{said(words_of(renews_itself=True), language)} {day}" if row.renews_itself else day


def _status(row: Row, language: str) -> str:
    say = sayer(language)
    if row.status == "purged":
        day = shown(row.purged_on, language)
        return say(f"purgée le {day}", f"purged on {day}") if row.purged_on else say("purge en cours", "being purged")
    words = said(STATUSES[row.status], language) if row.status in STATUSES else row.status
    if row.is_open:
        return words
    return words + (say(", interrompue", ", cut short") if row.ended else say(", dossier clos", ", file closed"))


def _title(visit: Visit, row: Row) -> str:
    seen = visit.desk.shelf.known(row.reference)
    if seen is None:
        return ""
    convention = seen.ctx.dossier.convention
    return title_in_words(convention, visit.language)


def _searched(visit: Visit, row: Row) -> str:
    return f"{row.reference} {row.partner} {row.service} {_title(visit, row)}".casefold()
