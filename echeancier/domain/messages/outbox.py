"""The messages of a dossier, in the order in which they were written, looked up by what every kind of mail asks of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from echeancier.domain.facts.dossier import Message, Told

K = TypeVar("K")
V = TypeVar("V")


IN_A_ROW = 3
"""So many people refused one after the other, with nobody served between them, are no fault of theirs."""


@dataclass(frozen=True)
class OutboxLookup:
    """Read once, however many mails look at it; what an instant adds is added to a copy.

    Attributes:
        count: how many messages it holds.
        by_address: every message to an address, in lower case.
        told: what was told, by (address in lower case, about what), with the message that told it, oldest first.
        of_meetings: the messages that are a revision of a meeting.
        unsettled: those that wait, were refused or are marked with a fault: few, among the many that arrived.
        last_taken: when the relay last took one.
    """

    count: int = 0
    by_address: dict[str, list[Message]] = field(default_factory=dict)
    told: dict[tuple[str, str], list[tuple[Told, Message]]] = field(default_factory=dict)
    of_meetings: tuple[Message, ...] = ()
    unsettled: tuple[Message, ...] = ()
    last_taken: datetime | None = None

    def to(self, address: str) -> list[Message]:
        """Return every message to an address, oldest first, whatever became of it."""
        return self.by_address.get(address.casefold(), [])

    @cached_property
    def refused_in_a_row(self) -> frozenset[str]:
        """The messages refused one after the other to several people, since the relay last took one.

        One address may be dead; `IN_A_ROW` at once are a relay that refuses us: they are tried again for days.
        """
        row = [
            m
            for m in self.unsettled
            if m.fault == "in-a-row" or (m.status == "refused" and m.fault == "address")
            if m.answered_at is not None
            if self.last_taken is None or m.answered_at > self.last_taken
        ]
        several = len({m.address.casefold() for m in row}) >= IN_A_ROW
        return frozenset(m.id for m in row if m.fault == "address") if several else frozenset()

    def plus(self, messages: Iterable[Message]) -> "OutboxLookup":
        """Return this outbox with later messages."""
        new = tuple(messages)
        by_address: dict[str, list[Message]] = defaultdict(list)
        told: dict[tuple[str, str], list[tuple[Told, Message]]] = defaultdict(list)
        for message in new:
            address = message.address.casefold()
            by_address[address].append(message)
            if message.is_said:
                for one in message.told:
                    told[address, one.about].append((one, message))
        taken = (message.accepted_at for message in new if message.accepted_at is not None)
        return OutboxLookup(
            count=self.count + len(new),
            by_address=_joined(self.by_address, by_address),
            told=_joined(self.told, told),
            of_meetings=(*self.of_meetings, *(m for m in new if m.meeting is not None)),
            unsettled=(*self.unsettled, *(m for m in new if m.waits or m.status == "refused" or m.fault)),
            last_taken=max((*taken, *filter(None, [self.last_taken])), default=None),
        )


def _joined(before: dict[K, list[V]], after: dict[K, list[V]]) -> dict[K, list[V]]:
    return {**before, **{key: [*before.get(key, ()), *found] for key, found in after.items()}}
