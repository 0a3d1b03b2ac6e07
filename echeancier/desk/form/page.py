"""« Commencer avec le formulaire »: every button sends the whole form; nothing is lost, nothing needs a script."""

import hashlib
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.examples import EXAMPLES
from echeancier.desk.form.cards import CardBuilder
from echeancier.desk.form.catalogue import catalogue, families, often
from echeancier.desk.form.document import Problem, sheet_from, written
from echeancier.desk.form.draft import draft_of, read, read_facts
from echeancier.desk.form.edits import add, article, blank_sheet, more, remove
from echeancier.desk.form.filling import slug
from echeancier.desk.form.following import marks_of, proposed
from echeancier.desk.form.happened import facts_of, inputs
from echeancier.desk.form.known import kinds
from echeancier.desk.form.preview import previewed
from echeancier.desk.form.shapes import place
from echeancier.desk.form.sheet import Sheet, nested
from echeancier.desk.rehearsal.rehearsals import SCENARIOS, BusyError
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.typography import nbsp, said
from echeancier.engine.gateway import RefusedError

router = APIRouter()

MOST_FIELDS: Final = 4000
"""The longest of the known conventions takes six hundred."""

_CHANGED: Final = Text(
    fr="Le formulaire a changé depuis que l’échéancier a été montré : voici ce qu’il donne maintenant.",
    en="The form changed since the agenda was shown: this is what it gives now.",
)
_SAVED: Final = Text(fr="Le brouillon est gardé.", en="The draft is kept.")
_ALL: Final = Text(fr="Cette clause y est déjà.", en="That clause is there already.")


@dataclass(frozen=True)
class FilledForm:
    """What the form holds, and what is said of it."""

    sheet: Sheet
    draft: str = ""
    problems: tuple[Problem, ...] = ()
    news: Text | None = None
    at: str = ""


@router.get("/commencer/formulaire")
async def form(visit: Visiting) -> Response:
    """Show the form: blank, or begun from a draft, an example, or a convention that runs."""
    require(visit.who, Right.START)
    asked = visit.query
    if name := asked.get("brouillon"):
        draft = visit.desk.drafts.get(name)
        if draft is None:
            raise HTTPException(404)
        return await _page(visit, FilledForm(draft.sheet, name))
    if name := asked.get("exemple"):
        return await _page(visit, FilledForm(_example(name)))
    if reference := asked.get("suite"):
        sheet, why = await proposed(visit, reference)
        return await _page(visit, FilledForm(sheet, problems=(Problem("", nbsp(why)),) if why else ()))
    if reference := asked.get("modele"):
        convention = (await visit.desk.shelf.one(reference)).ctx.dossier.convention
        return await _page(visit, FilledForm({**sheet_from(convention), "reference": ""}))
    return await _page(visit, FilledForm(blank_sheet()))


@router.post("/commencer/formulaire")
async def act(visit: Visiting) -> Response:
    """Do what a button of the form says."""
    require(visit.who, Right.START)
    fields = await visit.form(MOST_FIELDS)
    do, _, where = fields.pop("do", "").partition(":")
    if do == "open":
        return await _opened(visit, fields)
    draft, seen, what = fields.pop("draft", ""), fields.pop("seen", ""), fields.pop("what", "")
    scenario = fields.pop("scenario", "")
    sheet = nested({path: value for path, value in fields.items() if path != "back"})
    if do == "add":
        found = add(sheet, what)
        return await _page(visit, FilledForm(sheet, draft, news=None if found or not what else _ALL, at=found))
    if do in _EDITS:
        _EDITS[do](sheet, where)
        return await _page(visit, FilledForm(sheet, draft, at=where))
    if do == "save":
        draft = visit.desk.drafts.keep(sheet, visit.who.by, visit.desk.clock(), draft)
        return await _page(visit, FilledForm(sheet, draft, news=_SAVED))
    if do == "file":
        name = slug(str(sheet.get("reference", ""))) or "convention"
        headers = {"Content-Disposition": f'attachment; filename="{name}.toml"'}
        return visit.sign(Response(written(sheet).text, media_type="application/toml", headers=headers))
    return await _judged(visit, FilledForm(sheet, draft), do, seen, scenario)


_EDITS = {"remove": remove, "article": article, "more": more}


