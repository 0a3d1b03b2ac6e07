"""What the program asks of the outside world. Adapters implement these; activities name nothing else."""

from typing import Protocol

from domain.mail import Delivery
from domain.messages import MessageOrder


class MailTransport(Protocol):
    """Hands one finished mail to a relay, for one recipient."""

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str) -> Delivery:
        """Try once to hand over `raw`, byte for byte.

        Never raises for what a relay or a network may do: the answer says it. `envelope_from` is the address
        that receives delivery failures.
        """
        ...


class MailWriter(Protocol):
    """Puts a message into words and bytes."""

    def write(self, order: MessageOrder) -> bytes:
        """Return the finished mail; the same order gives the same bytes."""
        ...

    def return_path(self, message_id: str) -> str:
        """Return the address that receives the delivery failures of one message."""
        ...


class DocumentStore(Protocol):
    """Keeps bytes by name, for as long as a file lives."""

    def get(self, name: str) -> bytes | None:
        """Return the bytes kept under ``name``, None if there are none."""
        ...

    def put_once(self, name: str, content: bytes) -> bytes:
        """Keep ``content`` under ``name`` unless something is there already; return what is kept."""
        ...
