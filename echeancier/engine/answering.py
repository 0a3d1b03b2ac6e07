"""The engine's errors turned into words a coordinator can act on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from temporalio.client import RPCTimeoutOrCancelledError, WorkflowQueryFailedError, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError, TemporalError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from echeancier.domain.errors import EcheancierError
from echeancier.domain.running.trouble import Trouble
from echeancier.engine.errors import NoAnswerError
from echeancier.engine.reasons import in_words
from workflows.refusing import OVERTAKEN, REFUSED


class RefusedError(EcheancierError):
    """The door refused; the message says why and what would be accepted."""


class PartlyToldError(RefusedError):
    """It is recorded where it was said, and not everywhere that it concerns: the message names where it is missing."""


class OvertakenError(EcheancierError):
    """What was asked had been checked against a dossier that has changed since: read it again."""


class UnknownConventionError(EcheancierError):
    """No convention of that reference is registered here."""


Diagnosis = Callable[[str], Awaitable[Trouble]]
"""Says why a convention, or the engine when none is named, did not answer."""


@asynccontextmanager
async def answering(reference: str, why: Diagnosis) -> AsyncIterator[None]:
    """Turn whatever the engine and its library raise into words a coordinator can act on.

    Args:
        reference: of the convention that is asked something, empty when it is none.
        why: asked when nobody answered: the words name the cause, not what runs.

    Raises:
        RefusedError, OvertakenError: what the workflow said.
        UnknownConventionError: no such convention.
        NoAnswerError: everything else.
    """
    try:
        yield
    except WorkflowAlreadyStartedError:  # whoever starts one says what is taken
        raise
    except TemporalError as error:
        raise await _in_our_words(error, reference, why) from error


async def _in_our_words(error: TemporalError, reference: str, why: Diagnosis) -> Exception:
    match error:
        case WorkflowUpdateFailedError(cause=ApplicationError(type=str(kind), message=said)) if kind in _SAID:
            return _SAID[kind](said)
        case WorkflowUpdateFailedError() | WorkflowQueryFailedError():
            return _stuck(Trouble(cause="failing", reference=reference, detail=type(error).__name__))
        case RPCError(status=RPCStatusCode.NOT_FOUND) if "namespace" not in error.message.casefold():
            return UnknownConventionError(
                f"Aucune convention « {reference} » n’est ouverte ici. Pour les voir toutes : echeancier list"
            )
        case RPCError(status=status) if status not in _NOBODY:
            return _stuck(Trouble(cause="engine", detail=in_words(error.message)))
        case RPCError() | RPCTimeoutOrCancelledError():  # the latter is what an update becomes
            return _stuck(await why(reference))
    return _stuck(Trouble(cause="engine", detail=type(error).__name__))


_SAID: dict[str, type[EcheancierError]] = {REFUSED: RefusedError, OVERTAKEN: OvertakenError}
_NOBODY = (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED, RPCStatusCode.FAILED_PRECONDITION)


def _stuck(trouble: Trouble) -> NoAnswerError:
    return NoAnswerError(trouble.said.fr)
