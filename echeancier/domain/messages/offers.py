"""What a mail lets its reader say by a link.

Decided with the plan, pure on the order, so that a mail written again offers the same.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from echeancier.domain.agenda.items import Item
from echeancier.domain.messages.acts import Act
from echeancier.domain.messages.order import Line, MessageOrder
from echeancier.domain.messages.tokens import Claim, LinkKey, item_mark
from echeancier.domain.standing.situation import Situation


def acts_of(s: Situation, item: Item, reader: str) -> tuple[Act, ...]:
    """Return what a role may say of an item: that its side did it, that it received it, that its party signed or will not.

    Meetings are answered by their invitation. Whoever runs the convention records at the desk.
    """
    side, owed_by = s.convention.roles[reader].party, item.owed_by
    if item.traits.is_meeting or reader == s.convention.coordinator:
        return ()
    if item.kind == "signature":
        return ("signed", "refuse-sign") if owed_by == side else ()
    if not item.traits.told_by_link or item.settled_by != "done":
        return ()
    if side in s.convention.named_by(owed_by):
        return ("done",)
    return ("received",) if side in s.convention.named_by(item.owed_to) and item.traits.told_by_link == "both" else ()


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
    if meeting is None or meeting.method != "REQUEST":
        return ()
    asked = {guest.address.casefold() for guest in meeting.guests if not guest.chairs}
    if order.to.address.casefold() not in asked:
        return ()
    acts: tuple[Act, ...] = ("accept", "decline", "other-date")
    return tuple(Offer(meeting.item, act, meeting.sequence, meeting.starts_at) for act in acts)


def done_or_received(order: MessageOrder) -> tuple[Offer, ...]:
    """Return what may be said of the duties that a message speaks of."""
    return tuple(
        Offer(line.item, act, 0, _end_of(line, order.at))
        for line in order.lines
        if line.stage in _SPOKEN_OF
        for act in line.acts
    )


def _end_of(line: Line, at: datetime) -> datetime:
    day = max(filter(None, (line.legal_last_day, line.safe_day, at.astimezone(UTC).date())))
    return datetime.combine(day, time.min, tzinfo=UTC) + AFTER_THE_DAY
