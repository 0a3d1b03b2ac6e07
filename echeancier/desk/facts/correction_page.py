"""Putting a fact right: its fields, filled in; or saying that it was recorded by mistake."""

from datetime import UTC, date, datetime

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.adapters.files.amended_file import as_lines
from echeancier.desk.facts.forms import form_for
from echeancier.desk.facts.labels import title_of_kind
from echeancier.desk.facts.page import Reference, amended, typed
from echeancier.desk.facts.shared import read_those_that_cite, remember, said_besides, went
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.agenda.meetings import local
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.model import Text
from echeancier.domain.recording import KINDS, Refusal
from echeancier.domain.typography import said
from echeancier.engine.answering import PartlyToldError
from echeancier.engine.gateway import RefusedError

router = APIRouter()


@router.get("/conventions/{reference}/faits/{fact_id}")
async def form(visit: Visiting, reference: Reference, fact_id: str) -> Response:
    """Show a fact as it stands, to be put right."""
    require(visit.who, Right.PUT_RIGHT)
    ctx = (await visit.desk.shelf.one(reference)).ctx
    await read_those_that_cite(visit, ctx)
    return _page(visit, ctx, _fact(ctx, fact_id), None)


@router.post("/conventions/{reference}/faits/{fact_id}")
async def put_right(visit: Visiting, reference: Reference, fact_id: str) -> Response:
    """Correct the fields that changed; the former version is kept."""
    require(visit.who, Right.PUT_RIGHT)
    form = await visit.form()
    ctx = (await visit.desk.shelf.one(reference)).ctx
    record = _fact(ctx, fact_id)
    await read_those_that_cite(visit, ctx)
    request = f"{reference}-{fact_id}-{record.version + 1}"
    try:
        changes = await amended(ctx, _changes(ctx, record.fact, form), fact_id)
        await visit.desk.register.correct(reference, fact_id, changes, visit.who.by)
    except PartlyToldError as partly:
        remember(visit, request, Text(fr=str(partly), en=str(partly)))
    except (Refusal, RefusedError) as refused:
        return _page(visit, ctx, record, form, refused)
    else:
        await went(visit, ctx, record.fact, request, gone=True)
    visit.desk.shelf.wrote(reference)
    return visit.go(f"/conventions/{reference}#faits", **said_besides(visit, request, "corrected"))


@router.post("/conventions/{reference}/faits/{fact_id}/annuler")
async def cancel(visit: Visiting, reference: Reference, fact_id: str) -> Response:
    """Say that a fact was recorded by mistake; it is kept, and no longer counts."""
    require(visit.who, Right.PUT_RIGHT)
    await visit.form()
    ctx = (await visit.desk.shelf.one(reference)).ctx
    record = _fact(ctx, fact_id)
    await read_those_that_cite(visit, ctx)
    request = f"{reference}-{fact_id}-{record.version + 1}"
    try:
        await visit.desk.register.cancel(reference, fact_id, visit.who.by)
    except PartlyToldError as partly:
        remember(visit, request, Text(fr=str(partly), en=str(partly)))
    except (Refusal, RefusedError) as refused:
        return _page(visit, ctx, record, None, refused)
    else:
        await went(visit, ctx, record.fact, request, gone=True)
    visit.desk.shelf.wrote(reference)
    return visit.go(f"/conventions/{reference}#faits", **said_besides(visit, request, "cancelled"))


def _fact(ctx: Context, fact_id: str) -> Recorded:
    found = next((record for record in ctx.s.records if record.id == fact_id), None)
    if found is None:
        raise HTTPException(404)
    return found


def _changes(ctx: Context, fact: Fact, form: dict[str, str]) -> dict[str, object]:
    """What differs from the fact as it stands; a field emptied gets its default back."""
    given = typed(ctx, fact.kind, form)
    known = shown_values(fact)
    changes: dict[str, object] = {}
    for field in KINDS[fact.kind].fields:
        if field.sort == "yes-no":
            given.setdefault(field.name, False)
        if field.sort == "moment":
            if _instant(ctx, given.get(field.name)) != _instant(ctx, getattr(fact, field.name)):
                changes[field.name] = given.get(field.name)
            continue
        was, now = known.get(field.name, ""), form.get(field.name, "").strip()
        now = now.replace("\r\n", "\n")
        if was != now or field.sort == "yes-no":
            changes[field.name] = given.get(field.name)
    return changes


def _instant(ctx: Context, told: object) -> object:
    """An hour as it compares with another: to the minute, as a form shows it; what is none, as it was typed."""
    if isinstance(told, str):
        try:
            told = datetime.fromisoformat(told)
        except ValueError:
            return told
    return (
        local(told, ctx.s.zone).astimezone(UTC).replace(second=0, microsecond=0) if isinstance(told, datetime) else told
    )


def shown_values(fact: Fact) -> dict[str, str]:
    """Return the fields of a fact as a form shows them."""
    return {name: _shown(value) for name, value in fact.model_dump().items() if value not in (None, "", ())}


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")  # the form puts it at the hour of the place
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return as_lines(value).strip()
    if isinstance(value, tuple):
        return " | ".join(str(line) for line in value)  # the lines of an envelope, as the door reads them
    return str(value).lower() if isinstance(value, bool) else str(value)


def _page(
    visit: Visit,
    ctx: Context,
    record: Recorded,
    given: dict[str, str] | None,
    refused: Exception | None = None,
) -> Response:
    kind = record.fact.kind
    words: Text | str = "" if refused is None else refused.text if isinstance(refused, Refusal) else str(refused)
    form = form_for(ctx, kind, visit.language, given=given if given is not None else shown_values(record.fact))
    return visit.page(
        "fact",
        422 if refused else 200,
        convention=ctx.dossier.convention,
        form=form,
        record=record,
        title=title_of_kind(kind, visit.language),
        action=f"/conventions/{ctx.agenda.reference}/faits/{record.id}",
        refusal=said(words, visit.language) if words else "",
    )
