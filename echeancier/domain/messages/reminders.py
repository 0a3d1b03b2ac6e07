"""Deadlines spoken of at their stages; at once where hours count or tomorrow would be too late; what was told wrongly."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import islice

from echeancier.domain.agenda.items import Item, State
from echeancier.domain.agenda.unrecorded import closes_without
from echeancier.domain.attention.quiet import quiet_of
from echeancier.domain.attention.reminder_stages import CHASED, Due, due_stage, stages, stages_around_now
from echeancier.domain.attention.ways import audience
from echeancier.domain.facts.dossier import Message, Told
from echeancier.domain.messages.compose import draft, line, told_at_present
from echeancier.domain.messages.context import Context, still_stands, telling
from echeancier.domain.messages.mail_kind import Asking, Content, MailKind, Planning
from echeancier.domain.messages.offers import Offer, of_the_lines
from echeancier.domain.messages.order import Line, MessageOrder
from echeancier.domain.messages.put_off import is_silenced, promised, promised_at
from echeancier.domain.model import Text
from echeancier.domain.standing.item_keys import series_of
from echeancier.domain.standing.people import Recipient, people, recipient
from echeancier.domain.standing.when_mail_may_leave import morning, next_morning
from echeancier.domain.terms.policy import STAGES, Stage

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
    return people(ctx.s, audience(ctx.s, item, "reminder"), though_left=True)


def _heard_last(ctx: Context, item: Item, person: Recipient) -> datetime:
    said = [message.at for _, message in ctx.told(person.address, item.key)]
    return max(said, default=datetime.min.replace(tzinfo=ctx.now.tzinfo))


AGAIN = "again"
"""What an insistence counts as having told, after the five stages."""

_SPEAKS_OF_AN_ITEM = frozenset({*STAGES, AGAIN, HOURLY, "corrected", "now"})
"""What was last told under one of these stages may have to be corrected."""

_NOT_TO_CORRECT = frozenset({State.DONE, State.PAST})


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


class Urgent(MailKind):
    """What cannot wait for tomorrow's mail: a delay in hours, at any hour; what is for tomorrow at the latest and came late."""

    kind = "urgent"
    name = Text(fr="Urgent", en="Urgent")
    alone = True
    waits = False

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return one message per person for all that is urgent."""
        piles = dict[str, Pile]()
        for item in now.ctx.agenda.items:
            due = due_stage(now.ctx.s, item)
            _call_again(now.ctx, item, piles, due)
            for person, told in _to_tell_now(now.ctx, item, due):
                if is_urgent(now, item, told, person):
                    _add(now.ctx, item, told, person, piles)
        yield from (_content_of_pile(cls, _sorted(pile), Asking(pile.to)) for pile in piles.values())

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:
        """Return the instants at which a delay in hours is spoken of."""
        in_hours = [item for item in ctx.agenda.items if item.legal_last_instant is not None]
        found = [call for item in in_hours if (call := next_call_at(ctx, item)) is not None]
        for item in in_hours:
            coming = (due for due in stages(ctx.s, item) if due.at > ctx.now and stages_to_tell(ctx, item, due))
            found += [due.at for due in islice(coming, 1)]
        return found

    @classmethod
    def offers(cls, order: MessageOrder) -> tuple[Offer, ...]:
        """Return what may be said of what is urgent."""
        return of_the_lines(order)


def is_urgent(now: Planning, item: Item, due: Due, person: Recipient) -> bool:
    """Whether an item that is due to be told cannot wait for tomorrow's mail.

    Its safe day is over with the next open day, and today's mail has left: it is later than the morning, or it was sent.
    """
    ctx = now.ctx
    if item.legal_last_instant is not None:
        return due.stage != "escalation"  # that one is for a morning
    if not ctx.may_send or item.safe_day is None or due.stage not in STAGES[:3]:
        return False
    tomorrow = ctx.s.calendar.next_workable(ctx.s.today + timedelta(days=1))
    has_left = ctx.now.astimezone(ctx.s.zone).time() >= ctx.policy.morning_until
    return ctx.s.today <= item.safe_day <= tomorrow and (has_left or now.was_written_to_today(person.address))


class Reminders(MailKind):
    """One or several deadlines, at one of their stages: a part of the mail of the day."""

    kind = "reminders"
    name = Text(fr="Rappels", en="Reminders")
    heeds = True
    one_a_day = True
    carries_letters = True
    may_wait = True
    told_by_digest = True

    @classmethod
    def due(cls, now: Planning) -> Iterator[tuple[Recipient, Content]]:
        """Return one message per person for all stages due, and one for all corrections."""
        corrected = [_content_of_pile(Correction, pile, Asking(pile.to)) for pile in _wrong(now)]
        # What a correction says of a date needs no reminder beside it.
        entries = [draft(now.ctx, to, content, now.ctx.now).message for to, content in corrected]
        after = replace(now, ctx=now.ctx.plus(entries))
        yield from (_content_of_pile(cls, pile, now.asking(pile.to)) for pile in _due(after, after.ctx.agenda.items))
        yield from corrected

    @classmethod
    def next_at(cls, ctx: Context) -> list[datetime]:
        """Return the instants at which a stage not yet told becomes due, or may at last be told.

        Only the earliest is of use: whatever is later than one already found is left out, unasked who heard it.
        """
        found: list[datetime] = []
        waiting = next_morning(ctx.s, ctx.now) if ctx.may_send else ctx.slot
        for item in ctx.agenda.items:
            if (again := insist_at(ctx, item)) is not None:
                found.append(again if again > ctx.now else ctx.slot)
            due_now, first = stages_around_now(ctx.s, item)
            if first is not None and (not found or first.at < min(found)):
                coming = (due for due in stages(ctx.s, item) if due.at > ctx.now and stages_to_tell(ctx, item, due))
                found += [due.at for due in islice(coming, 1)]
            found += [call.at for call in promised_at(ctx, item)]
            if waiting not in found and _to_tell_now(ctx, item, due_now):
                found.append(waiting)
        return found

    @classmethod
    def offers(cls, order: MessageOrder) -> tuple[Offer, ...]:
        """Return what may be said of the duties reminded of."""
        return of_the_lines(order)


class Correction(MailKind):
    """A date told before was wrong, or no longer stands. Planned with the reminders, which heed it."""

    kind = "correction"
    name = Text(fr="Rectification", en="Correction")
    one_a_day = True
    told_by_digest = True

    @classmethod
    def offers(cls, order: MessageOrder) -> tuple[Offer, ...]:
        """Return what may be said of the duties whose date it corrects."""
        return of_the_lines(order)


def _content_of_pile(mail: type[MailKind], pile: Pile, asking: Asking) -> tuple[Recipient, Content]:
    return pile.to, Content(mail, pile.lines, asking.questions, told=[*pile.told, *asking.told], others=pile.others)


def stages_to_tell(ctx: Context, item: Item, due: Due) -> list[Recipient]:
    """Return the people who have not heard this stage (nor a later one) of the item's present legal day."""
    hearers = people(ctx.s, audience(ctx.s, item, due.stage), though_left=True)
    return [
        person
        for person in hearers
        if not ctx.has_heard(person.address, item, due.rank) and not is_silenced(ctx, item, person, due)
    ]


