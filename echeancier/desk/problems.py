"""What is answered when a page cannot be: in words, with a way on."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from echeancier.desk.guard import SHEETS
from echeancier.desk.pages import page
from echeancier.desk.sign_in.people import ForbiddenError
from echeancier.desk.visit import SignInNeededError, StaleFormError, TooManyFormsError, Visit, language_of, typed_in
from echeancier.domain.afterwards.purge_record import PurgedError
from echeancier.domain.errors import EcheancierError
from echeancier.domain.model import Text
from echeancier.domain.recording import Refusal
from echeancier.domain.typography import said
from echeancier.engine.errors import EngineError
from echeancier.engine.gateway import RefusedError, UnknownConventionError

Answer = Callable[[Request, Exception], Awaitable[Response]]

_NOT_FOUND = Text(fr="Cette page n’existe pas.", en="There is no such page.")
_UNREADABLE = Text(
    fr="Cet envoi n’a pas pu être lu : un seul fichier à la fois dans chaque case, sans rien d’autre que ce que la page demande. "
    "Revenez en arrière, choisissez-le et envoyez-le de nouveau.",
    en="What was sent could not be read: one file at a time in each field, and nothing but what the page asks for. Go back, "
    "choose it and send it again.",
)
_FORBIDDEN = Text(
    fr="Votre rôle ne permet pas cet enregistrement : demandez-le à la coordination.",
    en="Your role may not record this: ask the coordinator.",
)
_STALE = Text(
    fr="Ce formulaire a été ouvert avant un redémarrage du bureau, ou les cookies sont refusés : rien n’a été enregistré.",
    en="This form was opened before the desk was started again, or cookies are refused: nothing was recorded.",
)
_SIGNED_OUT = Text(
    fr="Votre session est finie : rien n’a été enregistré. Connectez-vous dans un autre onglet, puis revenez ici.",
    en="Your session is over: nothing was recorded. Sign in in another tab, then come back here.",
)
_CARRIED = frozenset(
    {"do", "request", "back", "seen", "fixed", "draft", "what", "scenario", "version", "mark", "boxes"}
)
"""Fields that our pages fill in, not the visitor."""

_NEVER_AGAIN = frozenset({403, 404, 405, 410, 422})
"""Answers to a form that would be the same another time."""

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
    app.add_exception_handler(TooManyFormsError, _too_many)
    app.add_exception_handler(SignInNeededError, _sign_in)
    app.add_exception_handler(UnknownConventionError, _in_its_words(404))
    app.add_exception_handler(PurgedError, _in_its_words(410))
    app.add_exception_handler(EngineError, _in_its_words(503))
    app.add_exception_handler(RefusedError, _in_its_words(422))
    app.add_exception_handler(Refusal, _in_its_words(422))
    app.add_exception_handler(EcheancierError, _in_its_words(503))
    app.add_exception_handler(Exception, _saying(_BROKEN, 500))


def problem(request: Request, text: Text | str, status: int) -> Response:
    """Return the page that says what is wrong; with what was typed, to be sent again, when a form was sent."""
    language = language_of(request)
    values = {"text": said(text, language), "status": status}
    typed: dict[str, str] = getattr(request.state, "typed", {})
    visit: Visit | None = getattr(request.state, "visit", None)
    if not typed or status in _NEVER_AGAIN:
        return page("problem", language, values, status)
    # One press sends the same fields to the same place: as the visitor's own form, under a token of now.
    again = {
        "action": request.url.path,
        "typed": typed,
        "shown": [value for name, value in typed.items() if value.strip() and name not in _CARRIED],
        "entrance": "",
    }
    if visit is not None:
        return visit.page_of("again", {**values, **again}, status)
    return page("again", language, {**values, **again, "token": ""}, status)


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(request, {400: _UNREADABLE, 404: _NOT_FOUND, 405: _NOT_FOUND}.get(status, _BROKEN), status)


async def _sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeededError)  # noqa: S101 - registered for it alone
    if request.method == "POST" and request.url.path != SHEETS:
        typed, token = await _kept(request)
        if token and any(value.strip() and name not in _CARRIED for name, value in typed.items()):
            language = language_of(request)
            values = {
                "text": said(_SIGNED_OUT, language), "status": 401, "action": request.url.path, "typed": typed, "shown": [],
                "entrance": error.entrance, "token": "",
            }  # fmt: skip
            return page("again", language, values, 401)
    return RedirectResponse(error.entrance, 303)


async def _too_many(request: Request, error: Exception) -> Response:
    del error
    if request.url.path != SHEETS:
        await _kept(request)
    return problem(request, _TOO_MANY, 429)


async def _kept(request: Request) -> tuple[dict[str, str], object]:
    """Return what was typed and its token, nothing when the form cannot be read: there is something else to say."""
    try:
        return await typed_in(request)
    except HTTPException:
        return {}, None


def _saying(text: Text, status: int) -> Answer:
    async def answer(request: Request, error: Exception) -> Response:
        del error
        return problem(request, text, status)

    return answer


def _in_its_words(status: int) -> Answer:
    async def answer(request: Request, error: Exception) -> Response:
        return problem(request, error.text if isinstance(error, Refusal) else str(error), status)

    return answer
