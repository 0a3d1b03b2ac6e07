"""Recording a fact: the form of any kind, and what becomes of it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import AfterValidator
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.adapters.files.amended_file import with_its_changes
from echeancier.desk.facts.forms import form_for
from echeancier.desk.facts.hours import as_meant
from echeancier.desk.facts.labels import title_of_kind
from echeancier.desk.facts.shared import read_those_that_cite, remember, said_besides, went
from echeancier.desk.form.draft import content
from echeancier.desk.sign_in.people import require_kind
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.agenda.moved import movable
from echeancier.domain.facts.catalogue import MODELS
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.messages.context import Context
from echeancier.domain.model import REFERENCE, Text
from echeancier.domain.recording import KINDS, Refusal, at_the_place, parse_fact, whole_number
from echeancier.domain.recording.several import of_each
from echeancier.domain.typography import said
from echeancier.engine.answering import PartlyToldError
from echeancier.engine.gateway import RefusedError
from echeancier.engine.many import record_each

router = APIRouter()

Reference = Annotated[str, Path(pattern=REFERENCE), AfterValidator(str.upper)]
"""A convention's reference in an address, in whatever case it was typed."""


@router.get("/conventions/{reference}/enregistrer/{kind}")
async def form(visit: Visiting, reference: Reference, kind: str) -> Response:
    """Show the form of a kind of fact, with what the address already names."""
    _kind_or_404(kind)
    require_kind(visit.who, kind)
    ctx = (await visit.desk.shelf.one(reference)).ctx
    await read_those_that_cite(visit, ctx)
    given = {name: value for name, value in visit.query.items() if KINDS[kind].field(name)}
    return _page(visit, ctx, kind, given)


@router.post("/conventions/{reference}/enregistrer/{kind}")
async def record(visit: Visiting, reference: Reference, kind: str) -> Response:
    """Record a fact through the front door; what is refused comes back with the words of the door."""
    _kind_or_404(kind)
    require_kind(visit.who, kind)
    form = await visit.form()
    ctx = (await visit.desk.shelf.one(reference)).ctx
    await read_those_that_cite(visit, ctx)
    request = form.get("request", "")
    try:
        given = {"kind": kind, **await amended(ctx, typed(ctx, kind, form))}
        facts = [
            parse_fact(one) for one in of_each(given, ctx.dossier.convention.parties, movable(ctx.s, ctx.agenda.items))
        ]
        if len(facts) > 1:
            await record_each(visit.desk.register, reference, facts, visit.who.by, request, visit.desk.clock)
        else:
            await visit.desk.register.record(reference, facts[0], visit.who.by, request)
    except PartlyToldError as partly:
        remember(visit, request, Text(fr=str(partly), en=str(partly)))
    except (Refusal, RefusedError) as refused:
        return _page(visit, ctx, kind, form, refused)
    else:
        await went(visit, ctx, facts[0], request)
    visit.desk.shelf.wrote(reference)
    return visit.go(visit.back(form, f"/conventions/{reference}"), **said_besides(visit, request, "recorded"))


def typed(ctx: Context, kind: str, form: dict[str, str]) -> dict[str, object]:
    """Return the fields of a form as the door reads them: what was left empty is left out.

    Raises:
        Refusal: an hour that the clocks never show, or show twice while neither was chosen.
    """
    found: dict[str, object] = {}
    several = MODELS[kind].TOLD_OF_SEVERAL
    for field in KINDS[kind].fields:
        value = form.get(field.name, "").strip()
        if field.name == several and not value:
            value = ",".join(ticked(form, field.name))
        if not value:
            continue
        if field.sort == "yes-no":
            found[field.name] = value == "true"
        elif field.sort == "number":
            found[field.name] = whole_number(value)
        elif field.sort == "moment":
            found[field.name] = as_meant(ctx, field, form)
        else:
            found[field.name] = value
    return at_the_place(found, ctx.s.calendar.time_zone)


async def amended(ctx: Context, given: dict[str, object], fact_id: str = "") -> dict[str, object]:
    """Return the fields of a form, what an amendment changes as the door reads it: pasted lines, or a whole file.

    Args:
        ctx: the convention.
        given: the fields.
        fact_id: the fact that is corrected, where one is.

    Raises:
        Refusal: what was pasted is no piece of a file, nor a file.
    """
    text = given.get("changes")
    if not isinstance(text, str):
        return given
    data, problems = await content(text, "fr")
    if problems:
        raise refusal(" ; ".join(problems), " ; ".join(problems))
    return with_its_changes(ctx.dossier, {**given, "changes": data}, fact_id)


def ticked(form: Mapping[str, str], field: str) -> tuple[str, ...]:
    """Return what was ticked, of a field of which several may be."""
    start = f"{field}."
    return tuple(name.removeprefix(start) for name, value in form.items() if name.startswith(start) and value == "true")


def _kind_or_404(kind: str) -> None:
    if kind not in KINDS:
        raise HTTPException(404)


def _page(visit: Visit, ctx: Context, kind: str, given: dict[str, str], refused: Exception | None = None) -> Response:
    fixed = {name: given[name] for name in given.get("fixed", "").split(",") if name and name in given}
    words: Text | str = ""
    if refused is not None:
        words = refused.text if isinstance(refused, Refusal) else str(refused)
    if (several := MODELS[kind].TOLD_OF_SEVERAL) is not None and not given.get(several):
        given = {**given, several: ",".join(ticked(given, several))}
    if given.get("at") and not given.get("on"):
        given = {**given, "on": given["at"][:10]}  # asked together, at first
    back = visit.back(given, f"/conventions/{ctx.agenda.reference}")
    return visit.page(
        "record",
        422 if refused else 200,
        convention=ctx.dossier.convention,
        form=form_for(ctx, kind, visit.language, fixed=fixed, given=given, back=back, several=True),
        title=title_of_kind(kind, visit.language),
        says=said(KINDS[kind].says, visit.language),
        hint=said(KINDS[kind].hint or "", visit.language),
        about=_about(ctx, fixed, visit.language),
        refusal=said(words, visit.language) if words else "",
    )


def _about(ctx: Context, fixed: dict[str, str], language: str) -> str:
    item = ctx.agenda.item(fixed.get("item", ""))
    if item is not None:
        return said(item.title, language)
    question = next((q for q in ctx.agenda.questions if q.id == fixed.get("question")), None)
    if question is not None:
        return said(question.about, language)
    return said(ctx.dossier.convention.parties[fixed["party"]].name, language) if "party" in fixed else ""
