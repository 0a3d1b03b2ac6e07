"""The door: the sign-in page, the way to the provider and back, the way out."""

import logging
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from echeancier.adapters.sign_in.errors import LoginError
from echeancier.desk.addresses import local_page
from echeancier.desk.pages import page
from echeancier.desk.sign_in.login import CALLBACK, SIGNED_OUT, OpenIdSignIn
from echeancier.desk.sign_in.words import MOTIVES
from echeancier.desk.state import desk_of
from echeancier.desk.visit import Visiting, in_the_other_language, language_of, remember_language

router = APIRouter()

_HERE: Final = "/connexion"

_log = logging.getLogger(__name__)


@router.get(_HERE)
async def door(request: Request, vers: str = "", motif: str = "") -> Response:
    """Show how to come in, and why the last attempt failed; whoever is in already goes where he was going."""
    way = _way(request)
    if motif not in MOTIVES and await way.identify(request) is not None:
        return RedirectResponse(local_page(vers), 303)
    return _door(request, motif, vers)


@router.get(f"{_HERE}/aller")
async def leave_for_the_provider(request: Request, vers: str = "", compte: str = "") -> Response:
    """Send the browser to the provider."""
    way = _way(request)
    if way.busy(request):
        return _door(request, "busy", vers)
    try:
        return await way.open(request, vers, another=compte == "autre")
    except LoginError as error:
        return _refused(error, vers)


@router.get(CALLBACK)
async def come_back(request: Request) -> Response:
    """Let in whoever the provider vouches for; no secret of the way back stays in the address."""
    way = _way(request)
    if way.busy(request):
        return _door(request, "busy", "")
    try:
        arrival = await way.come_in(request)
    except LoginError as error:
        return _refused(error, error.path)
    response = _see(arrival.path)
    way.forget(response)
    way.remember(response, arrival.secret)
    return response


@router.post("/deconnexion")
async def sign_out(visit: Visiting) -> Response:
    """End the session, then the provider's.

    The browser is sent there by the page, not by an answer to the form: our policy lets forms lead to ourselves only.
    """
    await visit.form()
    way = _way(visit.request)
    onward = await way.go_out(visit.request)
    response: Response = _see(f"{_HERE}?motif=out")
    if onward:
        response = page("sign-out", visit.language, {"onward": onward, "provider": way.name})
    way.forget(response)
    return response


@router.get(SIGNED_OUT)
async def signed_out(request: Request, state: str = "") -> Response:
    """Say that one is out, when it was asked for here."""
    return _see(f"{_HERE}?motif=out" if _way(request).is_our_way_out(state) else _HERE)


def _door(request: Request, motif: str, vers: str) -> Response:
    motive = MOTIVES.get(motif)
    values = {
        "motive": motive,
        "motif": motif,
        "vers": "" if local_page(vers) == "/" else vers,
        "provider": _way(request).name,
        "other_language": in_the_other_language(request),
    }
    response = page("sign-in", language_of(request), values, motive.status if motive else 200)
    return remember_language(request, response)


def _refused(error: LoginError, vers: str) -> Response:
    _log.warning("connexion refusée (%s) : %s", error.motive, error.detail)
    asked = {"motif": error.motive} | ({} if local_page(vers) == "/" else {"vers": vers})
    return _see(f"{_HERE}?{urlencode(asked, safe='/')}")


def _way(request: Request) -> OpenIdSignIn:
    found = desk_of(request).sign_in
    assert isinstance(found, OpenIdSignIn)  # noqa: S101 - these pages are served with it only
    return found


def _see(url: str) -> Response:
    return RedirectResponse(url, 303)
