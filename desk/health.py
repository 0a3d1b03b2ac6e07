"""``/healthz``: whether the robot does its work, for a monitor outside; no sign-in, and nothing personal."""

from datetime import datetime, timedelta
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk.state import Desk, desk_of
from domain.pulse import Round

router = APIRouter()

ROUNDS_MISSED: Final = 3
"""Rounds without news after which the robot is said not to be well."""


@router.api_route("/healthz", methods=["GET", "HEAD"])
async def health(request: Request) -> Response:
    """Answer 200 when the last round was healthy and recent, 503 otherwise, and say why."""
    desk = desk_of(request)
    try:
        found = await desk.register.last_round()
    except Exception:  # noqa: BLE001 - whatever keeps the engine from answering is the answer
        return _answer("engine-unreachable", None)
    return _answer(_state(desk, found), found)


def _state(desk: Desk, found: Round | None) -> str:
    if found is None:
        return "no-round-yet"
    if desk.clock() - found.at > _longest(desk):
        return "no-recent-round"
    if not found.engine:
        return "engine-unreachable"
    return "ok" if found.relay else "relay-unreachable"


def _longest(desk: Desk) -> timedelta:
    return desk.round_every * ROUNDS_MISSED


def _answer(state: str, found: Round | None) -> Response:
    document = {
        "status": state,
        "since": _iso(found.since if found else None),
        "last_round": _iso(found.at if found else None),
        "last_plan": _iso(found.last_plan if found else None),
        "last_mail": _iso(found.last_mail if found else None),
        "conventions": found.conventions if found else None,
        "plans_failing": len(found.failing) if found else None,
        "mailbox": found.mailbox.state if found else None,
    }
    return JSONResponse(document, 200 if state == "ok" else 503, headers={"X-Robots-Tag": "noindex"})


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
