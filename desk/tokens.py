"""The mark that a form carries to show that we wrote it, for this visitor and no other."""

import hashlib
import hmac
import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

COOKIE: Final = "echeancier-visit"
FIELD: Final = "token"


class Tokens:
    """Signed double submit: a cookie names the visit, the form carries its signature.

    Args:
        secret: signs; a new one makes every open form stale, nothing more.
        secure: whether the cookie may travel over TLS only.
    """

    def __init__(self, secret: bytes, *, secure: bool) -> None:
        self._secret = secret
        self._secure = secure

    def visit(self, request: Request) -> str:
        """Return the visit of a request: its cookie's, or a new one."""
        known = request.cookies.get(COOKIE, "")
        return known if len(known) == 43 and known.isascii() else secrets.token_urlsafe(32)

    def of(self, visit: str) -> str:
        """Return the token of a visit."""
        return hmac.new(self._secret, visit.encode(), hashlib.sha256).hexdigest()

    def agree(self, request: Request, given: object) -> bool:
        """Whether a form's token is that of the request's visit."""
        visit = request.cookies.get(COOKIE, "")
        return (
            bool(visit)
            and isinstance(given, str)
            and hmac.compare_digest(self.of(visit).encode(), given.encode())
        )

    def remember(self, response: Response, visit: str) -> None:
        """Put the visit's cookie on a response; it is forgotten with the browser's session."""
        response.set_cookie(COOKIE, visit, httponly=True, samesite="lax", secure=self._secure, path="/")
