"""The agenda of a convention in its three groups, and the forms that settle a line."""

from echeancier.desk.facts.actions import meeting, on_item, where_it_stands
from echeancier.desk.facts.forms import Form
from echeancier.domain.agenda.item_row import ItemRow, item_row
from echeancier.domain.agenda.items import SETTLED, TO_DO, Item, State
from echeancier.domain.attention import quiet_words
from echeancier.domain.attention.reminder_stages import due_stage
from echeancier.domain.messages.context import Context
from echeancier.domain.typography import said


def agenda_groups(ctx: Context, language: str) -> dict[str, tuple[ItemRow, ...]]:
    """Return every line in one of three groups, ``late``, ``ahead`` and ``settled``, each by the day to act."""
    found: dict[str, list[ItemRow]] = {"late": [], "ahead": [], "settled": []}
    for item in ctx.agenda.items:
        found[_group(ctx, item)].append(item_row(ctx.s, item, language))
    return {name: tuple(lines) for name, lines in found.items()}


def _group(ctx: Context, item: Item) -> str:
    if item.state in (State.LATE, State.MISSED):
        return "late"
    over = item.state is State.BEST_EFFORT and (item.legal_last_day or ctx.s.today) < ctx.s.today
    return "settled" if over or item.state in SETTLED else "ahead"


def item_forms(ctx: Context, item: Item, language: str, back: str) -> tuple[Form, ...]:
    """Return the forms that settle an item; none when it is settled, or has a page of its own."""
    if item.state in SETTLED or not item.traits.has_form:
        return ()
    mark = f"a-{item.key.replace('/', '-')}"
    told = where_it_stands(ctx, item, language, mark, back) if due_stage(ctx.s, item) is not None else ()
    if item.traits.is_meeting:
        return (*meeting(ctx, item, language, mark, back, late=item.state in (State.LATE, State.MISSED)), *told)
    return (*on_item(ctx, item, language, mark, back), *told) if item.state in TO_DO else ()


def standing_words(ctx: Context, language: str) -> dict[str, tuple[str, ...]]:
    """Return what was said of the calls for each item, in sentences, by its key."""
    return {
        item.key: tuple(said(one, language) for one in found)
        for item in ctx.agenda.items
        if (found := quiet_words.where_it_stands(ctx.s, item))
    }
