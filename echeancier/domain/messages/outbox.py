"""The messages of a dossier, in the order in which they were written, looked up by what every kind of mail asks of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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
        unsettled: those that the relay has not taken, or that are marked with a fault: few, among the many that arrived.
    """

    count: int = 0
    by_address: dict[str, list[Message]] = field(default_factory=dict)
    told: dict[tuple[str, str], list[tuple[Told, Message]]] = field(default_factory=dict)
    of_meetings: tuple[Message, ...] = ()
    unsettled: tuple[Message, ...] = ()

    def to(self, address: str) -> list[Message]:
        """Return every message to an address, oldest first, whatever became of it."""
        return self.by_address.get(address.casefold(), [])

    @cached_property
    def refused_in_a_row(self) -> frozenset[str]:
        """The messages refused one after the other to several people, since the relay last took one.

        One address may be dead; `IN_A_ROW` at once are a relay that refuses us: they are tried again for days. Those that the
        mail of the day carried are left out: it judges that itself, over every convention, before it tells any of them.
        """
        refused = [
            m
            for m in self.unsettled
            if m.fault == "in-a-row" or (m.status == "refused" and m.fault == "address")
            if m.answered_at is not None and not m.mail
        ]
        if len(refused) < IN_A_ROW:
            return frozenset()
        taken = max((m.accepted_at for sent in self.by_address.values() for m in sent if m.accepted_at), default=None)
        row = [m for m in refused if taken is None or (m.answered_at is not None and m.answered_at > taken)]
        several = len({m.address.casefold() for m in row}) >= IN_A_ROW
        return frozenset(m.id for m in row if m.fault == "address") if several else frozenset()

    def plus(self, messages: Iterable[Message]) -> "OutboxLookup":
        """Return this outbox with later messages."""
        count, of_meetings, unsettled = self.count, list(self.of_meetings), list(self.unsettled)
        by_address: dict[str, list[Message]] = defaultdict(list)
        told: dict[tuple[str, str], list[tuple[Told, Message]]] = defaultdict(list)
        for message in messages:
            count += 1
            address = message.address.casefold()
            by_address[address].append(message)
            if message.is_said:
                for one in message.told:
                    told[address, one.about].append((one, message))
            if message.meeting is not None:
                of_meetings.append(message)
            if message.status != "accepted" or message.fault:
                unsettled.append(message)
        return OutboxLookup(
            count,
            _joined(self.by_address, by_address),
            _joined(self.told, told),
            tuple(of_meetings),
            tuple(unsettled),
        )


def _joined(before: dict[K, list[V]], after: dict[K, list[V]]) -> dict[K, list[V]]:
    return {**before, **{key: [*before.get(key, ()), *found] for key, found in after.items()}}
