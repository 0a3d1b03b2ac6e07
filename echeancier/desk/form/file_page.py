"""« Commencer une convention »: a file in, what it means shown, and only then registered."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from echeancier.desk.form.draft import draft_of, read, read_facts
from echeancier.desk.form.known import kinds, known_conventions
from echeancier.desk.form.preview import previewed
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.typography import said
from echeancier.engine.gateway import RefusedError

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
    convention, problems = await read(files.text, "convention.toml", visit.language)
    if convention is None:
        return _page(visit, files, problems, 422)
    facts, problems = await read_facts(files.facts, convention, visit.desk.clock(), visit.language)
    if problems:
        return _page(visit, files, problems, 422)
    try:
        if form.get("do") == "start":
            await visit.desk.register.start(convention, visit.who.by, facts)
            visit.desk.shelf.lists.forget()
            return visit.go(f"/conventions/{convention.reference}", ok="started")
        return await _preview(visit, files, draft_of(convention, visit.desk.clock(), visit.who.by, facts))
    except (Refusal, RefusedError) as refused:
        words = refused.text if isinstance(refused, Refusal) else str(refused)
        return _page(visit, files, (said(words, visit.language),), 422)


def _given(form: dict[str, str], name: str) -> str:
    return form.get(f"{name}-file", "").strip() or form.get(name, "").strip()


def _page(visit: Visit, files: Files, problems: tuple[str, ...], status: int = 200) -> Response:
    return visit.page_of("start", _around(visit, files, problems), status)


async def _preview(visit: Visit, files: Files, dossier: Dossier) -> Response:
    return visit.page_of("start", {**_around(visit, files, ()), **await previewed(visit, dossier)})


def _around(visit: Visit, files: Files, problems: tuple[str, ...]) -> dict[str, object]:
    """What stands around the preview: the ways to begin."""
    language, known = visit.language, known_conventions()
    rows = {
        said(words, language): [(one.name, said(one.title, language)) for one in known if one.kind == kind]
        for kind, words in kinds().items()
    }
    return {
        "files": files,
        "problems": problems,
        "drafts": visit.desk.drafts.all(),
        "examples": {words: those for words, those in rows.items() if those},
        "convention": None,
    }
