"""The send activity: one message, one try, bytes that never change from one try to the next."""

import asyncio
import errno
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.enclosing import enclosed
from activities.signs_of_life import signs_of_life
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.messages.send_request import SendRequest, SendResult
from echeancier.domain.messages.tried_again import AFTER_UNKNOWN, MOST_UNKNOWN, next_try_after
from echeancier.domain.ports import DocumentStore, EnclosurePrinter, MailTransport, MailWriter
from echeancier.domain.running.clock import CalendarShift

NOT_SENT = "NotSent"
"""Something of ours failed before the content left. Tried again; how many copies may have left before stands in the details."""

NOBODY_KNOWS = (
    f"remis {MOST_UNKNOWN} fois sans réponse du serveur de courriel, donc peut-être reçu deux fois\u00a0: demander au "
    "destinataire s’il l’a\u00a0; il ne repart pas tout seul"
)
TOO_OLD = "trop ancien pour partir tel quel\u00a0: ce qui reste vrai est redit dans un nouveau message"

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

        What the relay says is an answer, not an error, and no answer after the content left is one too. Raised is only
        what kept the content from leaving: the engine tries that again at once.

        How many copies may be on their way is told by the signs of life of the attempt that was cut short: it had the
        engine know before its content left. A message too old by now does not leave, whatever kept it until now.
        """
        info = activity.info()
        now = self.shift.to_calendar(_started(info))
        unknown = max([request.unknown, *(told for told in info.heartbeat_details if isinstance(told, int))])
        if request.until is not None and now > request.until:
            return SendResult(id=request.id, status="superseded", at=now, unknown=unknown, detail=TOO_OLD)
        if unknown >= MOST_UNKNOWN:
            return SendResult(
                id=request.id,
                status="refused",
                at=now,
                maybe_twice=True,
                unknown=unknown,
                detail=NOBODY_KNOWS,
            )
        async with signs_of_life(unknown) as life:
            try:
                raw, known = await asyncio.to_thread(self._bytes, request)
                delivery = await self.transport.deliver(
                    raw, self.writer.return_path(request.id), request.address, life.leaving
                )
            except Exception as error:
                if isinstance(error, ApplicationError):
                    raise
                raise ApplicationError(_why_not(error), life.unknown, type=NOT_SENT) from error
        # Written before it was ever asked for: an old copy of the data was put back, and it may have gone since.
        before = known and request.order is not None and request.tries == 0 and info.attempt == 1
        again = unknown > 0 or before
        return _result(request, delivery, now, hashlib.sha256(raw).hexdigest(), unknown, again=again)

    def _bytes(self, request: SendRequest) -> tuple[bytes, bool]:
        """Return the message's bytes, written the first time and never again, and whether they were there already."""
        name = f"{request.reference}/mail/{request.id}.eml"
        kept = self.store.get(name)
        if kept is not None:
            return kept, True
        if request.order is None:
            raise ApplicationError(
                "les octets du message ne sont plus dans le dossier des documents",
                type=BYTES_LOST,
                non_retryable=True,
            )
        files = enclosed(self.store, self.printer, request.order)
        return self.store.put_once(name, self.writer.write(request.order, files)), False


def _started(info: activity.Info) -> datetime:
    """The engine's own instant, never this machine's clock: a rehearsal's time is not ours."""
    return info.started_time


def _why_not(error: Exception) -> str:
    """Return why nothing left, in words: the error's own name only where they could quote an address."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "le message n’a pas pu être écrit\u00a0: plus de place sur le disque\u00a0; rien n’est parti"
    return f"le message n’a pas pu être remis ({type(error).__name__})\u00a0; rien n’est parti"


def _result(
    request: SendRequest, delivery: Delivery, now: datetime, mark: str, unknown: int, *, again: bool
) -> SendResult:
    accepted = delivery.outcome == "accepted"
    in_a_row = request.suspect and delivery.fault == "address"
    if delivery.outcome == "ambiguous":
        unknown += 1
        asked = unknown >= MOST_UNKNOWN
        return SendResult(
            id=request.id, status="refused" if asked else "deferred", at=now,
            next_try=None if asked else now + AFTER_UNKNOWN, maybe_twice=asked, unknown=unknown,
            detail=NOBODY_KNOWS if asked else delivery.detail, sha256=mark,
        )  # fmt: skip
    next_try = None
    if not accepted and not delivery.stored and (delivery.outcome != "refused" or in_a_row):
        next_try = next_try_after(request.at, request.tries + 1, now, ours=delivery.ours)
    waits = delivery.stored or next_try is not None
    status: Literal["accepted", "deferred", "refused"] = "accepted" if accepted else "deferred" if waits else "refused"
    return SendResult(
        id=request.id, status=status, at=now, next_try=next_try, maybe_twice=again and accepted,
        unknown=unknown, stored=delivery.stored, detail=delivery.detail,
        fault="in-a-row" if in_a_row else delivery.fault, sha256=mark,
    )  # fmt: skip
