"""Reaching the conventions that run: the engine of this directory, else the one that is configured."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from echeancier.adapters.keys.opening import open_ring
from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.custody import Custodian
from echeancier.engine.client import FIRST_CONNECTION, connect, is_configured
from echeancier.engine.codec import codec_of
from echeancier.engine.embedded import NAMESPACE
from echeancier.engine.errors import NoEngineError
from echeancier.engine.gateway import Conventions
from echeancier.engine.state import awaited_engine

STARTING = timedelta(seconds=10)
"""How long a `run` that is starting, or restarting its engine, is waited for."""

Answer = TypeVar("Answer")


def ask(settings: Settings, question: Callable[[Conventions], Awaitable[Answer]]) -> Answer:
    """Ask the running conventions something and return the answer.

    Raises:
        NoEngineError: nothing runs on this directory and no other engine is configured.
        EngineUnreachableError, NoAnswerError: what runs does not answer.
    """

    async def asked() -> Answer:
        return await question(await _conventions(settings))

    return asyncio.run(asked())


async def elsewhere(settings: Settings, patience: timedelta = FIRST_CONNECTION) -> Conventions:
    """Return the conventions of the engine that Temporal's configuration names, with the keys of this directory.

    Raises:
        EngineUnreachableError: none is configured, or it does not answer.
        MasterKeyError: the master key is missing or cannot be used.
    """
    vault = open_ring(settings)
    client = await connect(codec=codec_of(vault), patience=patience)
    return Conventions(client, custody=Custodian(vault, settings.data))


async def _conventions(settings: Settings) -> Conventions:
    engine = await awaited_engine(settings.data, STARTING)
    if engine is not None:
        vault = open_ring(settings)
        client = await connect(engine.address, namespace=NAMESPACE, codec=codec_of(vault), patience=STARTING)
        return Conventions(client, custody=Custodian(vault, settings.data))
    if is_configured():
        return await elsewhere(settings, STARTING)
    raise NoEngineError(
        f"Aucun moteur ne tourne sur le dossier {settings.data} : lancez d’abord « echeancier run » dans un autre "
        "terminal. (Pour un moteur installé ailleurs : TEMPORAL_ADDRESS.)"
    )
