"""What a list of dated things counts as having told, so that no burst of reminders follows it."""

from domain.contacts import recipient
from domain.dossier import Told
from domain.items import Item
from domain.messages import Recipient
from domain.planning.context import Context
from domain.planning.grounds import telling
from domain.planning.stages import audience, due_stage
from domain.words import figures


def his_roles(ctx: Context, person: Recipient) -> set[str]:
    """Return every role whose mail a person receives, his own and those he stands in for."""
    return ctx.s.once("roles", person.address, ctx.s.convention, lambda: _his_roles(ctx, person))


def _his_roles(ctx: Context, person: Recipient) -> set[str]:
    address = person.address.casefold()
    return {key for key in ctx.s.convention.roles if recipient(ctx.s, key).address.casefold() == address}


def ours_of(ctx: Context) -> set[str]:
    """Return the roles of our own side."""
    return {key for key, role in ctx.s.convention.roles.items() if role.party == ctx.s.convention.us}


def about_end(ctx: Context) -> str:
    """Return under what name an early end is told."""
    assert ctx.agenda.ends_on is not None  # noqa: S101 - the caller knows that it ends early
    return f"ended/{figures(ctx.agenda.ends_on)}"


def told_at_present(ctx: Context, item: Item, person: Recipient) -> Told:
    """Return what listing an item tells its reader: the last stage already due that is for him and that he had not heard."""
    his, due = his_roles(ctx, person), due_stage(ctx.s, item)
    if due is None:
        return telling(item, "now")
    first = ctx.rank_told(person.address, item) + 1
    heard = [stage for stage in due.calls[first : due.rank + 1] if his & set(audience(ctx.s, item, stage))]
    return telling(item, heard[-1] if heard else "now")
