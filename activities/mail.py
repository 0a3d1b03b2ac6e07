"""The send activity: one message, one try, bytes that never change from one try to the next."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.signs_of_life import signs_of_life
from domain.calendar_shift import CalendarShift
from domain.enclosures import Enclosure
from domain.mail import Attachment, Delivery
from domain.planning.retries import next_try_after
from domain.ports import DocumentStore, EnclosurePrinter, MailTransport, MailWriter
from domain.sending import SendRequest, SendResult

AMBIGUOUS = "AcceptanceUnknown"
"""The line was lost after the message was handed over: it may have been accepted. Tried again, byte for byte."""

BYTES_LOST = "BytesLost"
"""A message written before is no longer in the store: it is never written a second time with other bytes."""


@dataclass
class MailActivities:
    """Writes a message once, keeps its bytes, and hands them to the relay."""

    writer: MailWriter
    printer: EnclosurePrinter
    transport: MailTransport
    store: DocumentStore
    shift: CalendarShift

    @activity.defn(name="send")
    async def send(self, request: SendRequest) -> SendResult:
        """Try once to hand a message to the relay.

        What the relay says is an answer, not an error. Only a lost line after the message was handed over is raised,
        so that the engine tries again at once; that attempt, like one cut short by a crash, says ``maybe_twice``.
        """
        info = activity.info()
        async with signs_of_life():
            raw = await asyncio.to_thread(self._bytes, request)
            delivery = await self.transport.deliver(raw, self.writer.return_path(request.id), request.address)
        now = self.shift.to_calendar(_started(info))
        if delivery.outcome == "ambiguous":
            raise ApplicationError(delivery.detail or "le serveur n’a pas confirmé", type=AMBIGUOUS)
        return _result(request, delivery, now, hashlib.sha256(raw).hexdigest(), again=info.attempt > 1)

    def _bytes(self, request: SendRequest) -> bytes:
        """Return the message's bytes, written the first time and never again."""
        name = f"{request.reference}/mail/{request.id}.eml"
        kept = self.store.get(name)
        if kept is not None:
            return kept
        if request.order is None:
            raise ApplicationError(
                "les octets du message ne sont plus dans le dossier des documents",
                type=BYTES_LOST,
                non_retryable=True,
            )
        files = tuple(self._file(request.reference, enclosure) for enclosure in request.order.enclosures)
        return self.store.put_once(name, self.writer.write(request.order, files))

    def _file(self, reference: str, enclosure: Enclosure) -> Attachment:
        """Print what a message encloses; what is to be kept is kept before it leaves, and printed once."""
        name = f"{reference}/{enclosure.keep}"
        content = self.store.get(name) if enclosure.keep else None
        if content is None:
            content = self.printer.pdf(enclosure)
            if enclosure.keep:
                content = self.store.put_once(name, content)
        return Attachment(filename=enclosure.filename, mime_type="application/pdf", content=content)


def _started(info: activity.Info) -> datetime:
    """The engine's own instant, never this machine's clock: a rehearsal's time is not ours."""
    return info.started_time


def _result(request: SendRequest, delivery: Delivery, now: datetime, mark: str, *, again: bool) -> SendResult:
    accepted = delivery.outcome == "accepted"
    in_a_row = request.suspect and delivery.fault == "address"
    next_try = None
    if not accepted and not delivery.stored and (delivery.outcome != "refused" or in_a_row):
        next_try = next_try_after(request.at, request.tries + 1, now)
    waits = delivery.stored or next_try is not None
    status: Literal["accepted", "deferred", "refused"] = (
        "accepted" if accepted else "deferred" if waits else "refused"
    )
    return SendResult(
        id=request.id, status=status, at=now, next_try=next_try, maybe_twice=again and accepted,
        stored=delivery.stored, detail=delivery.detail, fault="in-a-row" if in_a_row else delivery.fault, sha256=mark,
    )  # fmt: skip
