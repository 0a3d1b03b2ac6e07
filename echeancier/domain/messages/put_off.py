"""Who is spoken to of a deadline once some have acknowledged it: the others as usual, those at their own call."""

from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.quiet import all_quiet, quiet_of
from echeancier.domain.attention.reminder_stages import Due
from echeancier.domain.attention.ways import audience
from echeancier.domain.messages.context import Context, about_of, still_stands
from echeancier.domain.standing.people import Recipient, people


def is_silenced(ctx: Context, item: Item, person: Recipient, due: Due) -> bool:
    """Whether a person's party acknowledged an item, so that a stage is not spoken of to it."""
    found = quiet_of(ctx.s, item, person.role)
    return found is not None and found.silences(due)


def promised(ctx: Context, item: Item, due: Due | None) -> list[tuple[Recipient, Due]]:
    """Return who must now hear the one call that an acknowledgement left, and at which stage.

    Args:
        ctx: the dossier at this instant.
        item: of its agenda.
        due: the latest of its usual stages that is due; one that comes after the call takes its place.
    """
    found: list[tuple[Recipient, Due]] = []
    for one in all_quiet(ctx.s, item):
        if not one.owes_a_call or one.call.at > ctx.now or (due is not None and due.at >= one.call.at):
            continue
        party = ctx.s.convention.roles[one.said.role].party
        roles = [role for role in audience(ctx.s, item, one.call.stage) if ctx.s.convention.roles[role].party == party]
        hearers = people(ctx.s, roles, though_left=True)
        found += [(person, one.call) for person in hearers if not _heard_since(ctx, item, person, one.call)]
    return found


def promised_at(ctx: Context, item: Item) -> list[Due]:
    """Return the calls still to come that acknowledgements of an item left."""
    return [one.call for one in all_quiet(ctx.s, item) if one.owes_a_call and one.call.at > ctx.now]


def _heard_since(ctx: Context, item: Item, person: Recipient, call: Due) -> bool:
    told = ctx.told(person.address, about_of(item))
    return any(message.at >= call.at and still_stands(one, item) for one, message in told)
