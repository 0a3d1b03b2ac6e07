"""A form that saves itself: what is typed goes into its draft, and two tabs never undo each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.examples import EXAMPLES
from echeancier.adapters.stores.drafts import FormDraft
from echeancier.desk.form.document import sheet_from
from echeancier.desk.form.edits import blank_sheet
from echeancier.desk.form.filling import named
from echeancier.desk.form.following import proposed
from echeancier.desk.form.sheet import Sheet, nested
from echeancier.desk.form.steps import FormStep, mark_of_part, part_of, with_part
from echeancier.desk.visit import Visit

ORIGINS: Final = ("exemple", "suite", "modele")
"""What a form may begin from, beside a blank one and a draft: a known convention, or one that runs."""


@dataclass(frozen=True)
class KeptDraft:
    """A draft as it is after a form was sent.

    Attributes:
        apart: what was typed had been typed on a page that another one has overtaken: this is a draft of its own.
    """

    draft: FormDraft
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


async def keep_typed(visit: Visit, fields: Mapping[str, str], step: FormStep) -> KeptDraft:
    """Put the fields of a step in their draft, made where there is none yet.

    Another tab may have saved since the page was made. Where it changed the same step, what was typed here is kept in a
    second draft; where it changed another one, both stand.
    """
    drafts, by, now = visit.desk.drafts, visit.who.by, visit.desk.clock()
    typed, name = nested(fields), fields.get("draft", "")
    draft = drafts.get(name)
    if draft is None:
        base, _ = await begun(visit, fields.get("origin", ""))
        return KeptDraft(drafts.keep(named(with_part(base, step, typed)), by, now), apart=bool(name))
    sheet = named(with_part(draft.sheet, step, typed))
    if part_of(sheet, step) == part_of(draft.sheet, step):
        return KeptDraft(draft)
    if fields.get("mark", "") == mark_of_part(draft.sheet, step):
        return KeptDraft(drafts.keep(sheet, by, now, name))
    return KeptDraft(drafts.keep(sheet, by, now, copy=True), apart=True)


def _example(name: str) -> Sheet:
    """A copy of a known convention, under a reference of its own to choose."""
    known = {path.stem: path for path in EXAMPLES.glob("*.toml") if not path.stem.endswith(".facts")}
    if name not in known:
        raise HTTPException(404)
    return {**sheet_from(load_convention(known[name])), "reference": ""}
