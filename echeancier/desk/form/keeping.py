"""A form that saves itself: what is typed goes into its draft, and two tabs never undo each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.examples import EXAMPLES
from echeancier.desk.form.document import sheet_from
from echeancier.desk.form.edits import blank_sheet
from echeancier.desk.form.filling import named
from echeancier.desk.form.following import proposed
from echeancier.desk.form.sheet import Sheet, nested
from echeancier.desk.form.steps import FormStep, mark_of_part, part_of, with_part
from echeancier.desk.visit import Visit

ORIGINS: Final = ("exemple", "suite", "modele")
"""What a form may begin from, beside a blank one and a draft: a known convention, or one that runs."""

BESIDE: Final = frozenset({"draft", "mark", "origin", "step", "seen", "scenario", "do", "back"})
"""Fields of the page that are none of the sheet."""

COPY: Final = "copied_at"
"""In a sheet: when it was kept apart from another that had changed meanwhile."""


@dataclass(frozen=True)
class KeptDraft:
    """A draft as it is after a form was sent.

    Attributes:
        name: its name.
        sheet: what it holds now.
        apart: what was typed had been typed on a page that another one has overtaken: it is kept in a draft of its own.
    """

    name: str
    sheet: Sheet
    apart: bool = False


async def begun(visit: Visit, origin: str) -> tuple[Sheet, str]:
    """Return the sheet that a form begins from, and why what was asked for could not be proposed.

    Raises:
        HTTPException: 404, there is no such example.
        UnknownConventionError, NoAnswerError: as the register says.
    """
    kind, _, name = origin.partition(":")
    if kind == "exemple":
        return _example(name), ""
    if kind == "suite":
        return await proposed(visit, name)
    if kind == "modele":
        convention = (await visit.desk.shelf.one(name)).ctx.dossier.convention
        return {**sheet_from(convention), "reference": ""}, ""
    return blank_sheet(), ""


async def keep_typed(visit: Visit, fields: Mapping[str, str], step: FormStep | None) -> KeptDraft:
    """Put the fields of a step in their draft, made where there is none yet; of the whole form without a step.

    Another tab may have saved since the page was made. Where it changed the same step, what was typed here is kept in a
    second draft; where it changed another one, both stand.
    """
    desk = visit.desk
    typed = nested(
        {
            path: value
            for path, value in fields.items()
            if path not in BESIDE and not path.startswith(("what.", "book."))
        }
    )
    name = fields.get("draft", "")
    draft = desk.drafts.get(name)
    if step is None:
        sheet = named(typed)
        return KeptDraft(desk.drafts.keep(sheet, visit.who.by, desk.clock(), name), sheet)
    if draft is None:
        base, _ = await begun(visit, fields.get("origin", ""))
        sheet = named(with_part(base, step, typed))
        return KeptDraft(desk.drafts.keep(sheet, visit.who.by, desk.clock()), sheet, apart=bool(name))
    sheet = named(with_part(draft.sheet, step, typed))
    if part_of(sheet, step) == part_of(draft.sheet, step):
        return KeptDraft(name, draft.sheet)
    if fields.get("mark", "") == mark_of_part(draft.sheet, step):
        return KeptDraft(desk.drafts.keep(sheet, visit.who.by, desk.clock(), name), sheet)
    sheet = {**sheet, COPY: desk.clock().isoformat()}
    return KeptDraft(desk.drafts.keep(sheet, visit.who.by, desk.clock()), sheet, apart=True)


def _example(name: str) -> Sheet:
    """A copy of a known convention, under a reference of its own to choose."""
    known = {path.stem: path for path in EXAMPLES.glob("*.toml") if not path.stem.endswith(".facts")}
    if name not in known:
        raise HTTPException(404)
    return {**sheet_from(load_convention(known[name])), "reference": ""}
