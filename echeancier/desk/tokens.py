"""The mark that a form carries to show that we wrote it, for this visitor and no other."""

import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from echeancier.desk.sign_in.secrets import SessionKeys

FIELD: Final = "token"


class Tokens:
    """Signed: a form carries the seal of its visit, which is the session, or a cookie where nobody signs in.

    Args:
        keys: seal; once they are forgotten every open form is stale, nothing more.
        https: the desk is reached over TLS: its cookie never travels otherwise.
    """

    def __init__(self, keys: SessionKeys, *, https: bool) -> None:
        self._keys, self._https = keys, https
        self._cookie = "__Host-echeancier-visit" if https else "echeancier-visit"

    def visit(self, request: Request) -> str:
        """Return the visit of a request of somebody who needs no session: its cookie's, or a new one."""
        known = request.cookies.get(self._cookie, "")
        return known if len(known) == 43 and known.isascii() else secrets.token_urlsafe(32)

    def of(self, visit: str) -> str:
        """Return the token of a visit."""
        return self._keys.seal("form", visit)

    def agree(self, visit: str, given: object) -> bool:
        """Whether a form's token is that of a visit."""
        return isinstance(given, str) and self._keys.agrees("form", visit, given)

    def remember(self, response: Response, visit: str) -> None:
        """Put the visit's cookie on a response; it is forgotten with the browser's session."""
        response.set_cookie(self._cookie, visit, httponly=True, samesite="lax", secure=self._https, path="/")
