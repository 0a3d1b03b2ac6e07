"""``/healthz``: whether the robot does its work, for a monitor outside; no sign-in, and nothing personal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from desk.register import Register
from domain.pulse import Round

PATH: Final = "/healthz"

ROUNDS_MISSED: Final = 3
"""Rounds without news after which the robot is said not to be well."""

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def health_app(register: Register, clock: Callable[[], datetime], every: timedelta) -> ASGIApp:
    """Return the application that stands at `PATH`, beside the desk and its sign-in.

    Args:
        register: the running conventions, which know the robot's last round.
        clock: the present instant, aware.
        every: how often the robot makes its rounds.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method not in ("GET", "HEAD"):
            refusal = PlainTextResponse("GET, HEAD\n", 405, headers={**_HEADERS, "Allow": "GET, HEAD"})
            await refusal(scope, receive, send)
            return
        try:
            found = await register.last_round()
        except Exception:  # noqa: BLE001 - whatever keeps the engine from answering is the answer
            response = _answer("engine-unreachable", None)
        else:
            response = _answer(_state(found, clock(), every * ROUNDS_MISSED), found)
        await response(scope, receive, send)

    return answer


def _state(found: Round | None, now: datetime, longest: timedelta) -> str:
    """Say 200 only of a round that was healthy and is recent."""
    if found is None:
        return "no-round-yet"
    if now - found.at > longest:
        return "no-recent-round"
    if not found.engine:
        return "engine-unreachable"
    if found.keyless:
        return "keys-missing"
    return "ok" if found.relay else "relay-unreachable"


def _answer(state: str, found: Round | None) -> Response:
    document = {
        "status": state,
        "since": _iso(found.since if found else None),
        "last_round": _iso(found.at if found else None),
        "last_plan": _iso(found.last_plan if found else None),
        "last_mail": _iso(found.last_mail if found else None),
        "conventions": found.conventions if found else None,
        "plans_failing": len(found.failing) if found else None,
        "keys_missing": len(found.keyless) if found else None,
        "mailbox": found.mailbox.state if found else None,
    }
    return JSONResponse(document, 200 if state == "ok" else 503, headers=_HEADERS)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
