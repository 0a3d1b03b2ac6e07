"""What stands before every page: where a form comes from, how big it is, what a browser may do with the answer."""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY: Final = 16_000
"""Bytes of the largest form: a date, an hour, some words."""

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # The address is the secret: it goes nowhere. The browser then sends « Origin: null » with our own forms.
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class PartnersGuard:
    """Refuses a form sent from another site, or too big; sets the security headers on every answer.

    The signed token in the address is what protects the form; the origin is looked at when the browser gives one.

    Args:
        app: what is guarded.
        url: the public address of the pages.
    """

    def __init__(self, app: ASGIApp, url: str) -> None:
        self._app = app
        parts = urlsplit(url)
        self._origin = f"{parts.scheme}://{parts.netloc}".lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = _with_headers(send, static=scope["path"].startswith("/static/"))
        refusal = self._refusal(scope["method"], Headers(scope=scope))
        await (self._app if refusal is None else refusal)(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> PlainTextResponse | None:
        if method in _SAFE_METHODS:
            return None
        if not self._is_ours(headers):
            return PlainTextResponse(
                "Formulaire venu d’ailleurs\u00a0: rien n’a été enregistré. / Foreign form: nothing was recorded.\n",
                403,
            )
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return PlainTextResponse("Longueur manquante. / Length required.\n", 411)
        if int(length) > LARGEST_BODY:
            return PlainTextResponse("Envoi trop grand. / Too large.\n", 413)
        return None

    def _is_ours(self, headers: Headers) -> bool:
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin", "null").lower()
        host = headers.get("host", "").lower()
        return origin in ("null", self._origin, f"http://{host}", f"https://{host}")


def _with_headers(send: Send, *, static: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            found = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                found[name] = value
            found["Cache-Control"] = "public, max-age=3600" if static else "no-store"
        await send(message)

    return sending