def _to_tell_now(ctx: Context, item: Item, due: Due | None) -> list[tuple[Recipient, Due]]:
    """Return who must hear of an item now, and at which stage: the latest due, or the call that was put off until now."""
    if not was_opened(ctx, item):
        return []
    usual = [] if due is None else [(person, due) for person in stages_to_tell(ctx, item, due)]
    return [*usual, *promised(ctx, item, due)]


def _due(now: Planning, items: Iterable[Item]) -> list[Pile]:
    ctx, piles = now.ctx, dict[str, Pile]()
    for item in items:
        _insist(ctx, item, piles)
        for person, told in _to_tell_now(ctx, item, due_stage(ctx.s, item)):
            _add(ctx, item, told, person, piles)
    return [_sorted(pile) for pile in piles.values()]


def _add(ctx: Context, item: Item, told: Due, person: Recipient, piles: dict[str, Pile]) -> None:
    hearers = people(ctx.s, audience(ctx.s, item, told.stage), though_left=True)
    pile = piles.setdefault(person.address.casefold(), Pile(person))
    others = tuple(one.function for one in hearers)
    pile.add(line(ctx.s, item, told.stage, person.role), telling(item, told.stage), others)


def _insist(ctx: Context, item: Item, piles: dict[str, Pile]) -> None:
    """Put again what was escalated in vain: a signature to whoever owes it, what keeps the file open to the coordinator."""
    again = insist_at(ctx, item)
    if again is None or again > ctx.now:
        return
    roles = (*(item.responsible if item.kind == "signature" else ()), ctx.s.convention.coordinator)
    hearers = people(ctx.s, roles)
    for person in hearers:
        pile = piles.setdefault(person.address.casefold(), Pile(person))
        others = tuple(one.function for one in hearers)
        pile.add(line(ctx.s, item, "overdue", person.role), telling(item, AGAIN), others)


