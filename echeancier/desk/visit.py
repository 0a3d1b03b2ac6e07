"""One request of one person: its language, its form, its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from echeancier.adapters.web.rate_limits import client_of
from echeancier.desk.addresses import local_page
from echeancier.desk.notices import NOTICES
from echeancier.desk.pages import page
from echeancier.desk.sign_in.people import ForbiddenError, Identity, Right
from echeancier.desk.state import Desk, desk_of
from echeancier.desk.tokens import FIELD
from echeancier.desk.words import LANGUAGES, Say, sayer

LANGUAGE_COOKIE = "echeancier-language"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_YEAR = 365 * 86_400


class SignInNeededError(Exception):
    """Nobody is signed in; ``entrance`` is where one does."""

    def __init__(self, entrance: str) -> None:
        self.entrance = entrance
        super().__init__(entrance)


class StaleFormError(Exception):
    """The form was written for another visit: the desk was started again, or cookies were refused; what was typed comes back."""


class TooManyFormsError(Exception):
    """More forms in a short time than a person sends."""


@dataclass(frozen=True)
class Visit:
    """A request and whoever asks."""

    request: Request
    desk: Desk
    who: Identity
    language: str
    mark: str

    @property
    def say(self) -> Say:
        """Chooses the words of the visitor's language."""
        return sayer(self.language)

    @property
    def query(self) -> dict[str, str]:
        """What the address asks for; never anything personal."""
        return dict(self.request.query_params)

    def page(self, template: str, status: int = 200, **values: object) -> Response:
        """Return a page, its values by name."""
        return self.page_of(template, values, status)

    def page_of(self, template: str, values: Mapping[str, object], status: int = 200) -> Response:
        """Return a page."""
        shared = {
            "who": self.who,
            "path": self.request.url.path,
            "token": self.desk.tokens.of(self.mark),
            "other_language": in_the_other_language(self.request),
            "notice": NOTICES.get(self.query.get("ok", "")),
            "went": self.desk.went.get(self.query.get("went", "")),
            "also_in": self.desk.shelf.citing,
        }
        response = page(template, self.language, {**shared, **values}, status)
        return self.sign(response)

    def sign(self, response: Response) -> Response:
        """Put on a response what the browser must remember."""
        if not self.who.session:
            self.desk.tokens.remember(response, self.mark)
        return remember_language(self.request, response)

    def go(self, path: str, **query: str) -> Response:
        """Send the browser to another page of ours after a form, so that reloading records nothing twice."""
        base, sign, anchor = path.partition("#")
        asked = f"{'&' if '?' in base else '?'}{urlencode(query)}" if query else ""
        return self.sign(RedirectResponse(base + asked + sign + anchor, 303))

    async def form(self, most: int = 100) -> dict[str, str]:
        """Return the fields of a form that we wrote for this visit, ``most`` at most; files as the text they hold.

        Raises:
            StaleFormError: its token is not that of the visit.
        """
        fields, token = await typed_in(self.request, most)
        if not self.desk.tokens.agree(self.mark, token):
            raise StaleFormError
        return fields

    async def upload(self, field: str) -> tuple[str, bytes]:
        """Return the name and the bytes of the file of a form that we wrote for this visit, empty without one.

        Raises:
            StaleFormError: its token is not that of the visit.
            HTTPException: 400, there are several.
        """
        async with self.request.form(max_files=1, max_fields=10) as form:
            if not self.desk.tokens.agree(self.mark, form.get(FIELD)):
                raise StaleFormError
            given = form.get(field)
            if not isinstance(given, UploadFile):
                return "", b""
            return (given.filename or "tableau")[:120], await given.read()

    async def attached(self, *names: str) -> tuple[dict[str, str], str, bytes]:
        """Return the fields of a form that we wrote for this visit, and the name and bytes of the one file it brings.

        Args:
            names: fields that may bring it; the first that does counts.

        Raises:
            StaleFormError: its token is not that of the visit.
        """
        async with self.request.form(max_files=len(names), max_fields=20) as form:
            if not self.desk.tokens.agree(self.mark, form.get(FIELD)):
                raise StaleFormError
            fields = {name: value for name, value in form.items() if isinstance(value, str) and name != FIELD}
            for name in names:
                given = form.get(name)
                if isinstance(given, UploadFile) and given.filename:
                    return fields, given.filename, await given.read()
            return fields, "", b""

    def back(self, form: dict[str, str], otherwise: str) -> str:
        """Return the page of ours a form came from; never an address elsewhere."""
        return local_page(form.get("back", ""), otherwise)


async def typed_in(request: Request, most: int = 4000) -> tuple[dict[str, str], object]:
    """Return the fields of a form, whoever sends it, and its token; kept beside the request, to be given back if need be.

    Raises:
        HTTPException: 400, the form cannot be read, or holds two files where one is asked for.
    """
    async with request.form(max_files=4, max_fields=most) as form:
        if any(sum(isinstance(value, UploadFile) for value in form.getlist(name)) > 1 for name in form):
            raise HTTPException(400)
        fields = {name: await _text(form, name) for name in form if name != FIELD}
        request.state.typed = fields
        return fields, form.get(FIELD)


async def _text(form: FormData, name: str) -> str:
    value = form[name]
    if isinstance(value, UploadFile):
        return (await value.read()).decode("utf-8-sig", "replace")
    return value


def language_of(request: Request) -> str:
    """Return the language asked for by the address, else the one chosen before, else French."""
    for asked in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if asked in LANGUAGES:
            return asked
    return "fr"


def remember_language(request: Request, response: Response) -> Response:
    """Put on a response the language that the address chooses, if it chooses one."""
    if (chosen := request.query_params.get("lang")) in LANGUAGES:
        secure = desk_of(request).https
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_YEAR, samesite="lax", httponly=True, secure=secure)
    return response


def in_the_other_language(request: Request) -> str:
    """Return the query that shows the same page in the other language."""
    other = "fr" if language_of(request) == "en" else "en"
    kept = {name: value for name, value in request.query_params.items() if name not in ("lang", "ok")}
    return "?" + urlencode({**kept, "lang": other})


async def visit_of(request: Request) -> Visit:
    """Return the visit of a request.

    Raises:
        SignInNeededError: nobody is signed in.
    """
    desk = desk_of(request)
    who = await desk.sign_in.identify(request)
    if who is None:
        raise SignInNeededError(desk.sign_in.entrance(request))
    visit = Visit(request, desk, who, language_of(request), who.session or desk.tokens.visit(request))
    request.state.visit = visit
    return visit


async def sign_in_first(visit: Annotated[Visit, Depends(visit_of)]) -> None:
    """Stand before every page, even one that would forget to ask who comes.

    Raises:
        SignInNeededError: nobody is signed in.
        ForbiddenError: a form of somebody who may only look.
        TooManyFormsError: more forms than hands can send.
    """
    if visit.request.method in SAFE_METHODS:
        return
    if not any(map(visit.who.may, Right)):
        raise ForbiddenError(visit.request.method)
    client = visit.request.client
    if visit.desk.forms.hit("form", visit.who.session or client_of(client.host if client else "")) is not None:
        raise TooManyFormsError


Visiting = Annotated[Visit, Depends(visit_of)]
"""A page's argument."""
