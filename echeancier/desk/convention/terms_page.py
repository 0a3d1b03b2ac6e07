"""Terms typed wrongly, and a convention registered by mistake."""

import hashlib

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.convention.moves import MovedDeadline, moves
from echeancier.desk.facts.page import Reference
from echeancier.desk.form.document import file_of
from echeancier.desk.form.draft import read
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.typography import said
from echeancier.engine.gateway import RefusedError

router = APIRouter()

_NO_WHY = Text(
    fr="Dire pourquoi : le journal le garde, les personnes prévenues le liront.",
    en="Say why: the journal keeps it, those already told will read it.",
)
_OTHER = Text(
    fr="Ce fichier porte une autre référence : une rectification garde la sienne.",
    en="This file has another reference: a correction keeps its own.",
)


@router.get("/conventions/{reference}/termes")
async def form(visit: Visiting, reference: Reference) -> Response:
    """Show where to put the corrected file."""
    require(visit.who, Right.PUT_RIGHT)
    seen = await visit.desk.shelf.one(reference)
    return _page(visit, reference, text=file_of(seen.ctx.dossier.convention))


@router.post("/conventions/{reference}/termes")
async def correct(visit: Visiting, reference: Reference) -> Response:
    """Show what the corrected terms move; replace the former ones by them once that was seen."""
    require(visit.who, Right.PUT_RIGHT)
    form = await visit.form()
    text, why = form.get("file", "").strip() or form.get("text", "").strip(), form.get("why", "").strip()
    convention, problems = await read(text, "convention.toml", visit.language)
    if not why:
        problems = (*problems, said(_NO_WHY, visit.language))
    if convention is not None and convention.reference != reference:
        problems = (*problems, said(_OTHER, visit.language))
    if problems or convention is None:
        return _page(visit, reference, problems, text=text, why=why)
    mark = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()
    if form.get("seen") != mark:
        ctx = (await visit.desk.shelf.one(reference)).ctx
        found = moves(ctx, convention, visit.language)
        return _page(visit, reference, text=text, why=why, moved=found, seen=mark)
    try:
        await visit.desk.register.correct_terms(convention, visit.who.by, why)
    except (Refusal, RefusedError) as refused:
        return _page(visit, reference, (_words(refused, visit.language),), text=text, why=why)
    visit.desk.shelf.wrote(reference)
    return visit.go(f"/conventions/{reference}", ok="terms")


@router.post("/conventions/{reference}/retirer")
async def withdraw(visit: Visiting, reference: Reference) -> Response:
    """Withdraw a convention registered by mistake."""
    require(visit.who, Right.PUT_RIGHT)
    why = (await visit.form()).get("why", "").strip()
    if not why:
        return _page(visit, reference, (said(_NO_WHY, visit.language),))
    try:
        await visit.desk.register.withdraw(reference, visit.who.by, why)
    except (Refusal, RefusedError) as refused:
        return _page(visit, reference, (_words(refused, visit.language),))
    visit.desk.shelf.wrote(reference)
    return visit.go("/conventions", ok="withdrawn")


def _words(refused: Exception, language: str) -> str:
    return said(refused.text if isinstance(refused, Refusal) else str(refused), language)


def _page(
    visit: Visit,
    reference: str,
    problems: tuple[str, ...] = (),
    *,
    text: str = "",
    why: str = "",
    moved: tuple[MovedDeadline, ...] = (),
    seen: str = "",
) -> Response:
    values = {
        "reference": reference, "problems": problems, "text": text, "why": why, "moved": moved, "seen": seen,
    }  # fmt: skip
    return visit.page_of("terms", values, 422 if problems else 200)
