"""What is answered when a page cannot be: in words, with a way on."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.pages import page
from desk.people import ForbiddenError
from desk.visit import SignInNeededError, StaleFormError, TooManyFormsError, language_of
from desk.words import said
from domain.door import Refusal
from domain.model import Text
from domain.purging.record import PurgedError
from engine.errors import EngineError
from engine.gateway import RefusedError, UnknownConventionError

Answer = Callable[[Request, Exception], Awaitable[Response]]

_NOT_FOUND = Text(fr="Cette page n’existe pas.", en="There is no such page.")
_FORBIDDEN = Text(
    fr="Votre rôle ne permet pas cet enregistrement : demandez-le à la coordination.",
    en="Your role may not record this: ask the coordinator.",
)
_STALE = Text(
    fr="Ce formulaire a été ouvert avant un redémarrage du bureau, ou les cookies sont refusés : rien n’a été enregistré. "
    "Revenez en arrière, rechargez la page, puis recommencez.",
    en="This form was opened before the desk was started again, or cookies are refused: nothing was recorded. "
    "Go back, reload the page, and try again.",
)
_TOO_MANY = Text(
    fr="Trop de formulaires en peu de temps : celui-ci n’a pas été enregistré. Attendez une minute, puis envoyez-le à nouveau.",
    en="Too many forms in a short time: this one was not recorded. Wait a minute, then send it again.",
)
_BROKEN = Text(
    fr="Le bureau n’a pas pu répondre. Rien de plus n’a été enregistré ; l’incident est noté dans les traces du serveur.",
    en="The desk could not answer. Nothing more was recorded; the incident is in the server’s log.",
)


def install(app: FastAPI) -> None:
    """Give an application its answers to what goes wrong."""
    app.add_exception_handler(HTTPException, _http)
    # An address that cannot be one of ours: a reference with a space, for instance.
    app.add_exception_handler(RequestValidationError, _saying(_NOT_FOUND, 404))
    app.add_exception_handler(ForbiddenError, _saying(_FORBIDDEN, 403))
    app.add_exception_handler(StaleFormError, _saying(_STALE, 409))
    app.add_exception_handler(TooManyFormsError, _saying(_TOO_MANY, 429))
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(UnknownConventionError, _in_its_words(404))
    app.add_exception_handler(PurgedError, _in_its_words(410))
    app.add_exception_handler(EngineError, _in_its_words(503))
    app.add_exception_handler(RefusedError, _in_its_words(422))
    app.add_exception_handler(Refusal, _in_its_words(422))
    app.add_exception_handler(Exception, _saying(_BROKEN, 500))


def problem(request: Request, text: Text | str, status: int) -> Response:
    """Return the page that says what is wrong."""
    language = language_of(request)
    return page("problem", language, {"text": said(text, language), "status": status}, status)


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(request, _NOT_FOUND if status in (404, 405) else _BROKEN, status)


async def _sign_in(request: Request, error: Exception) -> Response:
    del request
    assert isinstance(error, SignInNeededError)  # noqa: S101 - registered for it alone
    return RedirectResponse(error.entrance, 303)


def _saying(text: Text, status: int) -> Answer:
    async def answer(request: Request, error: Exception) -> Response:
        del error
        return problem(request, text, status)

    return answer


def _in_its_words(status: int) -> Answer:
    async def answer(request: Request, error: Exception) -> Response:
        return problem(request, error.text if isinstance(error, Refusal) else str(error), status)

    return answer
