"""« Commencer une convention »: a file in, what it means shown, and only then registered."""

import asyncio
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from desk.agenda_view import agenda_groups, clause_words
from desk.convention_view import joined, journal_lines
from desk.draft import context_of, draft_of, read, read_facts, rehearse
from desk.people import Right, require
from desk.visit import Visit, Visiting
from desk.words import said, typeset
from domain.door import Refusal
from domain.dossier import Dossier
from domain.model import Text
from engine.gateway import RefusedError

router = APIRouter()

_NOTHING = Text(fr="Choisir un fichier, ou coller son contenu.", en="Choose a file, or paste what it holds.")


@dataclass(frozen=True)
class Files:
    """What was given: the convention's file, and what is already known to have happened."""

    text: str
    facts: str


@router.get("/commencer")
async def empty(visit: Visiting) -> Response:
    """Show where to put the file."""
    require(visit.who, Right.START)
    return _page(visit, Files("", ""), ())


@router.post("/commencer")
async def start(visit: Visiting) -> Response:
    """Show what a file means; start the convention when that is asked for."""
    require(visit.who, Right.START)
    form = await visit.form()
    files = Files(_given(form, "text"), _given(form, "facts"))
    if not files.text:
        return _page(visit, files, (said(_NOTHING, visit.language),), 422)
    convention, problems = read(files.text, "convention.toml")
    if convention is None:
        return _page(visit, files, problems, 422)
    facts, problems = read_facts(files.facts, convention, visit.desk.clock())
    if problems:
        return _page(visit, files, problems, 422)
    try:
        if form.get("do") == "start":
            await visit.desk.register.start(convention, visit.who.by, facts)
            return visit.go(f"/conventions/{convention.reference}", ok="started")
        return await _preview(visit, files, draft_of(convention, visit.desk.clock(), visit.who.by, facts))
    except (Refusal, RefusedError) as refused:
        words = refused.text if isinstance(refused, Refusal) else str(refused)
        return _page(visit, files, (said(words, visit.language),), 422)


def _given(form: dict[str, str], name: str) -> str:
    return form.get(f"{name}-file", "").strip() or form.get(name, "").strip()


def _page(visit: Visit, files: Files, problems: tuple[str, ...], status: int = 200) -> Response:
    return visit.page("start", status, files=files, problems=problems, convention=None)


async def _preview(visit: Visit, files: Files, dossier: Dossier) -> Response:
    now, policy, language = dossier.registered_at, visit.desk.policy, visit.language
    convention = dossier.convention
    ctx = context_of(dossier, now, policy)
    lived = await asyncio.to_thread(rehearse, dossier, now, policy)
    then = context_of(lived.dossier, now, policy)
    mails = [line for line in reversed(journal_lines(then, language)) if line.sort == "message"]
    groups = agenda_groups(ctx, language)
    return visit.page(
        "start",
        files=files,
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
        mails=joined(mails),
        how_many=len(mails),
        cut=lived.cut,
    )
