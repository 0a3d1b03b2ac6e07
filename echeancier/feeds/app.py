"""The addresses of the feeds: outside every sign-in, since a telephone's calendar cannot sign in.

The secret in the address is all there is: it opens one calendar, to be read, and nothing else. No cookie is read or set,
nothing is logged, and an address that was never made cannot be told from one that was revoked.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from echeancier.adapters.stores.feeds import FeedStore, FeedStoreError
from echeancier.domain.overview.feed import Coverage
from echeancier.feeds.reading import AwayError, Calendars

PREFIX: Final = "/agenda"
"""Where the application is mounted, so that a proxy may let this path through and no other."""

FILES: Final[dict[str, Coverage]] = {"echeances.ics": "deadlines", "tout.ics": "all"}
"""The last part of an address: calendar programs want it to end in « .ics »."""

RETRY_AFTER: Final = 900
"""Seconds after which a calendar may come back when the engine is away."""

_PLACE: Final = ZoneInfo("Europe/Paris")
_HEADERS: Final = {
    # Kept by the program that asked and by nobody on the way, and asked for again each time.
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_NOT_FOUND: Final = "Cette adresse ne mène à aucun agenda. / No calendar at this address.\n"
_AWAY: Final = "L’agenda n’est pas disponible pour l’instant. / Not available for now.\n"
_READ_ONLY: Final = "Cet agenda se lit seulement. / Read only.\n"


def feed_app(store: FeedStore, calendars: Calendars, clock: Callable[[], datetime]) -> Starlette:
    """Return the application to mount at `PREFIX`.

    Args:
        store: the secrets' marks.
        calendars: makes the files.
        clock: the present instant, aware; notes the day a feed was used.
    """

    async def read(request: Request) -> Response:
        coverage = FILES.get(request.path_params["file"])
        if coverage is None:
            return _plain_text(_NOT_FOUND, 404)
        try:
            today = clock().astimezone(_PLACE).date()
            feed = await asyncio.to_thread(store.open, request.path_params["secret"], today)
            if feed is None:
                return _plain_text(_NOT_FOUND, 404)
            served = await calendars.file(feed, "all" if "all" in request.query_params else coverage)
        except (AwayError, FeedStoreError):
            return _plain_text(_AWAY, 503, {"Retry-After": str(RETRY_AFTER)})
        headers = {**_HEADERS, "ETag": served.tag}
        if _already_has(request, served.tag):
            return Response(status_code=304, headers=headers)
        headers["Content-Length"] = str(len(served.content))
        content = b"" if request.method == "HEAD" else served.content
        return Response(content, headers=headers, media_type="text/calendar; charset=utf-8")

    return Starlette(
        routes=[Route("/{secret}/{file}", read, methods=["GET"])],
        exception_handlers={HTTPException: _refused},
    )


def addresses(base: str, secret: str) -> dict[Coverage, str]:
    """Return the addresses of a feed; shown once.

    Args:
        base: public address, such as ``https://conventions.saint-quentin.example``.
        secret: what `FeedStore.create` returned.
    """
    return {coverage: f"{base.rstrip('/')}{PREFIX}/{secret}/{file}" for file, coverage in FILES.items()}


def as_webcal(address: str) -> str:
    """Return the same address under the scheme that opens a calendar program."""
    return "webcal://" + address.partition("://")[2]


def _already_has(request: Request, tag: str) -> bool:
    """Compare as RFC 9110 (13.1.2) says: a list, ``*``, and weak marks taken for strong ones."""
    given = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return "*" in given or tag in {one.removeprefix("W/") for one in given}


async def _refused(request: Request, error: Exception) -> Response:
    del request
    if isinstance(error, HTTPException) and error.status_code == 405:
        return _plain_text(_READ_ONLY, 405, {"Allow": "GET, HEAD"})
    return _plain_text(_NOT_FOUND, 404)


def _plain_text(words: str, status: int, more: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(words, status, headers={**_HEADERS, "Cache-Control": "no-store", **(more or {})})
