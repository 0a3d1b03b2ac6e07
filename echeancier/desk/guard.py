"""What stands before every page: the name the desk is called by, where a form comes from, what a browser may do."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from echeancier.desk.pages import page
from echeancier.domain.model import Text
from echeancier.domain.recording.pieces import LARGEST_PIECE
from echeancier.domain.typography import said

LOCAL_NAMES: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""What this machine calls itself; any port, since the program may choose one."""

LARGEST_BODY: Final = 1_000_000
"""Bytes of the largest form: a convention file is a hundred times smaller."""

LARGEST_SHEET: Final = 12_000_000
"""Bytes of the form that brings a sheet: five thousand conventions, every column filled, take half of it."""

SHEETS: Final = "/importer"
"""Where sheets are brought."""

PIECES: Final = re.compile(r"/conventions/[^/]+/pieces")
"""Where papers are brought."""

_AROUND: Final = 100_000
"""Bytes of a form beside the file it brings."""

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not « no-referrer », under which a browser sends « Origin: null » with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def _largest(path: str) -> int:
    """The bytes that a form may have, by where it goes."""
    if PIECES.fullmatch(path):
        return LARGEST_PIECE + _AROUND
    return LARGEST_SHEET if path == SHEETS else LARGEST_BODY


class DeskGuard:
    """Refuses a foreign Host (DNS rebinding), a foreign form (CSRF), a huge body; sets the security headers.

    Args:
        app: what is guarded.
        names: hosts the desk answers to, without port; those of this machine by default.
        https: people reach it over TLS: browsers are told never to come otherwise.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str] = LOCAL_NAMES, *, https: bool = False) -> None:
        self._app, self._https = app, https
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a refusal."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        send = _with_headers(send, static=scope["path"].startswith("/static/"), https=self._https)
        refusal = self._refusal(scope["method"], scope["path"], headers)
        await (self._app if refusal is None else refusal)(scope, receive, send)

    def _refusal(self, method: str, path: str, headers: Headers) -> Response | None:
        host = headers.get("host", "")
        if _name_of(host) not in self._names:
            return PlainTextResponse("Nom d’hôte inconnu. / Unknown host.\n", 421)
        if method in _SAFE_METHODS:
            return None
        if not _is_ours(headers, host, ("https",) if self._https else ("http", "https")):
            return PlainTextResponse(
                "Formulaire venu d’ailleurs\u00a0: rien n’a été enregistré. / Foreign form: nothing was recorded.\n",
                403,
            )
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return PlainTextResponse("Longueur manquante. / Length required.\n", 411)
        most = _largest(path)
        # A length of more figures than that is never read as a number.
        return too_large(headers, most) if len(length) > 12 or int(length) > most else None


def too_large(headers: Headers, most: int) -> Response:
    """Return the page that refuses a body unread, in the language of the browser, with a way back."""
    language = "en" if headers.get("accept-language", "fr").lower().startswith("en") else "fr"
    text = Text(
        fr=f"Envoi trop grand : {most // 1_000_000}\u00a0Mo au plus. Rien n’a été enregistré. Un tableau ne contient que les "
        "conventions (5 000 au plus), sans images ni autres feuilles ; le couper en plusieurs s’il le faut. Revenez en arrière : "
        "ce que vous aviez tapé y est encore.",
        en=f"Too large: {most // 1_000_000}\u00a0MB at most. Nothing was recorded. A sheet holds the conventions alone (5,000 at "
        "most), no picture, no other sheet; cut it into several if needed. Go back: what you typed is still there.",
    )
    return page("problem", language, {"text": said(text, language), "status": 413}, 413)


def _name_of(host: str) -> str:
    name, _, port = host.rpartition(":")
    return (name if name and port.isdecimal() else host).lower()


def _is_ours(headers: Headers, host: str, schemes: tuple[str, ...]) -> bool:
    """A form's Origin, required, must be the host that was asked; so must the browser's own word for it."""
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    origin = urlsplit(headers.get("origin", ""))
    return origin.scheme in schemes and origin.netloc.lower() == host.lower()


def _with_headers(send: Send, *, static: bool, https: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            found = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                found.setdefault(name, value)  # a page may say something narrower
            if https:
                found["Strict-Transport-Security"] = "max-age=31536000"
            found["Cache-Control"] = "private, max-age=3600" if static else "no-store"
        await send(message)

    return sending
