"""« Commencer avec le formulaire »: one step at a time, saved at every change; nothing is lost, nothing needs a script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from echeancier.adapters.stores.drafts import TERM, FormDraft
from echeancier.desk.form.cards import Card, CardBuilder
from echeancier.desk.form.catalogue import ClauseKind, catalogue, families, often
from echeancier.desk.form.check_page import check, checked, place_of, start_or_rehearse, tabs_of
from echeancier.desk.form.document import sheet_from, written
from echeancier.desk.form.draft import read
from echeancier.desk.form.edits import add, article, cite, duplicate, more, remove, uncite, way_chosen
from echeancier.desk.form.following import marks_of
from echeancier.desk.form.from_book import parties_offered, take_up
from echeancier.desk.form.growing import growing
from echeancier.desk.form.happened import inputs
from echeancier.desk.form.keeping import ORIGINS, KeptDraft, begun, keep_typed
from echeancier.desk.form.known import kinds
from echeancier.desk.form.names_in_words import NamesInWords
from echeancier.desk.form.shapes import ROOT, block_words, shape_of
from echeancier.desk.form.sheet import FACTS, Sheet, slug
from echeancier.desk.form.steps import ACT, CHECK, END, PARTIES, STEPS, FormStep, mark_of_part, step_called, step_of
from echeancier.desk.pages import html
from echeancier.desk.sign_in.people import Right, require
from echeancier.desk.visit import Visit, Visiting
from echeancier.domain.dates.words import hour
from echeancier.domain.model import Text
from echeancier.domain.typography import nbsp, said

router = APIRouter()

FORM: Final = "/commencer/formulaire"

_FEW: Final = 3
"""Clauses in a step from which on its catalogue is folded: what is usual is there."""

MOST_FIELDS: Final = 4000
"""The longest of the known conventions takes six hundred."""


@dataclass(frozen=True)
class Button:
    """A button of the form: what it does, to which place of the sheet, and what was sent with it."""

    do: str
    where: str
    fields: Mapping[str, str]


Edit = Callable[[Sheet, str], None]
_EDITS: Final[Mapping[str, Edit]] = {
    "remove": remove,
    "article": article,
    "more": more,
    "duplicate": duplicate,
    "way": way_chosen,
}


@router.get(FORM)
async def form(visit: Visiting) -> Response:
    """Show a step of the form: of a draft; or the first, blank or begun from an example or a convention that runs."""
    require(visit.who, Right.START)
    asked = visit.query
    if name := asked.get("brouillon"):
        draft = visit.desk.drafts.get(name)
        if draft is None:
            raise HTTPException(404)
        if asked.get("etape") == CHECK:
            return await check(visit, draft)
        return await _page(visit, draft, step_called(asked.get("etape", "")) or ACT)
    origin = next((f"{kind}:{asked[kind]}" for kind in ORIGINS if kind in asked), "")
    sheet, why = await begun(visit, origin)
    return await _page(visit, _unkept(visit, sheet), ACT, origin=origin, why=why)


def _unkept(visit: Visit, sheet: Sheet) -> FormDraft:
    """A draft that nothing was typed in yet: it is kept nowhere, and has no name."""
    return FormDraft("", str(sheet.get("title", "")), visit.desk.clock(), visit.who.by, sheet)


@router.post(FORM)
async def act(visit: Visiting) -> Response:
    """Keep what was typed, then do what the button says."""
    require(visit.who, Right.START)
    fields = await visit.form(MOST_FIELDS)
    do, _, where = fields.get("do", "").partition(":")
    if do == "open":
        return await _opened(visit, fields)
    if do == "discard":
        visit.desk.drafts.drop(fields.get("draft", ""))
        return visit.go("/commencer", ok="draft-discarded")
    if do in ("start", "rehearse"):
        return await start_or_rehearse(visit, fields, do)
    step = _step_sent(fields)
    kept = await keep_typed(visit, fields, step)
    if do == "file" and not kept.apart:
        return _file(visit, kept.draft.sheet)
    return _done(visit, kept, step, Button(do, where, fields))


@router.post(FORM + "/garder")
async def keep(visit: Visiting) -> Response:
    """Keep what was typed, for the page that saves itself; return how it stands, and the agenda so far.

    Returns:
        JSON: ``draft`` and ``mark`` to send next time, ``saved`` in words, ``apart`` whether it went into a draft of its own,
        ``agenda`` as HTML.
    """
    require(visit.who, Right.START)
    fields = await visit.form(MOST_FIELDS)
    step = _step_sent(fields)
    kept = await keep_typed(visit, fields, step)
    sheet = kept.draft.sheet
    agenda = html("start_growing", visit.language, {"growing": await growing(visit, sheet)})
    words = Text(fr=f"Gardé à {hour(visit.desk.clock(), 'fr')}", en=f"Kept at {hour(visit.desk.clock(), 'en')}")
    answer = {
        "draft": kept.draft.name,
        "mark": mark_of_part(sheet, step),
        "saved": said(words, visit.language),
        "apart": kept.apart,
        "agenda": agenda,
    }
    return visit.sign(JSONResponse(answer))


def _step_sent(fields: Mapping[str, str]) -> FormStep:
    """The step of a page that was sent; 400 where it is none of ours."""
    step = step_called(fields.get("step", ""))
    if step is None:
        raise HTTPException(400)
    return step


def _done(visit: Visit, kept: KeptDraft, step: FormStep, button: Button) -> Response:
    """Do what a button says to a draft, then show it at its place; on what was kept apart, nothing but show it."""
    if kept.apart:
        return _shown(visit, kept.draft, step.key, ok="draft-copied")
    sheet, to, at, ok = kept.draft.sheet, step.key, "", ""
    if button.do == "go":
        to = button.where
    else:
        at, ok = _taken_up(visit, sheet, button) if button.do == "book" else _edited(sheet, button)
        to = step_of(at, sheet).key if at else to
    by, now = visit.who.by, visit.desk.clock()
    draft = visit.desk.drafts.keep(sheet, by, now, kept.draft.name, checked=to == CHECK)
    return _shown(visit, draft, to, at=at, ok=ok)


def _shown(visit: Visit, draft: FormDraft, step: str, *, at: str = "", ok: str = "") -> Response:
    """Send the browser to a step of a draft, at a place of it."""
    anchor = f"#x-{at}" if at else ""
    return visit.go(FORM + anchor, brouillon=draft.name, etape=step, **({"ok": ok} if ok else {}))


def _taken_up(visit: Visit, sheet: Sheet, button: Button) -> tuple[str, str]:
    """Add the function of the address book that was chosen."""
    chosen, party = (button.fields.get(name, "") for name in ("book.entry", "book.party"))
    at = take_up(sheet, visit.desk.known_functions(), chosen, party)
    return at, "" if at else "book-none"


def _edited(sheet: Sheet, button: Button) -> tuple[str, str]:
    """Add, take out, repeat, cite; return the place that changed, and what there is to say."""
    where = button.where
    match button.do:
        case "add":
            wanted = [name.removeprefix("what.") for name in button.fields if name.startswith("what.")]
            found = [add(sheet, key) for key in wanted]
            return next((place for place in found if place), ""), "" if all(found) else "clause-there"
        case "cite":
            cite(sheet, where, button.fields.get(f"{where}.cites", ""))
        case "uncite":
            where, _, id = where.partition(":")  # noqa: A001 - the word of the file
            uncite(sheet, where, id)
        case do if do in _EDITS:
            _EDITS[do](sheet, where)
    return where, ""


def _file(visit: Visit, sheet: Sheet) -> Response:
    name = slug(str(sheet.get("reference", ""))) or "convention"
    headers = {"Content-Disposition": f'attachment; filename="{name}.toml"'}
    return visit.sign(Response(written(sheet).text, media_type="application/toml", headers=headers))


async def _opened(visit: Visit, fields: Mapping[str, str]) -> Response:
    """Begin from the text of a convention file, with its facts."""
    text = fields.get("text-file", "").strip() or fields.get("text", "").strip()
    convention, problems = await read(text, "convention.toml", visit.language)
    if convention is None:
        sheet, _ = await begun(visit, "")
        return await _page(visit, _unkept(visit, sheet), ACT, why=" ".join(problems), status=422)
    sheet = {**sheet_from(convention), FACTS: fields.get("facts", "")}
    return _shown(visit, visit.desk.drafts.keep(sheet, visit.who.by, visit.desk.clock()), ACT.key)


async def _page(
    visit: Visit, draft: FormDraft, step: FormStep, *, origin: str = "", why: str = "", status: int = 200
) -> Response:
    language, sheet = visit.language, draft.sheet
    marks = await marks_of(visit, sheet)
    problems = (await checked(visit, sheet)).problems if draft.checked else ()
    cards = CardBuilder(sheet, step, problems, language, marks)
    head, placed = cards.head(), cards.cards()
    here = [one for one in problems if one.field and step_of(one.field, sheet) is step]
    values = {
        "steps": tabs_of(sheet, problems, language),
        "step": step,
        "after": STEPS[STEPS.index(step) + 1] if step is not END else None,
        "before": STEPS[STEPS.index(step) - 1] if step is not ACT else None,
        "draft": draft.name,
        "mark": mark_of_part(sheet, step),
        "origin": origin,
        "why": nbsp(why),
        "apart": draft.copy,
        "kept_days": TERM.days,
        "problems": [(one, place_of(one, sheet, language)) for one in here],
        "marks": [(one, place_of(one, sheet, language)) for one in marks if step_of(one.field, sheet) is step],
        "follows": str(sheet.get("follows", "")),
        "head": head,
        "cards": placed,
        "lists": _lists(step, placed, language),
        "others": cards.others(),
        "happened": inputs(sheet, language) if step is ACT else (),
        "facts": str(sheet.get(FACTS, "")),
        "offered": _offered(step, sheet, language),
        "events": NamesInWords(sheet).suggested(language),
        "growing": await growing(visit, sheet),
        "book": visit.desk.known_functions() if step is PARTIES else (),
        "parties": parties_offered(sheet),
    }
    return visit.page_of("starting", values, status)


def _lists(step: FormStep, cards: tuple[Card, ...], language: str) -> list[tuple[str, str, list[Card], str]]:
    """The cards under the name of their block, and the button that adds one more to those that are in no catalogue."""
    found = []
    for name in step.blocks:
        shape = shape_of(ROOT, name)
        assert shape.model is not None  # noqa: S101 - a step shows blocks
        words = block_words(shape.model)
        adding = said(words.adding, language) if words.adding and shape.sort == "keyed" else ""
        those = [card for card in cards if card.kind == name]
        if those or adding:
            found.append((name, said(words.called, language), those, adding))
    return found


def _offered(step: FormStep, sheet: Sheet, language: str) -> list[tuple[str, list[tuple[str, str]], bool]]:
    """The clauses of the catalogue that stand in a step, by family; first those that conventions of its kind have often."""
    here = {key: entry for key, entry in catalogue().items() if entry.block in step.blocks and _can_be(sheet, entry)}
    kind = str(sheet.get("kind", ""))
    usual = [key for key in often().get(kind, ()) if key in here]
    blank = sum(len(rows) if isinstance(rows := sheet.get(name), list) else 0 for name in step.blocks) < _FEW
    found = []
    if usual:
        words = Text(fr=f"Souvent, dans ce cas : {kinds()[kind].fr}", en=f"Often, for: {kinds()[kind].en}")
        found.append((said(words, language), [(key, said(here[key].name, language)) for key in usual], blank))
    for family, words in families().items():
        rows = [(k, said(e.name, language)) for k, e in here.items() if e.family == family and k not in usual]
        if rows:
            found.append((said(words, language), rows, False))
    return found


def _can_be(sheet: Sheet, entry: ClauseKind) -> bool:
    return not (entry.single and isinstance(sheet.get(entry.block), dict))
