"""Serving web pages on a port until told to stop; no signal is caught, and no address that a visitor asked for is logged."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import uvicorn
from starlette.types import ASGIApp

from echeancier.domain.errors import EcheancierError


class HttpServerError(EcheancierError):
    """The pages cannot be served where they were to be; the message says what would do."""


@dataclass(frozen=True)
class PagesAddress:
    """Where some pages are served.

    Attributes:
        what: the pages, as a sentence begins, such as « Le bureau ».
        port: 0 takes a free one.
        setting: the variable that names the port.
        any_port_if_taken: a program that has more to do than these pages goes on with a free port.
        trusted_proxies: addresses or networks, separated by commas, whose word about the visitor is taken.
    """

    what: str
    host: str
    port: int
    setting: str
    any_port_if_taken: bool = False
    trusted_proxies: str = ""


async def serve(
    app: ASGIApp, place: PagesAddress, stop: asyncio.Event, ready: Callable[[str], None] | None = None
) -> None:
    """Serve an application until ``stop``.

    Args:
        app: the application.
        place: where.
        stop: set by whoever runs the program.
        ready: called once with the address, such as ``http://127.0.0.1:8000/``.

    Raises:
        HttpServerError: the port is taken.
    """
    with _listening(place) as sock:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
            # Nobody's word is taken by default, not even that of a proxy on this machine.
            proxy_headers=bool(place.trusted_proxies),
            forwarded_allow_ips=place.trusted_proxies or None,
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[sock]))
        stopping = asyncio.create_task(stop.wait())
        try:
            if ready is not None:
                ready(f"http://{_shown(place.host)}:{sock.getsockname()[1]}/")
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            server.should_exit = True
            await serving


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the program that runs us."""
        yield


@contextlib.contextmanager
def _listening(place: PagesAddress) -> Iterator[socket.socket]:
    bare = place.host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        sock = socket.create_server((bare, place.port), family=family)
    except OSError as error:
        if place.any_port_if_taken and place.port and error.errno == errno.EADDRINUSE:
            with _listening(replace(place, port=0)) as other:
                yield other
            return
        raise HttpServerError(
            f"{place.what} ne peut pas écouter sur {place.host}, port {place.port} ({error.strerror})\u00a0: choisir "
            f"un autre port avec {place.setting} (0 en prend un libre)."
        ) from error
    with sock:
        yield sock


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
