"""Papers of a convention: brought by a form, given back as files that no browser opens by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.adapters.pieces.keeping import given_back, media_of, piece_from, piece_of, put, request_of
from echeancier.desk.convention.page import shown_page
from echeancier.desk.facts.page import Reference
from echeancier.desk.sign_in.people import require_kind
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.facts.pieces import PieceAttached
from echeancier.domain.facts.refusal import refusal
from echeancier.domain.model import Text
from echeancier.domain.ports import DocumentStore
from echeancier.domain.recording import Refusal
from echeancier.domain.typography import said
from echeancier.engine.gateway import RefusedError

router = APIRouter()

KIND = "piece-attached"
Hash = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]

_NO_FILE = Text(
    fr="choisir un fichier, le déposer, ou prendre une photo.", en="choose a file, drop one, or take a photograph."
)
_GONE = Text(
    fr="Ce fichier n’est plus ici, ou n’est plus celui qui a été joint : le reprendre d’une sauvegarde.",
    en="This file is no more here, or no more the one that was attached: take it from a backup.",
)


@router.post("/conventions/{reference}/pieces")
async def attach(visit: Visiting, reference: Reference) -> Response:
    """Put a paper on file."""
    require_kind(visit.who, KIND)
    fields, name, content = await visit.attached("file", "photo")
    ctx = (await visit.desk.shelf.one(reference)).ctx
    try:
        store = _store(visit)
        piece = _brought(fields, name, content, ctx.s.today)
        put(store, ctx.dossier, piece, content, by=visit.who.by, now=visit.desk.clock())
        await visit.desk.register.record(reference, piece, visit.who.by, request_of(ctx.dossier, piece))
    except (Refusal, RefusedError) as refused:
        words = refused.text if isinstance(refused, Refusal) else str(refused)
        return await shown_page(visit, reference, said(words, visit.language), 422)
    visit.desk.shelf.wrote(reference)
    return visit.go(f"/conventions/{reference}#pieces", ok="attached")


@router.get("/conventions/{reference}/pieces/{sha256}")
async def give_back(visit: Visiting, reference: Reference, sha256: Hash) -> Response:
    """Give a paper back, if it is the one that was attached."""
    ctx = (await visit.desk.shelf.one(reference)).ctx
    piece = piece_of(ctx.s.records, sha256)
    if piece is None:
        raise HTTPException(404)
    content = given_back(_store(visit), reference, piece)
    if content is None:
        return await shown_page(visit, reference, said(_GONE, visit.language), 410)
    plain = piece.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(piece.name, safe='')}",  # RFC 6266
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return visit.sign(Response(content, media_type=media_of(piece), headers=headers))


def _store(visit: Visit) -> DocumentStore:
    store = visit.desk.documents
    if store is None:
        raise refusal(
            "ce bureau n’atteint pas le dossier des documents : rien ne peut y être joint, ni en être repris.",
            "this desk has no store of documents: nothing can be attached.",
        )
    return store


def _brought(fields: Mapping[str, str], name: str, content: bytes, today: date) -> PieceAttached:
    """The fact of a file that a form brings, of today where no day is typed."""
    if not name:
        raise Refusal(_NO_FILE)
    what, title, about, on = (fields.get(field, "").strip() for field in ("what", "title", "about", "on"))
    return piece_from(content, name, what=what, title=title, on=on or today, about=about)
