"""Listening: the desk on a port, until it is told to stop."""

import asyncio
from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp

from echeancier.adapters.servers import is_this_machine
from echeancier.adapters.web.http_server import HttpServerError, PagesAddress
from echeancier.adapters.web.http_server import serve as listen

_PORT: Final = "ECHEANCIER_DESK_PORT"


class DeskStartError(HttpServerError):
    """The desk must not listen where it was asked to; the message says what would do."""


async def serve(
    app: ASGIApp,
    host: str,
    port: int,
    stop: asyncio.Event,
    ready: Callable[[str], None] | None = None,
    *,
    any_port_if_taken: bool = False,
    trusted_proxies: str = "",
) -> None:
    """Serve the desk until ``stop``; no signal is caught, no address of a visitor is logged.

    Args:
        app: what `desk.app.create_app` returned.
        host: where to listen; anything but this machine needs a sign-in.
        port: 0 takes a free one.
        stop: set by whoever runs the program.
        ready: called once with the address of the desk, such as ``http://127.0.0.1:8000/``.
        any_port_if_taken: a program that has more to do than the desk goes on with a free port.
        trusted_proxies: addresses or networks, separated by commas, whose word about the visitor is taken.

    Raises:
        DeskStartError: no sign-in for a machine that others reach.
        HttpServerError: the port is taken.
    """
    if getattr(getattr(app, "state", None), "without_sign_in", False) and not is_this_machine(host):
        raise DeskStartError(
            f"Le bureau refuse d’écouter sur {host}\u00a0: sans connexion configurée, tout le monde pourrait y "
            "enregistrer. Configurer la connexion (ECHEANCIER_LOGIN__…), ou garder ECHEANCIER_DESK_HOST=127.0.0.1."
        )
    place = PagesAddress("Le bureau", host, port, _PORT, any_port_if_taken, trusted_proxies)
    await listen(app, place, stop, ready)
