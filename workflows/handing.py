"""Handing one message over, inside a workflow: some quick tries, and what is known when none of them gave an answer."""

from dataclasses import dataclass

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.exceptions import TimeoutError as ActivityTimeoutError

from activities.mail import BYTES_LOST, NOBODY_KNOWS, NOT_SENT, MailActivities
from echeancier.domain.messages.send_request import SendRequest, SendResult
from echeancier.domain.messages.tried_again import MOST_UNKNOWN
from workflows.policies import SEND_HEARTBEAT, SEND_RETRY, SEND_TIMEOUT


@dataclass(frozen=True)
class Cut:
    """No try came to its end.

    Attributes:
        unknown: how many times the content may have left, former rounds included.
        over: there is nothing more to try: its bytes are lost, or a person must ask whether it arrived.
        detail: why, in words that quote nobody.
    """

    unknown: int
    over: bool
    detail: str


async def hand_over(request: SendRequest, summary: str) -> SendResult | Cut:
    """Hand a message to the relay."""
    try:
        return await workflow.execute_activity_method(
            MailActivities.send,
            request,
            start_to_close_timeout=SEND_TIMEOUT,
            heartbeat_timeout=SEND_HEARTBEAT,
            retry_policy=SEND_RETRY,
            summary=summary,
        )
    except ActivityError as error:
        return _cut(request, error.cause)


def _cut(request: SendRequest, cause: BaseException | None) -> Cut:
    if isinstance(cause, ApplicationError):
        told, lost = cause.details, cause.non_retryable
        words = cause.message if cause.type in (NOT_SENT, BYTES_LOST) else f"envoi interrompu ({cause.type})"
    else:
        told = cause.last_heartbeat_details if isinstance(cause, ActivityTimeoutError) else ()
        lost, words = False, f"envoi interrompu ({type(cause).__name__})"
    unknown = max([request.unknown, *(one for one in told if isinstance(one, int))])
    asked = unknown >= MOST_UNKNOWN
    return Cut(unknown, lost or asked, NOBODY_KNOWS if asked else words)
