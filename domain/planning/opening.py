"""The first message to each person: the convention is in force, this is what comes. Registered late, it says what was missed."""

from collections.abc import Iterator

from domain.contacts import people
from domain.dossier import Told
from domain.items import State
from domain.messages import Recipient
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context
from domain.planning.lines import line
from domain.planning.stages import CHASED
from domain.planning.telling import about_end, his_roles, ours_of, told_at_present

_OVER = frozenset({"notice", "renewal", "end", "recourse", "termination"})
"""What is of no use to anybody once its day is past."""

LISTED = 12
"""How many coming things the first message lists at most."""


def openings(ctx: Context) -> list[Draft]:
    """Return the opening message of everyone who has not had it, once the convention is operational."""
    if not ctx.may_send or not is_operational(ctx) or ctx.dossier.withdrawn is not None:
        return []
    return [draft(ctx, to, content, ctx.slot) for to, content in _contents(ctx)]


def is_operational(ctx: Context) -> bool:
    """Whether duties run already."""
    start = ctx.s.operational_from
    return start is not None and ctx.s.today >= start


def _contents(ctx: Context) -> Iterator[tuple[Recipient, Content]]:
    roles = ctx.s.convention.roles
    ours = (ctx.s.convention.coordinator, ctx.s.convention.manager)
    everyone = people(ctx.s, (*ours, *roles))
    for person in everyone:
        if ctx.told(person.address, "opening"):
            continue
        his = his_roles(ctx, person)
        full = not his.isdisjoint(ours)
        concerned = [i for i in ctx.agenda.items if full or not his.isdisjoint((*i.responsible, *i.informed))]
        coming = [i for i in concerned if i.state in CHASED and i.safe_day is not None][:LISTED]
        # What others did or not before we kept this file is not ours to reproach them with.
        past = [i for i in concerned if i.state is State.PAST and i.kind not in _OVER and his & ours_of(ctx)]
        if ctx.s.is_over and not his & set(ours):
            continue  # a convention registered after its end is our own affair
        if not coming and not past and not his & set(ours):
            continue
        told = [Told(about="opening", stage="now"), *(told_at_present(ctx, item, person) for item in coming)]
        told += [Told(about=about_end(ctx), stage="now", day=ctx.agenda.ends_on)] if ctx.s.ended_early else []
        lines = [line(ctx.s, item, "now", person.role) for item in coming]
        lines += [line(ctx.s, item, "past", person.role) for item in past[-LISTED:]]
        warnings = [w.text for w in ctx.agenda.warnings] if his & set(ours) else []
        yield (
            person,
            Content("opening", lines, told=told, others=[p.function for p in everyone], warnings=warnings),
        )
