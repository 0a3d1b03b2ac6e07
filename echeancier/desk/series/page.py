"""« D’autres conventions de la même délibération »: a table, checked whole and shown, then begun; nothing needs a script."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.desk.deliberation.view import address_of, name_of
from echeancier.desk.series.checking import CheckedRow, SeriesChecker, is_right, mark_of, open_questions, typed
from echeancier.desk.series.job import OUTCOMES
from echeancier.desk.series.pattern import SeriesColumn, SeriesPattern, pattern_of
from echeancier.desk.series.table import FIRST_ROWS, MOST_ROWS, PastedLines, Row, completed, pasted, rows_in
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.agenda.item_row import title_in_words
from echeancier.domain.model import REFERENCE, Text
from echeancier.domain.recording import Refusal
from echeancier.domain.typography import said

router = APIRouter()

MOST_FIELDS: Final = 1500
"""Sixty rows, and as many amounts as a convention may have."""

PATIENCE: Final = 3.0
"""Seconds that a page waits for conventions to begin before it says how far they are."""

Name = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
_REFERENCE: Final = re.compile(REFERENCE)

_CHANGED: Final = Text(
    fr="Le tableau a changé depuis qu’il a été montré : voici ce qu’il donne maintenant.",
    en="The table changed since it was shown: this is what it gives now.",
)
_NOTHING: Final = Text(fr="Remplir au moins une ligne.", en="Fill in one row at least.")


@dataclass(frozen=True)
class TypedSeries:
    """What the table holds, and what is said of it."""

    rows: Sequence[Row] = ()
    blank: int = FIRST_ROWS
    checked: tuple[CheckedRow, ...] = ()
    lines: PastedLines = field(default_factory=PastedLines)
    news: Text | None = None


@router.get("/commencer/serie")
async def series(visit: Visiting) -> Response:
    """Show the table, blank, for the conventions made after one."""
    require(visit.who, Right.START)
    reference = visit.query.get("modele", "")
    if not _REFERENCE.fullmatch(reference):
        return visit.go("/commencer")
    try:
        return await _page(visit, await _pattern(visit, reference, ""), TypedSeries())
    except Refusal as refused:
        return _refused(visit, reference, refused)


@router.post("/commencer/serie")
async def act(visit: Visiting) -> Response:
    """Do what a button of the table says."""
    require(visit.who, Right.START)
    form = await visit.form(MOST_FIELDS)
    reference = form.get("modele", "")
    if not _REFERENCE.fullmatch(reference):
        return visit.go("/commencer")
    try:
        pattern = await _pattern(visit, reference, form.get("party", ""))
    except Refusal as refused:
        return _refused(visit, reference, refused)
    return await _done(visit, pattern, form)


async def _done(visit: Visit, pattern: SeriesPattern, form: Mapping[str, str]) -> Response:
    """Read the table, then do what the button says."""
    columns, do = pattern.columns(), form.get("do", "")
    rows = rows_in(form, columns)
    lines = pasted(form.get("lines", ""), columns, MOST_ROWS - len(rows))
    taken = await _taken(visit)
    rows = completed([*rows, *lines.rows], pattern, taken)[:MOST_ROWS]
    blank = FIRST_ROWS if do == "add" or not rows else 0
    if lines.wrong:
        return await _page(visit, pattern, TypedSeries(rows, blank, lines=lines), 422)
    if do not in ("preview", "start"):
        return await _page(visit, pattern, TypedSeries(rows, blank))
    if not rows:
        return await _page(visit, pattern, TypedSeries(rows, blank, news=_NOTHING), 422)
    desk = visit.desk
    checker = SeriesChecker(
        pattern, desk.register, taken, desk.clock(), policy=desk.policy, by=visit.who.by, language=visit.language
    )
    checked = await checker.check(rows)
    right = is_right(checked)
    if do == "start" and right and form.get("seen") == mark_of(checked):
        return await _begun(visit, pattern, checked)
    news = _CHANGED if do == "start" and right else None
    return await _page(visit, pattern, TypedSeries(rows, blank, checked, news=news), 200 if right else 422)


def _refused(visit: Visit, reference: str, refused: Refusal) -> Response:
    """Say why no convention can be made after one."""
    return visit.page("series_refused", 422, reference=reference.upper(), why=said(refused.text, visit.language))


@router.get("/commencer/serie/{name}")
async def outcome(visit: Visiting, name: Name) -> Response:
    """Show how far a series is: what began, what did not and why."""
    require(visit.who, Right.START)
    job = visit.desk.series.get(name)
    if job is None:
        raise HTTPException(404)
    pattern = job.pattern
    if not job.running:
        visit.desk.shelf.lists.forget()
    return visit.page(
        "series_outcome",
        job=job,
        reference=pattern.convention.reference,
        called=name_of(pattern.dossier, pattern.act, visit.language),
        act=address_of(pattern.convention.reference, pattern.act),
        lines=[
            (row.row, one, said(OUTCOMES[one], visit.language), why)
            for row, (one, why) in zip(job.rows, job.outcomes, strict=True)
        ],
        again=typed(row.row for row in job.left),
    )


async def _begun(visit: Visit, pattern: SeriesPattern, checked: tuple[CheckedRow, ...]) -> Response:
    if pattern.named_now:
        require(visit.who, Right.PUT_RIGHT)
    job = visit.desk.series.begin(pattern, checked, visit.who.by)
    assert job.task is not None  # noqa: S101 - it was just begun
    await asyncio.wait([job.task], timeout=PATIENCE)
    visit.desk.shelf.wrote(pattern.convention.reference)
    visit.desk.shelf.lists.forget()
    return visit.go(f"/commencer/serie/{job.name}")


async def _pattern(visit: Visit, reference: str, party: str) -> SeriesPattern:
    """How conventions are made after one.

    Raises:
        Refusal: none can be.
    """
    shelf = visit.desk.shelf
    seen = await shelf.one(reference.upper())
    rows = await shelf.lists.rows()
    await shelf.look(rows)
    others = (shelf.known(row.reference) for row in rows if row.reference != seen.reference)
    names = {act.id for one in others if one is not None for act in one.convention.act if act.id is not None}
    return pattern_of(seen.ctx.dossier, party, names)


async def _taken(visit: Visit) -> set[str]:
    lists = visit.desk.shelf.lists
    return {row.reference for row in (*await lists.rows(), *await lists.closed())}


async def _page(visit: Visit, pattern: SeriesPattern, table: TypedSeries, status: int = 200) -> Response:
    language = visit.language
    columns = pattern.columns()
    right = is_right(table.checked)
    blank = {one.name: "" for one in columns}
    shown = [{**blank, **row} for row in (*table.rows, *({} for _ in range(table.blank)))]
    return visit.page(
        "series",
        status,
        reference=pattern.convention.reference,
        title=title_in_words(pattern.convention, language),
        called=name_of(pattern.dossier, pattern.act, visit.language),
        pattern=pattern,
        parties=[(key, said(pattern.convention.parties[key].name, language)) for key in pattern.others],
        columns=[(one, said(one.label, language)) for one in columns],
        rows=[
            (n, row, table.checked[n] if n < len(table.checked) else None) for n, row in enumerate(shown[:MOST_ROWS])
        ],
        full=len(shown) >= MOST_ROWS,
        most=MOST_ROWS,
        table=table,
        wrong=[
            (n + 1, said(_label(columns, one.column), language), f"c-{n}-{one.column or columns[0].name}", one.words)
            for n, row in enumerate(table.checked)
            for one in row.problems
        ],
        copied=[(said(where, language), words) for where, words in pattern.copied()],
        right=right,
        questions=open_questions(table.checked) if right else (),
        seen=mark_of(table.checked) if right else "",
        to_start=sum(not row.there for row in table.checked),
    )


def _label(columns: Sequence[SeriesColumn], name: str) -> Text:
    return next((one.label for one in columns if one.name == name), Text(fr="toute la ligne", en="the whole row"))
