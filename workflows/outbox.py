"""The one outbox of a convention: what is handed to the relay, and what became of it."""

import asyncio

from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.messages.order import MessageOrder
from echeancier.domain.messages.plan import Plan
from echeancier.domain.messages.send_request import SendRequest, SendResult, answered
from echeancier.domain.messages.tried_again import MOST_CUTS, MOST_UNKNOWN
from workflows.handing import Cut, hand_over


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

    def keep(self, entries: tuple[Message, ...]) -> bool:
        """Keep what left with the mail of the day; return whether anything of it is new."""
        known = {message.id for message in self._dossier.outbox}
        new = [entry for entry in entries if entry.id not in known]
        self._dossier.outbox.extend(new)
        return bool(new)

    def _request(self, message_id: str) -> SendRequest:
        message = self._message(message_id)
        return SendRequest(
            id=message_id,
            reference=self._dossier.convention.reference,
            address=message.address,
            at=message.at,
            tries=message.tries,
            suspect=message.status == "refused" or message.fault == "in-a-row",
            until=message.until,
            unknown=message.unknown,
            order=self.unwritten.get(message_id),
        )

    async def _send(self, request: SendRequest) -> bool:
        result = await hand_over(request, self._message(request.id).kind)
        if isinstance(result, Cut):
            self._note_cut(request, result)
            return False
        self._note(request, result)
        return result.status == "accepted"

    def _note_cut(self, request: SendRequest, cut: Cut) -> None:
        """Keep that no try gave an answer; only what may have left in two copies is said to be."""
        cuts = self._message(request.id).cuts + 1
        self._update(
            request.id,
            status="refused" if cut.over or cuts >= MOST_CUTS else "to-send",
            tries=request.tries + 1,
            cuts=cuts,
            unknown=cut.unknown,
            maybe_twice=cut.unknown >= MOST_UNKNOWN,
            detail=cut.detail,
        )

    def _note(self, request: SendRequest, result: SendResult) -> None:
        self._put(answered(self._message(request.id), result, request.tries + 1))

    def _message(self, message_id: str) -> Message:
        return next(m for m in reversed(self._dossier.outbox) if m.id == message_id)

    def _update(self, message_id: str, **changes: object) -> None:
        self._put(self._message(message_id).model_copy(update=changes))

    def _put(self, changed: Message) -> None:
        for n, message in enumerate(self._dossier.outbox):
            if message.id == changed.id:
                self._dossier.outbox[n] = changed
        if changed.status != "to-send":  # the bytes exist, or will never be asked for
            self.unwritten.pop(changed.id, None)
