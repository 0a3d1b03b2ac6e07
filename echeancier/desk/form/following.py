"""What follows a convention, in the form: the terms the domain proposes, and what is to be looked at, at its field."""

import re
from dataclasses import dataclass
from typing import Any, Final

from echeancier.desk.form.document import sheet_from
from echeancier.desk.form.edits import at
from echeancier.desk.form.sheet import Sheet, called
from echeancier.desk.visit import Visit
from echeancier.domain.afterwards.follow_on import FollowOn, follow_on
from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import REFERENCE
from echeancier.domain.terms.convention import Convention
from echeancier.domain.typography import said
from echeancier.engine.errors import EngineError

_KEYED: Final = frozenset({"parties", "roles"})


@dataclass(frozen=True)
class Marked:
    """One thing to look at.

    Attributes:
        field: the path of the field on the page.
        words: why.
        about: what the block it stands in is called in its paper; empty at the top.
    """

    field: str
    words: str
    about: str = ""


async def proposed(visit: Visit, reference: str) -> tuple[Sheet, str]:
    """Return the sheet of what follows a convention, and why it could not be proposed, in which case it is a copy.

    Raises:
        UnknownConventionError, NoAnswerError: as the register says.
    """
    seen = await visit.desk.shelf.one(reference)
    try:
        return sheet_from(follow_on(seen.ctx.s).convention), ""
    except EcheancierError as error:
        return {**sheet_from(seen.ctx.dossier.convention), "reference": ""}, str(error)


async def marks_of(visit: Visit, sheet: Sheet) -> tuple[Marked, ...]:
    """Return what is still to be looked at in a sheet that says which convention it follows.

    Read again from that convention at each page, so that a draft taken up later has them too.
    """
    reference = str(sheet.get("follows", "")).strip().upper()
    if not re.fullmatch(REFERENCE, reference):
        return ()
    try:
        found = follow_on((await visit.desk.shelf.one(reference)).ctx.s)
    except (EcheancierError, EngineError):
        return ()  # it ended before this program was in use, or it has what follows already; what is typed is kept
    placed = [(where(one.place, found, sheet), said(one.says, visit.language)) for one in found.marks]
    return tuple(Marked(field, words, _about(sheet, field)) for field, words in placed if field is not None)


def where(place: str, found: FollowOn, sheet: Sheet) -> str | None:
    """Return where a place of the proposed terms stands on the page now, None when its block was taken out."""
    block, _, rest = place.partition(".")
    name, _, field = rest.partition(".")
    if block in _KEYED and name:
        number = _number(sheet.get(block), "key", name)
    elif name.isdecimal():
        id = _id(found.convention, block, int(name))  # noqa: A001 - the word of the file
        number = _number(sheet.get(block), "id", id) if id else _in_its_place(sheet.get(block), int(name))
    else:
        return place
    if number is None:
        return None
    return ".".join(part for part in (block, str(number), field) if part)


def _about(sheet: Sheet, field: str) -> str:
    block = at(sheet, ".".join(field.split(".")[:2]))
    given = block if isinstance(block, dict) else {}
    return called(given) or str(given.get("article", ""))


def _id(convention: Convention, block: str, number: int) -> str:
    return str(getattr(convention, block)[number].id or "")


def _in_its_place(blocks: Any, number: int) -> int | None:
    return number if isinstance(blocks, list) and number < len(blocks) else None


def _number(blocks: Any, key: str, name: str) -> int | None:
    rows = blocks if isinstance(blocks, list) else []
    return next((n for n, one in enumerate(rows) if isinstance(one, dict) and one.get(key) == name), None)
