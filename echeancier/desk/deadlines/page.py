"""« Échéances »: ends, posting days and renewals to come, to filter, to print, to open in Excel."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.deadlines import lines as deadlines
from echeancier.desk.deadlines.lines import (
    PLACE,
    ConventionDue,
    by_month,
    lines,
    matching,
    offered,
    still_to_come,
    until,
    widest,
    window_of,
)
from echeancier.desk.deadlines.spreadsheet import CSV, XLSX, csv_of, xlsx_of
from echeancier.desk.visit import Visit, Visiting
from echeancier.desk.words import sayer
from echeancier.domain.dates.words import in_words
from echeancier.engine.gateway import Row
from echeancier.engine.rows import due_by

router = APIRouter()


@dataclass(frozen=True)
class _Asked:
    today: date
    months: int
    rows: list[Row]
    found: list[ConventionDue]
    filters: dict[str, str]


@router.get("/echeances")
async def page(visit: Visiting) -> Response:
    """Show what falls due within 3, 6 or 12 months."""
    asked = await _asked(visit)
    language = visit.language
    kept = {name: value for name, value in asked.filters.items() if value}
    months = by_month([due.row for due in asked.found], asked.today, asked.months)
    return visit.page(
        "deadlines",
        asked=asked,
        windows=deadlines.WINDOWS,
        offered=offered(asked.rows, language),
        filter_words=_filter_words(language),
        renewals=any(m.renewals for m in months),
        months=[(m, in_words(m.first, language, weekday=False).split("\u00a0", 1)[1]) for m in months],
        export=urlencode({**kept, "mois": asked.months}),
        late=sum(due.level == "late" for due in asked.found),
        soon=sum(due.level == "soon" for due in asked.found),
        today=in_words(asked.today, language, weekday=False),
    )


@router.get("/echeances.xlsx")
async def excel(visit: Visiting) -> Response:
    """Give the same lines as a spreadsheet, days as days."""
    asked = await _asked(visit)
    return _file(visit, xlsx_of(asked.found, visit.language), XLSX, f"echeances-{asked.today}.xlsx")


@router.get("/echeances.csv")
async def csv(visit: Visiting) -> Response:
    """Give the same lines for a French spreadsheet: semicolons, and a mark that says UTF-8."""
    asked = await _asked(visit)
    return _file(visit, csv_of(asked.found, visit.language), CSV, f"echeances-{asked.today}.csv")


async def _asked(visit: Visit) -> _Asked:
    now = visit.desk.clock()
    today = now.astimezone(PLACE).date()
    months = window_of(visit.query.get("mois", ""))
    listed = await visit.desk.shelf.lists.upcoming(widest(now))
    rows = still_to_come((row for row in listed if due_by(row, until(today, months))), today)
    filters = {name: visit.query.get(name, "") for name in deadlines.FILTERS}
    chosen = matching(rows, filters)
    known = {row.reference: seen for row in chosen if (seen := visit.desk.shelf.known(row.reference))}
    return _Asked(today, months, rows, lines(chosen, known, today, visit.language), filters)


def _filter_words(language: str) -> dict[str, str]:
    say = sayer(language)
    return {
        "partner": say("Partenaire", "Partner"),
        "service": say("Service", "Service"),
        "status": say("Situation", "Status"),
        "kind": say("Nature", "Kind"),
    }


def _file(visit: Visit, content: bytes, media: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return visit.sign(Response(content, media_type=media, headers=headers))
