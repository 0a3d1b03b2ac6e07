"""A letter on the desk: filled in, read as it will be printed, validated in exactly those words, opened as a PDF."""

import base64
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.adapters.papers.enclosures_pdf import PdfPrinter
from echeancier.adapters.papers.letters_png import letter_pages
from echeancier.desk.facts.page import Reference
from echeancier.desk.letters.form import LetterForm, added, form_of
from echeancier.desk.letters.view import letter_row, subjects
from echeancier.desk.sign_in.people import require_kind
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.facts.letter_fields import LetterFields, LetterKind, without_options
from echeancier.domain.facts.letters import added_to
from echeancier.domain.letters.content import LETTERS, LetterContent
from echeancier.domain.letters.letter import Call
from echeancier.domain.letters.progress import LetterStage, Standing, content_mark, prepared
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.letters import enclosure_of, kept_as
from echeancier.domain.recording import Refusal, parse_fact
from echeancier.domain.typography import said
from echeancier.engine.gateway import RefusedError

router = APIRouter()

Kind = Annotated[str, Path(pattern="^[a-z-]{3,30}$")]
_KIND = "letter-validated"


@router.get("/conventions/{reference}/lettres/{letter}")
async def page(visit: Visiting, reference: Reference, letter: Kind) -> Response:
    """Show a letter as it stands, with what is still to be said."""
    ctx = (await visit.desk.shelf.one(reference)).ctx
    kind = _letter_or_404(letter)
    about, to = visit.query.get("about", ""), visit.query.get("to", "")
    if not about:
        return _chooser(visit, ctx, kind)
    return _page(visit, ctx, _standing(ctx, kind, about, to))


@router.post("/conventions/{reference}/lettres/{letter}")
async def read_or_validate(visit: Visiting, reference: Reference, letter: Kind) -> Response:
    """Show the letter in the words just typed; or validate it in the words that were shown."""
    require_kind(visit.who, _KIND)
    form = await visit.form()
    ctx = (await visit.desk.shelf.one(reference)).ctx
    kind, about = _letter_or_404(letter), form.get("about", "")
    try:
        fields = added(form)
    except Refusal as refused:
        return _page(visit, ctx, _standing(ctx, kind, about, ""), refusal=refused)
    typed = _typed(ctx, kind, about, fields)
    if form.get("do") != "validate":
        return _page(visit, ctx, typed)
    try:
        day = ctx.s.today.isoformat()
        given = {name: str(value) for name, value in added_to(fields).items()}
        fact = parse_fact(
            {"kind": _KIND, "on": day, "letter": kind, "about": about, "mark": form.get("mark", ""), **given}
        )
        await visit.desk.register.record(reference, fact, visit.who.by, form.get("request", ""))
    except (Refusal, RefusedError) as refused:
        return _page(visit, ctx, typed, refusal=refused)
    visit.desk.shelf.wrote(reference)
    return visit.go(f"/conventions/{reference}#lettres", ok="validated")


@router.post("/conventions/{reference}/lettres/{letter}/projet.pdf")
async def draft_in_these_words(visit: Visiting, reference: Reference, letter: Kind) -> Response:
    """Return the draft in the words just typed; nothing is recorded."""
    require_kind(visit.who, _KIND)
    form = await visit.form()
    ctx = (await visit.desk.shelf.one(reference)).ctx
    typed = _typed(ctx, _letter_or_404(letter), form.get("about", ""), added(form))
    return _pdf(visit, ctx, typed)


@router.get("/conventions/{reference}/lettres/{letter}/lettre.pdf")
async def as_it_stands(visit: Visiting, reference: Reference, letter: Kind) -> Response:
    """Return a letter as it stands: its draft, or the final text that was validated."""
    ctx = (await visit.desk.shelf.one(reference)).ctx
    return _pdf(
        visit, ctx, _standing(ctx, _letter_or_404(letter), visit.query.get("about", ""), visit.query.get("to", ""))
    )


def _letter_or_404(letter: str) -> LetterKind:
    if letter not in LETTERS:
        raise HTTPException(404)
    return letter  # type: ignore[return-value]


def _standing(ctx: Context, kind: LetterKind, about: str, to: str) -> Standing:
    found = [one for one in ctx.letters if (one.letter, one.about, one.to) == (kind, about, to)]
    waiting = next((one for one in found if one.waits), None)
    return waiting or (found[0] if found else _typed(ctx, kind, about, LetterFields(to=to)))


def _typed(ctx: Context, kind: LetterKind, about: str, fields: LetterFields) -> Standing:
    """A letter in words that nobody has validated."""
    call = next((c.call for c in ctx.letters if c.call and (c.letter, c.about) == (kind, about)), None)
    asked = (call or Call(letter=kind, about=about)).model_copy(update={"fields": fields})
    return prepared(ctx.s, asked)


def _pdf(visit: Visit, ctx: Context, one: Standing) -> Response:
    final = one.validated is not None and (one.stage is LetterStage.VALIDATED or one.posting is not None)
    name, store = f"{ctx.agenda.reference}/{kept_as(one)}", visit.desk.documents
    kept = store.get(name) if final and store is not None else None
    if kept is None:
        if one.content is None or one.posting is not None:
            raise HTTPException(404)
        kept = PdfPrinter().pdf(enclosure_of(ctx, one, one.content))
        if final and store is not None:
            kept = store.put_once(name, kept)
    state = "projet" if one.waits and one.stage is not LetterStage.VALIDATED else "lettre"
    name = f"{ctx.agenda.reference}-{one.letter}-{state}.pdf"
    response = Response(
        kept, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
    return visit.sign(response)


def _chooser(visit: Visit, ctx: Context, kind: LetterKind) -> Response:
    return visit.page(
        "letter_about",
        convention=ctx.dossier.convention,
        letter=kind,
        name=said(LETTERS[kind].WORDS.name, visit.language),
        choices=subjects(ctx, kind, visit.language),
    )


def _page(visit: Visit, ctx: Context, one: Standing, *, refusal: Exception | None = None) -> Response:
    if one.content is None and not one.missing and one.posting is None:
        raise HTTPException(404)
    form: LetterForm | None = form_of(ctx, one, visit.language) if one.waits else None
    ready = one.content if one.stage is LetterStage.DRAFT else None
    return visit.page(
        "letter",
        422 if refusal else 200,
        convention=ctx.dossier.convention,
        row=letter_row(ctx, one, visit.language),
        one=one,
        form=form,
        mark=content_mark(ready) if ready else "",
        remarks=one.content.remarks if one.content else (),
        pictures=_pictures(one.content, final=one.stage is LetterStage.VALIDATED) if one.content else (),
        validated=one.stage is LetterStage.VALIDATED,
        refusal=_in_words(refusal, visit.language),
    )


def _in_words(refusal: Exception | None, language: str) -> str:
    if refusal is None:
        return ""
    if isinstance(refusal, Refusal):
        return without_options(said(refusal.text, language), language)
    return said(without_options(str(refusal), language), language)


def _pictures(content: LetterContent, *, final: bool) -> tuple[str, ...]:
    return tuple(base64.b64encode(one).decode() for one in letter_pages(content, final=final))
