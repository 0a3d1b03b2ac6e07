"""``/healthz``: whether the robot does its work, for a monitor outside; no sign-in, and nothing personal."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from echeancier.desk.reading.register import DeskRegister
from echeancier.desk.stuck.watch import Watch
from echeancier.domain.running.health import Round
from echeancier.domain.running.trouble import Cause, Trouble

PATH: Final = "/healthz"

ROUNDS_MISSED: Final = 3
"""Rounds without news after which the robot is said not to be well."""

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


_STATES: Final[dict[Cause, str]] = {
    "engine": "engine-unreachable",
    "clock": "clock-behind",
    "no-worker": "no-robot",
    "relay": "relay-unreachable",
    "disk": "disk-nearly-full",
    "key": "keys-missing",
    "stranger": "stranger-in-engine",
    "book": "address-book-unreadable",
}
"""What is said of each cause; of any other that a convention is stuck."""


def health_app(register: DeskRegister, watch: Watch, clock: Callable[[], datetime], every: timedelta) -> ASGIApp:
    """Return the application that stands at `PATH`, beside the desk and its sign-in.

    Args:
        register: the running conventions, which know the robot's last round.
        watch: what is stuck now; asked at each visit, so that a robot that makes no round any more hides nothing.
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
            response = _answer("engine-unreachable", None, ())
        else:
            stuck = await watch.now()
            state = _STATES.get(stuck[0].cause, "convention-stuck") if stuck else ""
            response = _answer(state or _state(found, clock(), every * ROUNDS_MISSED), found, stuck)
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


def _answer(state: str, found: Round | None, stuck: Sequence[Trouble]) -> Response:
    document = {
        "status": state,
        "since": _iso(found.since if found else None),
        "last_round": _iso(found.at if found else None),
        "last_plan": _iso(found.last_plan if found else None),
        "last_mail": _iso(found.last_mail if found else None),
        "conventions": found.conventions if found else None,
        "plans_failing": sum(trouble.cause == "plan" for trouble in stuck),
        "keys_missing": len(found.keyless) if found else None,
        "stuck": dict(Counter(trouble.cause for trouble in stuck)),
        "mailbox": found.mailbox.state if found else None,
    }
    return JSONResponse(document, 200 if state == "ok" else 503, headers=_HEADERS)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
