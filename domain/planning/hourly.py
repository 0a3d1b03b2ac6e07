"""The last day of a delay in hours: spoken of again every few hours until somebody says that it is done."""

from datetime import datetime, timedelta

from domain.contacts import people
from domain.items import Item
from domain.messages import Recipient
from domain.planning.context import Context
from domain.planning.stages import CHASED, audience
from domain.policy import Stage

HOURLY = "hourly"
"""The stage under which such a call is counted; it is no sixth stage: it comes between two of the five."""

_LAST_DAY = 24


def calls(ctx: Context, item: Item) -> tuple[datetime, ...]:
    """Return the instants of the last twenty-four real hours at which an item is spoken of, earliest first."""
    limit = item.legal_last_instant
    if limit is None or item.state not in CHASED or item.done_on is not None:
        return ()
    step = ctx.policy.hours_between
    return tuple(limit - timedelta(hours=left) for left in range(_LAST_DAY - step, 0, -step))


def to_call(ctx: Context, item: Item) -> list[Recipient]:
    """Return who must act and has heard nothing of an item since its last call."""
    past = [at for at in calls(ctx, item) if at <= ctx.now]
    limit = item.legal_last_instant
    if not past or limit is None or ctx.now >= limit:
        return []
    return [person for person in _those_who_act(ctx, item) if _heard_last(ctx, item, person) < past[-1]]


def call_stage(ctx: Context, item: Item, left: int = 12) -> Stage:
    """Return what the call is in words: a last call within the last half-day, a reminder before."""
    limit = item.legal_last_instant
    return "last-call" if limit is not None and ctx.now >= limit - timedelta(hours=left) else "reminder"


def next_call_at(ctx: Context, item: Item) -> datetime | None:
    """Return the instant of the next call of an item, None without one."""
    return next((at for at in calls(ctx, item) if at > ctx.now), None)


def _those_who_act(ctx: Context, item: Item) -> tuple[Recipient, ...]:
    return people(ctx.s, audience(ctx.s, item, "reminder"))


def _heard_last(ctx: Context, item: Item, person: Recipient) -> datetime:
    said = [message.at for _, message in ctx.told(person.address, item.key)]
    return max(said, default=datetime.min.replace(tzinfo=ctx.now.tzinfo))
