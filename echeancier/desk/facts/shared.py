"""A deliberation that several conventions cite: where else what is said of it goes, before it is recorded and after."""

from typing import Final

from echeancier.desk.visit import Visit
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.messages.context import Context
from echeancier.domain.model import Text
from echeancier.domain.recording.shared import same, shared_act

_KEPT: Final = 200
"""Forms whose going elsewhere is remembered: it is said once, on the page that comes next."""


async def read_those_that_cite(visit: Visit, ctx: Context) -> None:
    """Have the other conventions read, where a form of this one may have to name those that cite its acts."""
    if any(act.id for act in ctx.dossier.convention.act):
        await visit.desk.shelf.look(await visit.desk.shelf.lists.rows())


async def went(visit: Visit, ctx: Context, fact: Fact, request: str, *, gone: bool = False) -> None:
    """Remember in which other conventions what was said of a shared act is now recorded, or no longer is.

    Args:
        visit: that recorded it.
        ctx: the convention where it was said.
        fact: what was said.
        request: names the form that said it.
        gone: it was put right or taken back.
    """
    act = shared_act(ctx.dossier.convention, fact)
    if act is None or act.id is None:
        return
    shelf = visit.desk.shelf
    there = shelf.citing(ctx.dossier.convention, act.id)
    for reference in there:
        shelf.wrote(reference)
    look = await shelf.look([row for row in await shelf.lists.rows() if row.reference in there])
    told = ", ".join(seen.reference for seen in look.seen if (same(seen.ctx.dossier.facts, fact, act) is None) is gone)
    if told:
        remember(
            visit,
            request,
            Text(
                fr=f"De même dans les autres conventions de la délibération « {act.id} » : {told}.",
                en=f"So it is in the other conventions of the act “{act.id}”: {told}.",
            ),
        )


def remember(visit: Visit, request: str, words: Text) -> None:
    """Have the page that comes next say this once more than that it was recorded."""
    known = visit.desk.went
    known[request] = words
    while len(known) > _KEPT:
        del known[next(iter(known))]


def said_besides(visit: Visit, request: str, notice: str) -> dict[str, str]:
    """Return what the address of the next page asks it to say: that it was done, and where it went besides."""
    return {"ok": notice, **({"went": request} if request in visit.desk.went else {})}
