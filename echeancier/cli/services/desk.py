"""The web desk as a service beside others, or on its own: who may come in, where it listens."""

import asyncio
from collections.abc import Callable, Coroutine

from echeancier.adapters.settings import Settings
from echeancier.adapters.sign_in.errors import LoginError
from echeancier.desk import serve
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.setup import keys_of, sign_in_of
from echeancier.domain.ports import DocumentStore
from echeancier.domain.running.keys import Vault
from echeancier.domain.typography import nbsp
from echeancier.engine.gateway import Conventions
from echeancier.engine.purges import purges_of


async def desk_service(
    conventions: Conventions,
    settings: Settings,
    stop: asyncio.Event,
    tell: Callable[[str], None],
    *,
    any_port_if_taken: bool,
    documents: DocumentStore,
    vault: Vault | None,
) -> Coroutine[object, object, None]:
    """Return the desk, ready to be run until ``stop``.

    Args:
        conventions: those that run.
        settings: where it listens, who may come in.
        stop: set by whoever runs the program.
        tell: shows a line to whoever started it.
        any_port_if_taken: listen elsewhere rather than not at all; a reverse proxy would not follow.
        documents: the worker’s own store, with its keys.
        vault: these keys.

    Raises:
        WrongSettingsError, RolesFileError, KeysError: a setting or a file of the sign-in must be put right.
    """
    keys = keys_of(settings)
    sign_in = sign_in_of(settings, keys)
    app = create_app(
        conventions,
        settings,
        sign_in=sign_in,
        keys=keys,
        documents=documents,
        purges=purges_of(conventions),
        vault=vault,
    )
    if sign_in is not None:
        try:
            await sign_in.provider.check()
            tell(nbsp(f"Connexion : {sign_in.name}"))
        except LoginError as error:
            tell(nbsp(f"Connexion impossible pour l’instant : {error.detail}. Le bureau réessaiera à chaque demande."))

    def ready(address: str) -> None:
        tell(
            nbsp(f"Bureau : {settings.desk_url or address}" + (f" (écoute sur {address})" if settings.desk_url else ""))
        )

    return serve(
        app,
        settings.desk_host,
        settings.desk_port,
        stop,
        ready,
        any_port_if_taken=any_port_if_taken,
        trusted_proxies=settings.trusted_proxies,
    )
