"""The messages of a dossier, in the order in which they were written, looked up by what every kind of mail asks of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from echeancier.domain.facts.dossier import Message, Told


@dataclass(frozen=True)
class Outbox:
    """Read once, however many mails look at it; what an instant adds is added to a copy.

    Attributes:
        count: how many messages it holds.
        by_address: every message to an address, in lower case.
        told: what was told, by (address in lower case, about what), with the message that told it, oldest first.
        of_meetings: the messages that are a revision of a meeting.
    """

    count: int = 0
    by_address: dict[str, list[Message]] = field(default_factory=dict)
    told: dict[tuple[str, str], list[tuple[Told, Message]]] = field(default_factory=dict)
    of_meetings: tuple[Message, ...] = ()

    def to(self, address: str) -> list[Message]:
        """Return every message to an address, oldest first, whatever became of it."""
        return self.by_address.get(address.casefold(), [])

    def plus(self, messages: Iterable[Message]) -> "Outbox":
        """Return this outbox with later messages."""
        new = tuple(messages)
        by_address, told = dict(self.by_address), dict(self.told)
        for message in new:
            address = message.address.casefold()
            by_address[address] = [*by_address.get(address, ()), message]
            if message.is_said:
                for one in message.told:
                    told[address, one.about] = [*told.get((address, one.about), ()), (one, message)]
        of_meetings = (*self.of_meetings, *(message for message in new if message.meeting is not None))
        return Outbox(self.count + len(new), by_address, told, of_meetings)
