"""What managers search conventions by, and what the engine's own page shows. Nothing personal: these are never encrypted."""

import json
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from echeancier.domain.agenda.items import TO_DO, Item, State
from echeancier.domain.attention.reminder_stages import ANNOUNCED
from echeancier.domain.dates.words import figures
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.undelivered import held_back
from echeancier.domain.model import Frozen
from echeancier.domain.text import shortened

_KEYWORD_CHARACTERS, _KEYWORD_BYTES = 255, 2048

_DOABLE = TO_DO - {State.MISSED}

Status = Literal["preparation", "in-force", "ending", "denied", "ended", "withdrawn"]


class Attributes(Frozen):
    """The searchable face of a convention.

    Attributes:
        end_of_term: last day in force; the day until which it binds where it renews itself.
        renews_itself: whether it goes on after that day unless somebody writes.
        next_posting_day: safe day of the next notice that can be given.
        next_safe_day: the earliest safe day of what is still to be done (it may be past: then it is late).
        has_alert: something is late, missed a short while ago, undelivered or irregular, or the paper was refused.
        parent: reference of the convention it hangs from.
        follows: reference of the convention whose place it takes.
        last_instant: where hours run, the first instant at which some are over, on the clocks of the place; empty elsewhere.
    """

    status: Status
    kind: str
    partner: str
    service: str
    end_of_term: date | None
    next_posting_day: date | None
    next_safe_day: date | None
    has_alert: bool
    parent: str = ""
    follows: str = ""
    renews_itself: bool = False
    last_instant: str = ""


def keyword(text: str) -> str:
    """Return ``text``, or its beginning and « … » where it is longer than every store of the engine can keep.

    A keyword column of PostgreSQL holds 255 characters, the engine takes 2,048 bytes of JSON, in which a letter with an
    accent counts six and an emoji twelve. What is beyond ends the workflow at once.
    """
    limit = _KEYWORD_CHARACTERS
    while len(json.dumps(kept := shortened(text, limit))) > _KEYWORD_BYTES:
        limit -= 1
    return kept


def attributes(ctx: Context) -> Attributes:
    """Return the searchable face of a convention at the instant of the context."""
    convention = ctx.s.convention
    posting = [i.safe_day for i in ctx.agenda.items if i.kind == "notice" and i.state in TO_DO and i.safe_day]
    todo = [i.safe_day for i in ctx.agenda.items if i.safe_day and i.nature not in ANNOUNCED and _can_be_done(ctx, i)]
    return Attributes(
        status=status(ctx),
        kind=convention.kind,
        partner=keyword(", ".join(convention.parties[key].name_on(ctx.s.today) for key in convention.others)),
        service=keyword(convention.service),
        end_of_term=ctx.agenda.end.day,
        next_posting_day=min((d for d in posting if d >= ctx.s.today), default=None),
        next_safe_day=min(todo, default=None),
        has_alert=_alert(ctx),
        parent=(convention.parent.reference or "") if convention.parent is not None else "",
        follows=convention.follows,
        renews_itself=ctx.agenda.end.renews_itself,
        last_instant=_last_instant(ctx),
    )


def _last_instant(ctx: Context) -> str:
    found = [i.legal_last_instant for i in ctx.agenda.items if i.legal_last_instant and i.state in TO_DO]
    return min(found).astimezone(ctx.s.zone).isoformat() if found else ""


def _can_be_done(ctx: Context, item: Item) -> bool:
    """A meeting missed, or what was only owed as far as possible, cannot be done once its day is past."""
    if item.state not in _DOABLE:
        return False
    over = item.legal_last_day is not None and item.legal_last_day < ctx.s.today
    return not (over and item.state is State.BEST_EFFORT)


def status(ctx: Context) -> Status:
    """Return where the convention stands in its life."""
    if ctx.dossier.withdrawn is not None:
        return "withdrawn"
    if ctx.s.is_over:
        return "ended"
    if ctx.s.operational_from is None or ctx.s.today < ctx.s.operational_from:
        return "preparation"
    if ctx.s.is_denied:
        return "denied"
    return "ending" if ctx.s.ended_early else "in-force"


def _alert(ctx: Context) -> bool:
    late = any(i.state is State.LATE or _still_missed(ctx, i) for i in ctx.agenda.items)
    refused = any(m.status == "refused" for m in ctx.outbox.unsettled) or held_back(ctx.outbox.unsettled)
    return (
        late
        or bool(refused)
        or ctx.s.circulation.has_stopped
        or any(w.id.startswith("signed-irregularly") for w in ctx.agenda.warnings)
    )


def _still_missed(ctx: Context, item: Item) -> bool:
    """Whether a missed meeting still matters: for a while, and until a later one of its series is held."""
    last = item.legal_last_day
    if item.state is not State.MISSED or last is None:
        return False
    made_up_for = any(i.done_on is not None and i.done_on > last for i in ctx.agenda.items if i.series == item.series)
    return not made_up_for and ctx.s.today <= last + timedelta(days=ctx.policy.missed_alert_days)


def details(ctx: Context) -> str:
    """Return a page of Markdown for the engine's own view: dates and keys, no address, no function."""
    agenda = ctx.agenda
    end = f"{agenda.end.words.fr} {_day(agenda.end.day)}" if agenda.end.renews_itself else f"fin {_day(agenda.end.day)}"
    head = [
        f"**{status(ctx)}** — effet {_day(agenda.effect_on)}, {end}",
        "",
        *([f"{agenda.end.says.fr}.", ""] if agenda.end.says else []),
        "| jour prudent | dernier jour | quoi | état |",
        "|---|---|---|---|",
    ]
    coming = islice((i for i in agenda.items if _can_be_done(ctx, i)), 12)
    return "\n".join([*head, *(_row(i) for i in coming)])


def _row(item: Item) -> str:
    return f"| {_day(item.safe_day)} | {_day(item.legal_last_day)} | {item.key} | {item.state.value} |"


def _day(day: date | None) -> str:
    return figures(day) if day else "inconnu"
