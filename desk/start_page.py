"""« Commencer une convention »: a file in, what it means shown, and only then registered."""

import asyncio

from fastapi import APIRouter
from starlette.responses import Response

from desk.agenda_view import agenda_groups, clause_words
from desk.convention_view import journal_lines
from desk.draft import context_of, draft_of, read, rehearse
from desk.people import Right, require
from desk.visit import Visit, Visiting
from desk.words import said, typeset
from domain.convention import Convention
from domain.door import Refusal
from domain.model import Text
from engine.gateway import RefusedError

router = APIRouter()


@router.get("/commencer")
async def empty(visit: Visiting) -> Response:
    """Show where to put the file."""
    require(visit.who, Right.START)
    return _page(visit, "", ())


@router.post("/commencer")
async def start(visit: Visiting) -> Response:
    """Show what a file means; start the convention when that is asked for."""
    require(visit.who, Right.START)
    form = await visit.form()
    text = form.get("file", "").strip() or form.get("text", "").strip()
    if not text:
        nothing = Text(
            fr="Choisir un fichier, ou coller son contenu.", en="Choose a file, or paste what it holds."
        )
        return _page(visit, "", (said(nothing, visit.language),), 422)
    convention, problems = read(text, "convention.toml")
    if convention is None:
        return _page(visit, text, problems, 422)
    try:
        if form.get("do") == "start":
            await visit.desk.register.start(convention, visit.who.by)
            return visit.go(f"/conventions/{convention.reference}", ok="started")
        return await _preview(visit, text, convention)
    except (Refusal, RefusedError) as refused:
        words = refused.text if isinstance(refused, Refusal) else str(refused)
        return _page(visit, text, (said(words, visit.language),), 422)


def _page(visit: Visit, text: str, problems: tuple[str, ...], status: int = 200) -> Response:
    return visit.page("start", status, text=text, problems=problems, convention=None)


async def _preview(visit: Visit, text: str, convention: Convention) -> Response:
    now, policy, language = visit.desk.clock(), visit.desk.policy, visit.language
    dossier = draft_of(convention, now, visit.who.by)
    ctx = context_of(dossier, now, policy)
    lived = await asyncio.to_thread(rehearse, dossier, now, policy)
    then = context_of(lived.dossier, now, policy)
    mails = [line for line in reversed(journal_lines(then, language)) if line.sort == "message"]
    groups = agenda_groups(ctx, language)
    return visit.page(
        "start",
        text=text,
        problems=(),
        convention=convention,
        title=convention.title_en if language == "en" and convention.title_en else typeset(convention.title),
        ctx=ctx,
        lines=[*groups["late"], *groups["ahead"]],
        settled=len(groups["settled"]),
        questions=[
            (said(q.about, language), *clause_words(q.clause, language)) for q in ctx.agenda.questions
        ],
        warnings=[(said(w.text, language), *clause_words(w.clause, language)) for w in ctx.agenda.warnings],
        mails=mails,
        cut=lived.cut,
    )
