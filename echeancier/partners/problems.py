"""What is answered when a link says nothing: why, in words, and what to do; nothing was recorded."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from echeancier.adapters.keys.link_keys import LinkKeysError
from echeancier.domain.afterwards.purge_record import PurgedError
from echeancier.domain.answers.click import LinkClosedError
from echeancier.domain.messages.tokens import ForgedLinkError
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.running.keys import KeyGoneError
from echeancier.engine.errors import EngineError
from echeancier.engine.gateway import UnknownConventionError
from echeancier.partners.opening import TooManyError
from echeancier.partners.pages import language_of, page
from echeancier.partners.state import pages_of

Answer = Callable[[Request, Exception], Awaitable[Response]]

_NO_PAGE = Text(fr="Cette page n’existe pas.", en="There is no such page.")
_FORGED = Text(
    fr="Ce lien n’est pas un des nôtres, ou il n’est plus reconnu. Il a pu être coupé en deux par votre messagerie : "
    "recopiez-le en entier depuis le courriel, jusqu’au dernier caractère.",
    en="This link is not one of ours, or is no longer recognised. Your mail program may have cut it in two: copy the "
    "whole of it from the mail, up to the last character.",
)
_CLOSED = Text(fr="Le dossier de cette convention est clos.", en="The file of this convention is closed.")
_UNREADABLE = Text(fr="Ce formulaire ne se lit pas.", en="This form cannot be read.")
_TOO_MANY = Text(
    fr="Trop de demandes en peu de temps. Attendez un peu, puis ouvrez de nouveau le lien.",
    en="Too many requests in a short time. Wait a little, then open the link again.",
)
_NO_ANSWER = Text(
    fr="Le programme ne répond pas pour le moment. Ouvrez de nouveau ce lien dans quelques minutes : il dira ce qui est "
    "enregistré.",
    en="The program does not answer at the moment. Open this link again in a few minutes: it will say what is recorded.",
)
_BROKEN = Text(
    fr="La page n’a pas pu être préparée. L’incident est noté ; réessayez plus tard, ou répondez au courriel.",
    en="The page could not be prepared. The incident is noted; try again later, or answer the mail.",
)
_STATUS: Mapping[str, int] = {"moved": 409}
"""A superseded answer is a conflict; a link whose time is over is gone (410)."""


def install(app: FastAPI) -> None:
    """Give an application its answers to what goes wrong."""
    app.add_exception_handler(LinkClosedError, _closed)
    app.add_exception_handler(TooManyError, _too_many)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ForgedLinkError, _saying(_FORGED, 404))
    app.add_exception_handler(RequestValidationError, _saying(_NO_PAGE, 404))
    for closed in (UnknownConventionError, PurgedError, KeyGoneError):
        app.add_exception_handler(closed, _saying(_CLOSED, 410))
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(EngineError, _saying(_NO_ANSWER, 503))
    app.add_exception_handler(LinkKeysError, _saying(_BROKEN, 503))
    app.add_exception_handler(Exception, _saying(_BROKEN, 500))


def _problem(request: Request, text: Text, status: int, language: str = "fr") -> Response:
    values = {"text": text, "status": status}
    return page("problem", language_of(request, language), pages_of(request).root, values, status)


async def _closed(request: Request, error: Exception) -> Response:
    assert isinstance(error, LinkClosedError)  # noqa: S101 - registered for it alone
    return _problem(request, error.text, _STATUS.get(error.why, 410), error.language)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101 - registered for it alone
    return _problem(request, error.text, 422)


async def _too_many(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooManyError)  # noqa: S101 - registered for it alone
    response = _problem(request, _TOO_MANY, 429)
    response.headers["Retry-After"] = str(error.seconds)
    return response


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    text = {404: _NO_PAGE, 405: _NO_PAGE, 400: _UNREADABLE}.get(status, _BROKEN)
    return _problem(request, text, status)


def _saying(text: Text, status: int) -> Answer:
    async def answer(request: Request, error: Exception) -> Response:
        del error
        return _problem(request, text, status)

    return answer