async def _judged(visit: Visit, typed: FilledForm, do: str, seen: str, scenario: str) -> Response:
    """Show what the form gives, have it rehearsed, or start it when it is what was shown."""
    made = written(typed.sheet)
    start = do == "start"
    told, problems = facts_of(typed.sheet)
    problems = (*made.problems, *problems)
    if made.convention is None or problems:
        return await _page(visit, FilledForm(typed.sheet, typed.draft, problems), 422)
    facts, wrong = await read_facts(told, made.convention, visit.desk.clock(), visit.language)
    if wrong:
        return await _page(
            visit, FilledForm(typed.sheet, typed.draft, tuple(Problem("facts", one) for one in wrong)), 422
        )
    if do == "rehearse":
        return await _rehearsed(visit, typed, made.text, told, scenario)
    try:
        dossier = draft_of(made.convention, visit.desk.clock(), visit.who.by, facts)
        if start and seen == _mark(made.text, told):
            return await _started(visit, dossier, facts, typed.draft)
    except (Refusal, RefusedError) as refused:
        words = refused.text if isinstance(refused, Refusal) else str(refused)
        return await _page(
            visit, FilledForm(typed.sheet, typed.draft, (Problem("", said(words, visit.language)),)), 422
        )
    shown = await previewed(visit, dossier)
    news = _CHANGED if start else None
    return await _page(
        visit, FilledForm(typed.sheet, typed.draft, news=news), 200, {**shown, "seen": _mark(made.text, told)}
    )


async def _rehearsed(visit: Visit, typed: FilledForm, text: str, told: str, scenario: str) -> Response:
    """Have the whole life rehearsed, the form being kept as a draft to come back to."""
    draft = visit.desk.drafts.keep(typed.sheet, visit.who.by, visit.desk.clock(), typed.draft)
    played = scenario if scenario in SCENARIOS else SCENARIOS[0]
    try:
        name = await visit.desk.rehearsals.start(text, told, played, str(typed.sheet.get("title", "")), draft)
    except BusyError as busy:
        return await _page(visit, FilledForm(typed.sheet, draft, (Problem("", str(busy)),)), 409)
    return visit.go(f"/commencer/repetition/{name}")


async def _started(visit: Visit, dossier: Dossier, facts: tuple[Recorded, ...], draft: str) -> Response:
    await visit.desk.register.start(dossier.convention, visit.who.by, facts)
    visit.desk.shelf.lists.forget()
    visit.desk.drafts.drop(draft)
    return visit.go(f"/conventions/{dossier.convention.reference}", ok="started")


def _mark(text: str, told: str) -> str:
    return hashlib.sha256(f"{text}\0{told}".encode()).hexdigest()


async def _opened(visit: Visit, fields: dict[str, str]) -> Response:
    """Begin from the text of a convention file, with its facts."""
    text = fields.get("text-file", "").strip() or fields.get("text", "").strip()
    convention, problems = await read(text, "convention.toml", visit.language)
    if convention is None:
        return await _page(visit, FilledForm(blank_sheet(), problems=tuple(Problem("", one) for one in problems)), 422)
    return await _page(visit, FilledForm({**sheet_from(convention), "facts": fields.get("facts", "")}))


def _example(name: str) -> Sheet:
    """A copy of a known convention, under a reference of its own to choose."""
    known = {path.stem: path for path in EXAMPLES.glob("*.toml") if not path.stem.endswith(".facts")}
    if name not in known:
        raise HTTPException(404)
    return {**sheet_from(load_convention(known[name])), "reference": ""}


async def _page(visit: Visit, typed: FilledForm, status: int = 200, shown: dict[str, object] | None = None) -> Response:
    language = visit.language
    marks = await marks_of(visit, typed.sheet)
    fields = {*(one.field for one in typed.problems), *(one.field for one in marks)}
    cards = CardBuilder(typed.sheet, typed.problems, language, marks)
    placed = cards.elements()
    offered = _often(str(typed.sheet.get("kind", "")), language) | {
        said(words, language): [(e.key, said(e.name, language)) for e in catalogue().values() if e.family == family]
        for family, words in families().items()
    }
    values = {
        "typed": typed,
        "places": {field: said(place(field), language) for field in fields if field},
        "marks": marks,
        "head": cards.head(),
        "parties": cards.listed("parties"),
        "roles": cards.listed("roles"),
        "elements": placed,
        "others": cards.others(),
        "other_ids": cards.other_ids(),
        "happened": inputs(typed.sheet, language),
        "facts": str(typed.sheet.get("facts", "")),
        "offered": offered,
        "convention": None,
        "seen": "",
    }
    return visit.page_of("starting", {**values, **(shown or {})}, status)


def _often(kind: str, language: str) -> dict[str, list[tuple[str, str]]]:
    """The clauses that conventions of a kind have most often, at the head of the catalogue; none where none are known."""
    entries = [(key, said(catalogue()[key].name, language)) for key in often().get(kind, ())]
    if not entries:
        return {}
    words = kinds()[kind]
    return {said(Text(fr=f"Souvent, dans ce cas : {words.fr}", en=f"Often, for: {words.en}"), language): entries}
