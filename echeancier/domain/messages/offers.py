"""What a mail lets its reader say by a link.

Decided with the plan, pure on the order, so that a mail written again offers the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.quiet import is_called_for, may_be_put_off, may_be_seen
from echeancier.domain.messages.acts import OF_A_DAY, Act
from echeancier.domain.messages.order import Line, MessageOrder
from echeancier.domain.messages.tokens import Claim, LinkKey, item_mark
from echeancier.domain.standing.situation import Situation


def acts_of(s: Situation, item: Item, reader: str) -> tuple[Act, ...]:
    """Return what a role may say of an item: that its side did it, received it, signed or will not, or where it stands.

    A meeting that has its date is answered by its invitation. Whoever runs the convention may say it of the steps of our own
    procedures too, and has nobody to tell of a problem. What a link cannot settle (a paper that all sign) may still be seen.
    """
    side = s.convention.roles[reader].party
    owes = side in s.convention.named_by(item.owed_by)
    settled = _settled(s, item, reader)
    runs = reader == s.convention.coordinator and owes
    sees_to_it = runs or (owes and not item.traits.is_meeting)
    return (*settled, *_where_it_stands(s, item, reader)) if sees_to_it else settled


def _settled(s: Situation, item: Item, reader: str) -> tuple[Act, ...]:
    side, runs = s.convention.roles[reader].party, reader == s.convention.coordinator
    if item.traits.is_meeting:
        return ()
    if item.kind == "signature":
        return ("signed", "refuse-sign") if item.owed_by == side else ()
    if item.settled_by != "done":
        return ()
    told_by_link = item.traits.told_by_link
    if side in s.convention.named_by(item.owed_by):
        return ("done",) if told_by_link or (runs and item.traits.takes_done) else ()
    return ("received",) if side in s.convention.named_by(item.owed_to) and told_by_link == "both" else ()


def _where_it_stands(s: Situation, item: Item, reader: str) -> Iterator[Act]:
    if may_be_seen(s, item):
        yield "seen"
    if may_be_put_off(s, item):
        yield "later"
    if reader != s.convention.coordinator and is_called_for(s, item):
        yield "problem"


_A_DAY: Final = timedelta(days=1)

AFTER_THE_DAY: Final = timedelta(days=60)
"""How long after the last day of a duty (or after the mail, when that is later) its links still work."""

_SPOKEN_OF: Final = frozenset({"notice", "reminder", "last-call", "overdue", "escalation", "now"})


@dataclass(frozen=True)
class Offer:
    """One thing the reader may say.

    Attributes:
        item: the key of the item.
        sequence: the revision of the meeting, 0 for what is no meeting.
        expires_at: aware.
    """

    item: str
    act: Act
    sequence: int
    expires_at: datetime

    def claim(self, key: LinkKey, order: MessageOrder) -> Claim:
        """Return the claim of this offer, made to the reader of an order."""
        return Claim(
            reference=order.reference,
            act=self.act,
            expires_at=self.expires_at,
            sequence=self.sequence,
            who=key.person(order.reference, order.to.role, order.to.address),
            item=item_mark(self.item),
            key_id=key.id,
        )


def answers(order: MessageOrder) -> tuple[Offer, ...]:
    """Return what a guest may answer to the invitation that a message carries or recalls."""
    meeting = order.meeting
    if meeting is None or meeting.method != "REQUEST" or order.to.address.casefold() == order.ask[1].casefold():
        return ()
    asked = {guest.address.casefold() for guest in meeting.guests if not guest.chairs}
    if order.to.address.casefold() not in asked:
        return ()
    acts: tuple[Act, ...] = ("accept", "decline", "other-date")
    return tuple(Offer(meeting.item, act, meeting.sequence, meeting.starts_at) for act in acts)


def of_the_lines(order: MessageOrder) -> tuple[Offer, ...]:
    """Return what may be said of the duties that a message speaks of."""
    found = (
        Offer(line.item, act, 0, _until_its_day(line) if act in OF_A_DAY else _end_of(line, order.at))
        for line in order.lines
        if line.stage in _SPOKEN_OF
        for act in line.acts
    )
    return tuple(offer for offer in found if offer.expires_at > order.at)


def _end_of(line: Line, at: datetime) -> datetime:
    day = max(filter(None, (line.legal_last_day, line.safe_day, at.astimezone(UTC).date())))
    return datetime.combine(day, time.min, tzinfo=UTC) + AFTER_THE_DAY


def _until_its_day(line: Line) -> datetime:
    """The end of the day on which what was said of a line silences nothing any more."""
    if line.legal_last_instant is not None:
        return line.legal_last_instant
    day = line.safe_day or line.legal_last_day
    return datetime.min.replace(tzinfo=UTC) if day is None else datetime.combine(day, time.min, tzinfo=UTC) + _A_DAY
