"""Listening: the desk on a port, until it is told to stop."""

import asyncio
import contextlib
import errno
import socket
from collections.abc import Callable, Iterator

import uvicorn
from starlette.types import ASGIApp

from adapters.login_settings import is_this_machine
from domain.errors import EcheancierError


class DeskStartError(EcheancierError):
    """The desk cannot listen where it was asked to; the message says what would do."""


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
        DeskStartError: no sign-in for a machine that others reach, or the port is taken.
    """
    if getattr(getattr(app, "state", None), "without_sign_in", False) and not is_this_machine(host):
        raise DeskStartError(
            f"Le bureau refuse d’écouter sur {host}\u00a0: sans connexion configurée, tout le monde pourrait y "
            "enregistrer. Configurer la connexion (ECHEANCIER_LOGIN__…), ou garder ECHEANCIER_DESK_HOST=127.0.0.1."
        )
    with _listening(host, port, any_port_if_taken=any_port_if_taken) as sock:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
            # Nobody's word is taken by default, not even that of a proxy on this machine.
            proxy_headers=bool(trusted_proxies),
            forwarded_allow_ips=trusted_proxies or None,
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[sock]))
        stopping = asyncio.create_task(stop.wait())
        try:
            if ready is not None:
                ready(f"http://{_shown(host)}:{sock.getsockname()[1]}/")
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
def _listening(host: str, port: int, *, any_port_if_taken: bool) -> Iterator[socket.socket]:
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        sock = socket.create_server((bare, port), family=family)
    except OSError as error:
        if any_port_if_taken and port and error.errno == errno.EADDRINUSE:
            with _listening(host, 0, any_port_if_taken=False) as other:
                yield other
            return
        raise DeskStartError(
            f"Le bureau ne peut pas écouter sur {host}, port {port} ({error.strerror})\u00a0: choisir un autre "
            "port avec ECHEANCIER_DESK_PORT (0 en prend un libre)."
        ) from error
    with sock:
        yield sock


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
