"""What ``echeancier run`` is made of: the engine, the mailbox, and the services that live on them side by side."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import AsyncExitStack

from echeancier.adapters.keys.opening import make_ring
from echeancier.adapters.relay.capture import CaptureServer
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.settings import Settings, unknown_settings
from echeancier.adapters.stores.custody import Custodian
from echeancier.adapters.stores.inventory import close_stores
from echeancier.domain.typography import nbsp
from echeancier.engine.client import connect
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import NAMESPACE, EmbeddedEngine
from echeancier.engine.gateway import Conventions
from echeancier.engine.state import EngineState
from worker import IN_CLEAR, Parts, parts_from, prepare, serve, stop_when_asked, store_of, transport_of

Tell = Callable[[str], None]
Job = Coroutine[object, object, None]


async def live(settings: Settings, *, ui: bool, tell: Tell) -> None:
    """Run the engine, the mailbox and the services until SIGINT or SIGTERM, then stop them in the right order.

    The services end first (the worker lets a message under way reach its end), the engine last. Nothing but the
    engine's file and the directory of the mails is needed to go on later: whatever is killed, start again.

    Raises:
        EngineBusyError: a living process already runs on this directory.
        MasterKeyError: the master key is missing or cannot be used.
        EngineStartError: the engine cannot be started, or ends again and again.
    """
    logging.basicConfig(format="%(message)s", level=logging.WARNING)
    stop = stop_when_asked()
    close_stores(settings.data)
    vault = make_ring(settings, lambda words: tell(nbsp(words)))
    async with AsyncExitStack() as stack:
        engine = await stack.enter_async_context(EmbeddedEngine(settings.data, ui=ui))
        transport = transport_of(settings, await _mailbox(stack, settings))
        client = await connect(engine.address, namespace=NAMESPACE, codec=codec_of(vault))
        parts = parts_from(settings, transport, vault)
        await prepare(client, parts)
        for line in _welcome(settings, engine.state):
            tell(nbsp(line))
        conventions = Conventions(client, custody=Custodian(vault, settings.data))
        services = [serve(client, parts, stop)]
        services += await _desk(conventions, settings, stop, tell, parts)
        services += _partners(conventions, settings, stop, tell)
        await together(engine.supervise(), services, stop)
        tell("Arrêté.")


async def together(watch: Job, services: Iterable[Job], stop: asyncio.Event) -> None:
    """Run services side by side until ``stop``; the first that ends, or ``watch``, has all of them stop.

    Args:
        watch: runs beside them, and is cancelled at the end: it has nothing to finish.
        services: each ends by itself soon after ``stop`` is set.
        stop: set from outside to stop, or from here.

    Raises:
        Exception: the first thing that went wrong, once every service has ended.
    """
    watching = asyncio.ensure_future(watch)
    running = [asyncio.ensure_future(service) for service in services]
    asked = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((asked, watching, *running), return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        ends = await asyncio.gather(*running, return_exceptions=True)
    finally:
        asked.cancel()
        if not watching.done():
            watching.cancel()
    if watching.done() and not watching.cancelled():
        watching.result()
    for end in ends:
        if isinstance(end, BaseException):
            raise end


async def _desk(
    conventions: Conventions, settings: Settings, stop: asyncio.Event, tell: Tell, parts: Parts
) -> list[Job]:
    """The web desk, where its libraries are installed; a port taken by another program does not stop the reminders."""
    try:
        from echeancier.cli.services.desk import desk_service  # noqa: PLC0415 - without the desk's libraries all the rest runs
    except ImportError:
        tell(nbsp("Pas de bureau : ses bibliothèques (l’option « desk ») ne sont pas installées."))
        return []
    free = settings.login is None
    return [
        await desk_service(
            conventions,
            settings,
            stop,
            tell,
            any_port_if_taken=free,
            documents=store_of(parts),
            vault=parts.vault,
        )
    ]


def _partners(conventions: Conventions, settings: Settings, stop: asyncio.Event, tell: Tell) -> Iterator[Job]:
    """The partners' pages, where mails carry links; their port is known to a proxy: taken, the run says so and ends."""
    if not settings.links_url:
        return
    try:
        from echeancier.cli.services.partners import partners_service  # noqa: PLC0415 - without the libraries all the rest runs
    except ImportError:
        tell(nbsp("Pas de pages des partenaires : leurs bibliothèques (l’option « desk ») manquent."))
        return
    yield partners_service(conventions, settings, stop, tell)


async def _mailbox(stack: AsyncExitStack, settings: Settings) -> SmtpSettings | None:
    """Open the capture mailbox where no relay is set; every run keeps its mails in the same directory."""
    if settings.smtp is not None or settings.stop_sending:
        return None
    mailbox = await stack.enter_async_context(CaptureServer(settings.data / "mails"))
    return SmtpSettings(host=mailbox.host, port=mailbox.port, security="none")


def _welcome(settings: Settings, engine: EngineState) -> Iterator[str]:
    yield from unknown_settings(os.environ)
    yield f"Échéancier est lancé sur le dossier {settings.data}. Ctrl-C pour l’arrêter."
    if settings.stop_sending:
        yield "Envois suspendus : les messages sont retenus ; ils partiront à la reprise, aux heures de bureau."
    elif settings.smtp is None:
        yield f"Les messages sont capturés dans {settings.data / 'mails'}, aucun ne part."
    else:
        yield f"Les messages partent par {settings.smtp.host}, port {settings.smtp.effective_port}."
        if settings.smtp.in_clear:
            yield IN_CLEAR
    if settings.redirect_to and not settings.stop_sending:
        yield f"Essai : tous les messages vont à {settings.redirect_to}, aucun à ses destinataires."
    if engine.ui_url is not None:
        yield f"Interface du moteur : {engine.ui_url} (contenus chiffrés ; les lire : echeancier codec)"
