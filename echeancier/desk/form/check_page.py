"""The last screen of the form: what must be put right, what the form gives, then *commencer*."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response

from echeancier.adapters.stores.drafts import FormDraft
from echeancier.desk.form.document import Problem, WrittenSheet, written
from echeancier.desk.form.draft import draft_of, read_facts
from echeancier.desk.form.filling import blocks
from echeancier.desk.form.following import Marked, marks_of
from echeancier.desk.form.happened import facts_of
from echeancier.desk.form.preview import previewed
from echeancier.desk.form.shapes import place
from echeancier.desk.form.sheet import FACTS, Sheet, called, names_in
from echeancier.desk.form.steps import STEPS, FormStep, step_of
from echeancier.desk.rehearsal.rehearsals import SCENARIOS, BusyError
from echeancier.desk.started_once import TAKEN
from echeancier.desk.visit import Visit
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.terms.convention import Convention
from echeancier.domain.typography import said
from echeancier.engine.gateway import RefusedError

_CHANGED: Final = Text(
    fr="Le formulaire a changé depuis que l’échéancier a été montré : voici ce qu’il donne maintenant.",
    en="The form changed since the agenda was shown: this is what it gives now.",
)


@dataclass(frozen=True)
class CheckedSheet:
    """What a sheet gives.

    Attributes:
        made: its convention and its file.
        told: its facts, as a facts file.
        facts: the same, each having passed the door.
        problems: everything that must be put right before it can start.
    """

    made: WrittenSheet
    told: str
    facts: tuple[Recorded, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def mark(self) -> str:
        """What tells whether what starts is what was shown."""
        return hashlib.sha256(f"{self.made.text}\0{self.told}".encode()).hexdigest()


async def checked(visit: Visit, sheet: Sheet) -> CheckedSheet:
    """Return what a sheet gives, and every problem at once."""
    made = written(sheet)
    told, wrong_days = facts_of(sheet)
    problems = (*made.problems, *wrong_days)
    if made.convention is None or problems:
        return CheckedSheet(made, told, problems=problems)
    rows = await visit.desk.shelf.lists.rows()
    if any(row.reference == made.convention.reference for row in rows):
        return CheckedSheet(made, told, problems=(Problem("reference", said(TAKEN, visit.language)),))
    facts, wrong = await read_facts(told, made.convention, visit.desk.clock(), visit.language)
    return CheckedSheet(made, told, facts, tuple(Problem(FACTS, one) for one in wrong))


def place_of(one: Problem | Marked, sheet: Sheet, language: str) -> str:
    """Return where something stands on the form, in words; empty when it stands nowhere.

    An article is called after what cites it: nobody sees its number.
    """
    words = said(place(one.field), language) if one.field else ""
    block, _, rest = one.field.partition(".")
    rows = sheet.get("clause", [])
    number = rest.partition(".")[0]
    if block != "clause" or not number.isdecimal() or int(number) >= len(rows):
        return words
    cited = next((b for _, b in blocks(sheet) if rows[int(number)].get("id") in names_in(b.get("clauses"))), {})
    title = called(cited)
    return f"{words.partition(' (')[0]}{' – ' if title else ''}{title}"


def tabs_of(sheet: Sheet, problems: Sequence[Problem], language: str) -> list[tuple[FormStep, str, int]]:
    """Return the steps, their names, and in how many places of each something must be put right."""
    wrong = [step_of(one.field, sheet) for one in problems if one.field]
    return [(step, said(step.name, language), wrong.count(step)) for step in STEPS]


async def check(visit: Visit, draft: FormDraft, refused: Problem | None = None, news: Text | None = None) -> Response:
    """Show what a draft gives; nothing is registered."""
    sheet, language = draft.sheet, visit.language
    found = await checked(visit, sheet)
    problems = (*found.problems, *((refused,) if refused else ()))
    values: dict[str, object] = {"convention": None, "seen": ""}
    if found.made.convention is not None and not problems:
        try:
            dossier = draft_of(found.made.convention, visit.desk.clock(), visit.who.by, found.facts)
            values = {**await previewed(visit, dossier), "seen": found.mark}
        except Refusal as refusal:
            problems = (Problem("", said(refusal.text, language)),)
    marks = await marks_of(visit, sheet)
    values |= {
        "draft": draft.name,
        "steps": tabs_of(sheet, problems, language),
        "problems": [(one, place_of(one, sheet, language), step_of(one.field, sheet).key) for one in problems],
        "marks": [(one, place_of(one, sheet, language), step_of(one.field, sheet).key) for one in marks],
        "follows": str(sheet.get("follows", "")),
        "news": news,
    }
    return visit.page_of("starting_check", values, 200 if refused is None else 422)


async def start_or_rehearse(visit: Visit, fields: Mapping[str, str], do: str) -> Response:
    """Start a draft that was shown as it is, or have its whole life rehearsed."""
    draft = visit.desk.drafts.get(fields.get("draft", ""))
    if draft is None:
        return visit.go("/commencer", ok="draft-gone")
    found = await checked(visit, draft.sheet)
    if found.made.convention is None or found.problems:
        return await check(visit, draft)
    if do == "rehearse":
        return await _rehearsed(visit, draft, found, fields.get("scenario", ""))
    if fields.get("seen") != found.mark:
        return await check(visit, draft, news=_CHANGED)
    return await _begun(visit, draft, found.made.convention, found.facts)


async def _begun(visit: Visit, draft: FormDraft, convention: Convention, facts: tuple[Recorded, ...]) -> Response:
    """Start a draft; what is refused comes back with why."""
    try:
        dossier = draft_of(convention, visit.desk.clock(), visit.who.by, facts)
        return await _started(visit, dossier, facts, draft.name)
    except (Refusal, RefusedError) as refused:
        if visit.desk.drafts.get(draft.name) is None:  # the same button was pressed twice: the other press began it
            return visit.go(f"/conventions/{convention.reference}", ok="started")
        words = refused.text if isinstance(refused, Refusal) else str(refused)
        return await check(visit, draft, Problem("", said(words, visit.language)))


async def _rehearsed(visit: Visit, draft: FormDraft, found: CheckedSheet, scenario: str) -> Response:
    played = scenario if scenario in SCENARIOS else SCENARIOS[0]
    try:
        rehearsal = await visit.desk.rehearsals.start(found.made.text, found.told, played, draft.title, draft.name)
    except BusyError as busy:
        return await check(visit, draft, Problem("", str(busy)))
    return visit.go(f"/commencer/repetition/{rehearsal}")


async def _started(visit: Visit, dossier: Dossier, facts: tuple[Recorded, ...], draft: str) -> Response:
    await visit.desk.register.start(dossier.convention, visit.who.by, facts)
    visit.desk.shelf.lists.forget()
    visit.desk.drafts.drop(draft)
    return visit.go(f"/conventions/{dossier.convention.reference}", ok="started")
