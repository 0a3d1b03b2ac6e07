"""The one outbox of a convention: what is handed to the relay, and what became of it."""

import asyncio

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.mail import AMBIGUOUS, BYTES_LOST, MailActivities
from domain.dossier import Dossier, Message
from domain.messages import MessageOrder
from domain.planning.plan import Plan
from domain.sending import SendRequest, SendResult
from workflows.policies import MOST_CUTS, SEND_HEARTBEAT, SEND_RETRY, SEND_TIMEOUT


class Outbox:
    """Sends what a plan orders and keeps the outcome in the dossier. Used inside a workflow only.

    Attributes:
        unwritten: what the messages say that may not have been put into bytes yet, by id. An order is not planned twice:
            without it, a message that could not be written the first time would be lost.
    """

    def __init__(self, dossier: Dossier, unwritten: dict[str, MessageOrder]) -> None:
        self._dossier = dossier
        self.unwritten = unwritten

    async def send(self, plan: Plan) -> bool:
        """Drop what is superseded, hand over what is due, all at once; return whether everything was accepted."""
        for message_id in plan.superseded:
            self._update(message_id, status="superseded")
        self._dossier.outbox.extend(plan.entries)
        self.unwritten.update((order.id, order) for order in plan.orders)
        due = [*(order.id for order in plan.orders), *plan.retries]
        results = await asyncio.gather(*(self._send(self._request(message_id)) for message_id in due))
        return all(results)

    def _request(self, message_id: str) -> SendRequest:
        message = self._message(message_id)
        return SendRequest(
            id=message_id,
            reference=self._dossier.convention.reference,
            address=message.address,
            at=message.at,
            tries=message.tries,
            suspect=message.status == "refused" or message.fault == "in-a-row",
            order=self.unwritten.get(message_id),
        )

    async def _send(self, request: SendRequest) -> bool:
        try:
            result = await workflow.execute_activity_method(
                MailActivities.send,
                request,
                start_to_close_timeout=SEND_TIMEOUT,
                heartbeat_timeout=SEND_HEARTBEAT,
                retry_policy=SEND_RETRY,
                summary=self._message(request.id).kind,
            )
        except ActivityError as error:
            self._note_cut(request, error)
            return False
        self._note(request, result)
        return result.status == "accepted"

    def _note_cut(self, request: SendRequest, error: ActivityError) -> None:
        """Keep that no attempt gave an answer: the relay may have the message or not."""
        former = self._message(request.id)
        lost = isinstance(error.cause, ApplicationError) and error.cause.non_retryable
        cuts = former.cuts + (not lost)
        self._update(
            request.id,
            status="refused" if lost or cuts >= MOST_CUTS else "to-send",
            tries=request.tries + 1,
            cuts=cuts,
            maybe_twice=former.maybe_twice or not lost,
            detail=_why(error.cause),
        )

    def _note(self, request: SendRequest, result: SendResult) -> None:
        former = self._message(request.id)
        self._update(
            request.id,
            status=result.status,
            tries=request.tries + 1,
            next_try=result.next_try,
            accepted_at=result.at if result.status == "accepted" else None,
            maybe_twice=former.maybe_twice or result.maybe_twice,
            stored=result.stored,
            answered_at=result.at,
            detail=result.detail,
            fault=result.fault,
            sha256=result.sha256,
        )

    def _message(self, message_id: str) -> Message:
        return next(m for m in reversed(self._dossier.outbox) if m.id == message_id)

    def _update(self, message_id: str, **changes: object) -> None:
        for n, message in enumerate(self._dossier.outbox):
            if message.id == message_id:
                self._dossier.outbox[n] = message.model_copy(update=changes)
        if changes["status"] != "to-send":  # the bytes exist, or will never be asked for
            self.unwritten.pop(message_id, None)


def _why(cause: BaseException | None) -> str:
    """Return what to keep of an error: our own words as they are, of any other its name only (it may quote an address)."""
    if isinstance(cause, ApplicationError):
        return cause.message if cause.type in (AMBIGUOUS, BYTES_LOST) else f"envoi interrompu ({cause.type})"
    return f"envoi interrompu ({type(cause).__name__})"
