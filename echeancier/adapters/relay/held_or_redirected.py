"""Two other ways for mail than to those it is written to: nowhere for now, and to one mailbox that tries the program out."""

import re

from echeancier.domain.messages.mail import Delivery
from echeancier.domain.ports import Leaving, MailTransport, unheard

_DATE = re.compile(rb"(?im)^Date:[^\r\n]*")


class HeldMail:
    """The emergency stop: implements `MailTransport`, and hands nothing over.

    The message keeps its bytes in the document store like any other, and the planner has it leave once the stop is over.
    """

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        """Hold the mail."""
        del raw, envelope_from, recipient, leaving
        return Delivery(outcome="deferred", stored=True, detail="envois suspendus\u00a0: message retenu")

    async def trouble(self) -> str:
        """Return nothing: sending was stopped on purpose."""
        return ""


class RedirectedMail:
    """Trials: implements `MailTransport`, and has everything go to one mailbox instead.

    What is read there is what each person would have read, « To » included; the fields of a resent message (RFC 5322,
    3.6.6) before it say where it really went. The journal says so too.

    Args:
        carrier: what really carries the mail.
        to: the mailbox of the trial.
        sender: who resends.
    """

    def __init__(self, carrier: MailTransport, to: str, sender: str) -> None:
        self._carrier, self._to, self._sender = carrier, to, sender

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        """Hand the mail over for the mailbox of the trial; the same mail always gives the same bytes."""
        del recipient
        dated = _DATE.search(raw)
        fields = [f"Resent-From: {self._sender}".encode(), f"Resent-To: {self._to}".encode()]
        if dated is not None:
            fields.insert(0, b"Resent-" + dated[0])
        resent = b"".join(field + b"\r\n" for field in fields) + raw
        delivery = await self._carrier.deliver(resent, envelope_from, self._to, leaving)
        said = f"redirigé vers la boîte d’essai. {delivery.detail}".strip()
        return delivery.model_copy(update={"detail": said})

    async def trouble(self) -> str:
        """Return what the real carrier says."""
        return await self._carrier.trouble()
