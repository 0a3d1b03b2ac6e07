"""The partners' pages as a service beside others, or on its own."""

import asyncio
from collections.abc import Callable

from echeancier.adapters.keys.link_keys import LinkKeys
from echeancier.adapters.settings import Settings
from echeancier.adapters.web.http_server import PagesAddress, serve
from echeancier.domain.typography import nbsp
from echeancier.engine.gateway import Conventions, utc_now
from echeancier.partners.app import create_app


async def partners_service(
    conventions: Conventions, settings: Settings, stop: asyncio.Event, tell: Callable[[str], None]
) -> None:
    """Serve the partners' pages until ``stop``; no address asked for is ever logged, since it holds a link.

    Args:
        conventions: those that run.
        settings: where they listen, under which public address; where the keys are.
        stop: set by whoever runs the program.
        tell: shows a line to whoever started it.

    Raises:
        HttpServerError: the port is taken; a reverse proxy would not follow to another.
        LinkKeysError: the file of the keys cannot be used.
    """
    keys = LinkKeys(settings.data)
    keys.ensure(utc_now())
    app = create_app(conventions, keys, settings.links_url)
    place = PagesAddress(
        "Les pages des partenaires",
        settings.links_host,
        settings.links_port,
        "ECHEANCIER_LINKS_PORT",
        trusted_proxies=settings.trusted_proxies,
    )

    def ready(address: str) -> None:
        tell(nbsp(f"Pages des partenaires : {settings.links_url}/ (écoute sur {address})"))

    await serve(app, place, stop, ready)
