"""Deadlines spoken of at their stages, merged per person and day; corrections of what was told wrongly."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from domain.contacts import people
from domain.dossier import Told
from domain.items import Item, State
from domain.messages import Line, Recipient
from domain.planning.composing import Content, Draft, draft
from domain.planning.context import Context
from domain.planning.lines import line
from domain.planning.stages import Due, audience, due_stage, stages
from domain.policy import STAGES
from domain.sending_hours import next_morning

URGENT = frozenset({"last-call", "overdue", "escalation"})


@dataclass
class Pile:
    """What is to be told to one person."""

    to: Recipient
    lines: list[Line] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def add(self, what: Line, day: Told, others: tuple[str, ...]) -> None:
        """Put one line on the pile."""
        self.lines.append(what)
        self.told.append(day)
        self.others += others


def reminders(ctx: Context) -> list[Draft]:
    """Return one message per person for all stages due, and one for all corrections."""
    if not ctx.may_send:
        return []
    return [
        *(draft(ctx, p.to, Content("reminders", p.lines, told=p.told, others=p.others), ctx.slot) for p in _due(ctx)),
        *(draft(ctx, p.to, Content("correction", p.lines, told=p.told, others=p.others), ctx.slot) for p in _wrong(ctx)),
    ]


def stages_to_tell(ctx: Context, item: Item, due: Due) -> list[Recipient]:
    """Return the people who have not heard this stage (nor a later one) of the item's present legal day."""
    hearers = people(ctx.s, audience(ctx.s, item, due.stage))
    return [person for person in hearers if ctx.rank_told(person.address, item) < due.rank]


def _due(ctx: Context) -> list[Pile]:
    piles: dict[str, Pile] = {}
    for item in ctx.agenda.items:
        due = due_stage(ctx.s, item)
        if due is None or not was_opened(ctx, item):
            continue
        hearers = stages_to_tell(ctx, item, due)
        names = tuple(person.function for person in people(ctx.s, audience(ctx.s, item, due.stage)))
        for person in hearers:
            pile = piles.setdefault(person.address.casefold(), Pile(person))
            told = Told(about=item.key, stage=due.stage, day=item.legal_last_day)
            pile.add(line(ctx.s, item, due.stage, person.role), told, names)
    return [_sorted(p) for p in piles.values() if not _can_wait(ctx, p)]


def was_opened(ctx: Context, item: Item) -> bool:
    """Whether duties may be spoken of already: once operational, people first get the opening message."""
    if item.kind in ("act", "signature", "renewal"):
        return True
    return ctx.s.operational_from is not None and ctx.s.today >= ctx.s.operational_from


def _can_wait(ctx: Context, pile: Pile) -> bool:
    """One mail per person and day; only what cannot wait for tomorrow makes a second one."""
    urgent = any(what.stage in URGENT for what in pile.lines)
    return not urgent and ctx.was_written_to_today(pile.to.address)


def _sorted(pile: Pile) -> Pile:
    order = sorted(
        range(len(pile.lines)),
        key=lambda n: (-_rank(pile.lines[n].stage), pile.lines[n].safe_day or datetime.max.date()),
    )
    return Pile(pile.to, [pile.lines[n] for n in order], [pile.told[n] for n in order], pile.others)


def _rank(stage: str) -> int:
    return STAGES.index(stage) if stage in STAGES else -1  # type: ignore[arg-type]


def _wrong(ctx: Context) -> list[Pile]:
    """What people were told and is no longer so: the date moved, or the thing no longer stands."""
    piles: dict[str, Pile] = {}
    mine: dict[str, list[str]] = defaultdict(list)
    for (address, about), told in ctx.everything_told().items():
        item = ctx.items.get(about)
        last, message = told[-1]
        if last.stage not in {*STAGES, "corrected", "now"} or item is None or item.state in (State.DONE, State.PAST):
            continue
        gone = item.state is State.CANCELLED
        if not gone and (last.day == item.legal_last_day or item.legal_last_day is None):
            continue
        person = next((p for p in people(ctx.s, ctx.s.convention.roles) if p.address.casefold() == address), None)
        if person is None:
            continue
        pile = piles.setdefault(address, Pile(person))
        stage = "gone" if gone else "now"
        told_now = Told(about=about, stage="gone" if gone else "corrected", day=item.legal_last_day)
        pile.add(line(ctx.s, item, stage, message.role, former_day=last.day), told_now, ())
        mine[about].append(person.function)
    for pile in piles.values():
        pile.others = [name for told in pile.told for name in mine[told.about]]
    return list(piles.values())


def next_stage_at(ctx: Context) -> list[datetime]:
    """Return the instants at which a stage not yet told becomes due, or may at last be told."""
    found: list[datetime] = []
    for item in ctx.agenda.items:
        for due in stages(ctx.s, item):
            if due.at > ctx.now and stages_to_tell(ctx, item, due):
                found.append(due.at)
                break
        due_now = due_stage(ctx.s, item)
        if due_now is not None and was_opened(ctx, item) and stages_to_tell(ctx, item, due_now):
            found.append(next_morning(ctx.s, ctx.now) if ctx.may_send else ctx.slot)
    return found
