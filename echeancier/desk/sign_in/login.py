"""Signing in by OpenID Connect: from a verified identity to a role and a session, and back."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from echeancier.adapters.sign_in.errors import LoginError, LoginStaleError
from echeancier.adapters.sign_in.oidc import OpenIdProvider
from echeancier.adapters.web.rate_limits import RateLimits, client_of
from echeancier.desk.addresses import local_page
from echeancier.desk.sign_in.people import DeskRole, Identity
from echeancier.desk.sign_in.roles_file import Roles
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.desk.sign_in.sessions import ATTEMPT_LIFE, Session, Sessions

CALLBACK: Final = "/connexion/retour"
SIGNED_OUT: Final = "/deconnexion/retour"
ATTEMPTS: Final = "20/minute;120/hour"
"""Ways in opened or tried from one address: a whole town hall may share one."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Arrival:
    """Somebody who has just come in."""

    secret: str
    path: str


class OpenIdSignIn:
    """Knows people by the session that a sign-in began.

    Args:
        provider: who vouches for them.
        roles: who may do what.
        sessions: who is in.
        keys: sign the cookies.
        base: the public address of the desk, without a final slash.
        name: what the provider is called.
    """

    def __init__(
        self, provider: OpenIdProvider, roles: Roles, sessions: Sessions, keys: SessionKeys, *, base: str, name: str
    ) -> None:
        self.provider, self.sessions, self.name = provider, sessions, name
        self._roles, self._keys = roles, keys
        self._limits = RateLimits(ATTEMPTS)
        self.https = base.startswith("https:")
        self.callback, self.signed_out = base + CALLBACK, base + SIGNED_OUT

    async def identify(self, request: Request) -> Identity | None:
        """Return whoever is signed in and still has a role."""
        session = self.session(request)
        entry = None if session is None else self._roles.entry(session.holder)
        if session is None or entry is None:
            return None
        return Identity(name=entry.function, role=DeskRole(entry.role), by=entry.function, session=session.mark)

    def entrance(self, request: Request) -> str:
        """Return the sign-in page, which leads back to the page asked for."""
        if request.method != "GET":
            return "/connexion"
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return "/connexion" if asked == "/" else f"/connexion?vers={quote(asked, safe='/')}"

    def session(self, request: Request) -> Session | None:
        """Return the session of a request, None when nobody is signed in."""
        secret = self._keys.read("session", request.cookies.get(self._named("session"), ""))
        return None if secret is None else self.sessions.find(secret)

    def busy(self, request: Request) -> bool:
        """Count an attempt; whether its network tries too often."""
        return self._limits.hit("sign-in", client_of(request.client.host if request.client else "")) is not None

    async def open(self, request: Request, path: str, *, another: bool) -> Response:
        """Open a way in: the answer that sends the browser to the provider, and ties the way in to this browser.

        Raises:
            LoginError: the provider cannot be used.
        """
        browser = self._browser(request) or secrets.token_urlsafe(32)
        await self.provider.check()
        attempt = self.sessions.open(browser, local_page(path))
        response = RedirectResponse(await self.provider.way_in(attempt, another=another), 303)
        life = int(ATTEMPT_LIFE.total_seconds())
        self._set(response, "way-in", self._keys.sign("way-in", browser), life)
        return response

    async def come_in(self, request: Request) -> Arrival:
        """Finish a sign-in and begin a session, under a new name; a former one of this browser ends.

        Raises:
            LoginError: nobody can be let in.
        """
        answer: Mapping[str, str] = request.query_params
        browser = self._browser(request)
        opened = self.sessions.take(answer.get("state", ""), browser) if browser else None
        if opened is None:
            raise LoginStaleError("demande inconnue, déjà servie, trop ancienne, ou d’un autre navigateur")
        try:
            found = await self.provider.finish(answer, opened.attempt)
            entry = self._roles.known(found.claims)
        except LoginError as error:
            error.path = opened.path
            raise
        self._end(request)
        _log.info("connexion au bureau : %s", entry.role)
        return Arrival(self.sessions.begin(entry.key, found.id_token), opened.path)

    def remember(self, response: Response, secret: str) -> None:
        """Give the browser its session; it forgets it when it closes."""
        self._set(response, "session", self._keys.sign("session", secret), None)

    async def go_out(self, request: Request) -> str:
        """End the session; return where to end the provider's own, empty when it offers nothing or does not answer."""
        session = self.session(request)
        self._end(request)
        if session is None:
            return ""
        try:
            return await self.provider.way_out(
                session.id_token,
                self._keys.sign("way-out", secrets.token_urlsafe(24)),
                self.signed_out,
            )
        except LoginError as error:
            _log.warning("déconnexion du fournisseur impossible : %s", error.detail)
            return ""

    def is_our_way_out(self, state: str) -> bool:
        """Whether somebody who comes back signed out was sent by us."""
        return self._keys.read("way-out", state) is not None

    def forget(self, response: Response) -> None:
        """Take the session back from the browser."""
        for name in ("session", "way-in"):
            response.delete_cookie(self._named(name), path="/", secure=self.https, httponly=True, samesite="lax")

    def _end(self, request: Request) -> None:
        secret = self._keys.read("session", request.cookies.get(self._named("session"), ""))
        if secret is not None:
            self.sessions.end(secret)

    def _browser(self, request: Request) -> str | None:
        return self._keys.read("way-in", request.cookies.get(self._named("way-in"), ""))

    def _named(self, name: str) -> str:
        return f"__Host-echeancier-{name}" if self.https else f"echeancier-{name}"

    def _set(self, response: Response, name: str, value: str, max_age: int | None) -> None:
        response.set_cookie(
            self._named(name),
            value,
            max_age=max_age,
            path="/",
            secure=self.https,
            httponly=True,
            samesite="lax",
        )
