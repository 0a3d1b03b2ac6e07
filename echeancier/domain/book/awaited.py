"""What was sent to an address and is still awaited: what a change of address touches, said before it is made."""

from dataclasses import dataclass
from datetime import date, datetime

from echeancier.domain.agenda.items import TO_DO
from echeancier.domain.messages.context import Context, about_of
from echeancier.domain.model import Text


@dataclass(frozen=True)
class MeetingAhead:
    """A meeting that somebody was invited to."""

    title: Text
    at: datetime


@dataclass(frozen=True)
class AwaitedThere:
    """What one convention sent to an address and still waits for.

    Attributes:
        meetings: to come: whoever is there no longer is told that they are cancelled for him, the new address is invited.
        questions: without an answer: they are put to the new address.
        reminded: what it was reminded of and is not done: the new address is told of it.
        unsent: mails that are written and have not left.
    """

    meetings: tuple[MeetingAhead, ...] = ()
    questions: tuple[Text, ...] = ()
    reminded: tuple[Text, ...] = ()
    unsent: int = 0

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is awaited."""
        return not (self.meetings or self.questions or self.reminded or self.unsent)


def awaited_at(ctx: Context, address: str, on: date) -> AwaitedThere:
    """Return what a convention awaits from an address that is to change.

    Args:
        ctx: the convention at one instant.
        address: the one written to so far.
        on: the first day of the new one: a meeting before it keeps its guests.
    """
    return AwaitedThere(
        tuple(_meetings(ctx, address.casefold(), on)),
        tuple(q.about for q in ctx.agenda.questions if q.answered is None and ctx.told(address, f"question/{q.id}")),
        tuple(
            i.title
            for i in ctx.agenda.items
            if i.state in TO_DO and not i.traits.is_meeting and ctx.told(address, about_of(i))
        ),
        sum(message.waits for message in ctx.outbox.to(address)),
    )


def _meetings(ctx: Context, address: str, on: date) -> list[MeetingAhead]:
    found = {}
    for message in ctx.outbox.of_meetings:
        if message.meeting is None or message.meeting.uid in found:
            continue
        last = ctx.last_revision(message.meeting.uid)
        if last is None or last.method != "REQUEST" or last.starts_at <= ctx.now:
            continue
        starts = last.starts_at.astimezone(ctx.s.zone)
        if starts.date() >= on and address in {guest.casefold() for guest in last.guests}:
            item = ctx.items.get(last.item)
            title = item.title if item is not None else Text(fr=last.item, en=last.item)
            found[last.uid] = MeetingAhead(title, starts)
    return sorted(found.values(), key=lambda one: one.at)