def _call_again(ctx: Context, item: Item, piles: dict[str, Pile], due: Due | None) -> None:
    """Call again, to those who must act, what has only hours left, unless a stage is told them at this very instant."""
    if item.legal_last_instant is None or not was_opened(ctx, item):
        return
    told_now = {p.address for p in stages_to_tell(ctx, item, due)} if due is not None else set()
    for person in to_call(ctx, item):
        if person.address not in told_now and quiet_of(ctx.s, item, person.role) is None:
            stage = call_stage(ctx, item)
            pile = piles.setdefault(person.address.casefold(), Pile(person))
            pile.add(line(ctx.s, item, stage, person.role), telling(item, HOURLY), ())


def insist_at(ctx: Context, item: Item) -> datetime | None:
    """Return when what was escalated in vain is put again, None for what is not.

    What keeps the file open: 30, 60, 120, 240 days after its escalation, then each year. A signature: at its own
    pace, until it is given, refused, or out of time.
    """
    if item.state is not State.LATE:
        return None
    if item.kind != "signature" and (not item.holds_open or closes_without(ctx.s, item)):
        return None
    heard = ctx.told(recipient(ctx.s, ctx.s.convention.coordinator).address, item.key)
    said = [(t, m) for t, m in heard if still_stands(t, item) and t.stage in (STAGES[-1], AGAIN)]
    if not said:
        return None
    wait = ctx.policy.question_every_days * 2 ** sum(told.stage == AGAIN for told, _ in said)
    wait = min(wait, ctx.policy.seldom_days)
    if item.kind == "signature":
        wait = ctx.policy.signature_again_days
    last = said[-1][1].at.astimezone(ctx.s.zone).date()
    return morning(ctx.s, ctx.s.calendar.next_workable(last + timedelta(days=wait)))


def was_opened(ctx: Context, item: Item) -> bool:
    """Whether duties may be spoken of already: once operational, people first get the opening message."""
    if item.traits.precedes_duties:
        return True
    return ctx.s.operational_from is not None and ctx.s.today >= ctx.s.operational_from


def _sorted(pile: Pile) -> Pile:
    order = sorted(
        range(len(pile.lines)),
        key=lambda n: (-_rank(pile.lines[n].stage), pile.lines[n].safe_day or date.max),
    )
    return Pile(pile.to, [pile.lines[n] for n in order], [pile.told[n] for n in order], pile.others)


def _rank(stage: str) -> int:
    return STAGES.index(stage) if stage in STAGES else -1


def _wrong(now: Planning) -> list[Pile]:
    """What people were told and is no longer so: the date moved, or the thing no longer stands."""
    ctx = now.ctx
    piles: dict[str, Pile] = {}
    mine: dict[str, list[str]] = defaultdict(list)
    for (address, about), told in ctx.outbox.told.items():
        last, message = told[-1]
        if last.stage not in _SPEAKS_OF_AN_ITEM:
            continue
        if ctx.s.end_is_conditional and _hangs_from_the_end(ctx, about):
            continue  # while a breach can be cured nobody is told of an end that may not come
        item = ctx.items.get(about) or _vanished(now, about, last, message)
        if item is None or item.state in _NOT_TO_CORRECT:
            continue
        gone = about not in ctx.items or item.state is State.CANCELLED
        if not gone and (still_stands(last, item) or item.ground is None):
            continue
        person = next((p for p in people(ctx.s, ctx.s.convention.roles) if p.address.casefold() == address), None)
        if person is None:
            continue
        pile = piles.setdefault(address, Pile(person))
        stage = "gone" if gone else "now"
        told_now = telling(item, "gone" if gone else "corrected").model_copy(update={"about": about})
        pile.add(line(ctx.s, item, stage, message.role, former_day=last.day or last.safe), told_now, ())
        if not gone and (heard := told_at_present(ctx, item, person)).stage in STAGES[:3]:
            pile.told.append(heard)
        mine[about].append(person.function)
    for pile in piles.values():
        pile.others = [name for told in pile.told for name in mine[told.about]]
    return list(piles.values())


def _hangs_from_the_end(ctx: Context, about: str) -> bool:
    heads = {"end", *(duty.id for duty in ctx.s.convention.end_duty)}
    return series_of(about) in heads or about not in ctx.items


def _vanished(now: Planning, about: str, last: Told, message: Message) -> Item | None:
    """Return, as it was told, what has left the agenda and somebody may still be preparing for.

    Whatever falls with an early end was said by the message about that end.
    """
    ctx = now.ctx
    if "/" not in about or now.is_no_item(about) or ctx.s.ended_early:
        return None
    if last.day is not None and last.day < ctx.s.today:
        return None
    item = ctx.item_when_told(about, message)
    if item is None or item.safe_day is None or item.safe_day < ctx.s.today:
        return None
    return item
