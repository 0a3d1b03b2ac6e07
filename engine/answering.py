"""The engine's errors turned into words a coordinator can act on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from temporalio.client import RPCTimeoutOrCancelledError, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import EcheancierError
from engine.errors import NoAnswerError
from engine.reasons import in_words
from workflows.refusing import OVERTAKEN, REFUSED


class RefusedError(EcheancierError):
    """The door refused; the message says why and what would be accepted."""


class OvertakenError(EcheancierError):
    """What was asked had been checked against a dossier that has changed since: read it again."""


class UnknownConventionError(EcheancierError):
    """No convention of that reference is registered here."""


@asynccontextmanager
async def answering(reference: str) -> AsyncIterator[None]:
    """Turn the engine's errors into words a coordinator can act on."""
    try:
        yield
    except WorkflowUpdateFailedError as error:
        if isinstance(error.cause, ApplicationError) and error.cause.type == REFUSED:
            raise RefusedError(error.cause.message) from error
        if isinstance(error.cause, ApplicationError) and error.cause.type == OVERTAKEN:
            raise OvertakenError(error.cause.message) from error
        raise
    except RPCTimeoutOrCancelledError as error:  # what an update becomes; everything else is an RPCError
        raise _nobody() from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise UnknownConventionError(
                f"Aucune convention « {reference} » n’est ouverte ici. Pour les voir toutes : echeancier list"
            ) from error
        if error.status in _NOBODY:
            raise _nobody() from error
        raise NoAnswerError(f"Le moteur n’a pas pu répondre : {in_words(error.message)}.") from error


_NOBODY = (RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED, RPCStatusCode.FAILED_PRECONDITION)


def _nobody() -> NoAnswerError:
    return NoAnswerError(
        "Le moteur est là mais aucun robot ne répond : vérifiez que « echeancier run » (ou « echeancier "
        "worker ») tourne."
    )
