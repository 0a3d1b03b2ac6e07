"""What the program asks of the outside world. Adapters implement these; activities name nothing else."""

from typing import Protocol

from domain.mail import Delivery


class MailTransport(Protocol):
    """Hands one finished mail to a relay, for one recipient."""

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str) -> Delivery:
        """Try once to hand over `raw`, byte for byte.

        Never raises for what a relay or a network may do: the answer says it. `envelope_from` is the address
        that receives delivery failures.
        """
        ...
