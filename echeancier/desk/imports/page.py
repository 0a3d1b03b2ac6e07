"""« Importer »: a sheet of existing conventions, shown whole before any of them starts."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.adapters.apart import NotReadError
from echeancier.adapters.imports.sheet import MOST_ROWS
from echeancier.adapters.imports.template import template
from echeancier.desk.deadlines.spreadsheet import XLSX
from echeancier.desk.guard import LARGEST_SHEET
from echeancier.desk.imports.importing import check, with_remarks
from echeancier.desk.imports.job import Job
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.errors import FileContentError
from echeancier.domain.model import Text
from echeancier.domain.typography import said

router = APIRouter()

SHOWN = 100
"""Rows shown on a page; the counts are those of the whole sheet."""

Name = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_NOTHING = Text(fr="Choisir un fichier.", en="Choose a file.")


@router.get("/importer")
async def empty(visit: Visiting) -> Response:
    """Show where to put the sheet."""
    require(visit.who, Right.START)
    return _page(visit, ())


@router.get("/importer/modele.xlsx")
async def model(visit: Visiting) -> Response:
    """Give the sheet to fill in."""
    require(visit.who, Right.START)
    headers = {"Content-Disposition": 'attachment; filename="conventions.xlsx"'}
    return visit.sign(Response(template(), media_type=XLSX, headers=headers))


@router.post("/importer")
async def checked(visit: Visiting) -> Response:
    """Check a sheet and show what it would start."""
    require(visit.who, Right.START)
    name, raw = await visit.upload("sheet")
    if not raw:
        return _page(visit, (said(_NOTHING, visit.language),), 422)
    desk = visit.desk
    try:
        report = await check(raw, name, desk.register, desk.clock(), policy=desk.policy, by=visit.who.by)
    except FileContentError as error:
        return _page(visit, error.problems, 422)
    except NotReadError as error:
        return _page(visit, (said(error.text, visit.language),), 422)
    return visit.go(f"/importer/{desk.imports.add(name, visit.who.by, report, raw).name}")


@router.get("/importer/{name}")
async def shown(visit: Visiting, name: Name) -> Response:
    """Show a sheet: what it would start, how far it is, what was done."""
    require(visit.who, Right.START)
    job = _job(visit, name)
    report = job.report
    status = 422 if report.wrong and not job.over else 200
    return visit.page("import_report", status, job=job, report=report, rows=report.rows[:SHOWN], most=SHOWN)


@router.get("/importer/{name}/remarques")
async def remarks(visit: Visiting, name: Name) -> Response:
    """Give a sheet back with a column of remarks."""
    require(visit.who, Right.START)
    job = _job(visit, name)
    try:
        sheet = await asyncio.to_thread(with_remarks, job.raw, job.report)
    except NotReadError as error:
        return _page(visit, (said(error.text, visit.language),), 422)
    separated = job.report.place.separated
    headers = {"Content-Disposition": f'attachment; filename="remarques.{"csv" if separated else "xlsx"}"'}
    return visit.sign(Response(sheet, media_type="text/csv; charset=utf-8" if separated else XLSX, headers=headers))


@router.post("/importer/{name}")
async def start(visit: Visiting, name: Name) -> Response:
    """Start what a sheet holds."""
    require(visit.who, Right.START)
    await visit.form()
    job = _job(visit, name)
    visit.desk.imports.start(job)
    return visit.go(f"/importer/{name}")


def _job(visit: Visit, name: str) -> Job:
    """The sheet of that name; 404 once it is not remembered any more."""
    job = visit.desk.imports.get(name)
    if job is None:
        raise HTTPException(404)
    return job


def _page(visit: Visit, problems: tuple[str, ...], status: int = 200) -> Response:
    return visit.page(
        "import", status, problems=problems, most_rows=MOST_ROWS, most_megabytes=LARGEST_SHEET // 1_000_000
    )
