"""Reaching the conventions that run: the engine of this directory, else the one that is configured."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from adapters.settings import Settings
from engine.client import connect, is_configured
from engine.embedded import NAMESPACE
from engine.errors import NoEngineError
from engine.gateway import Conventions
from engine.state import awaited_engine

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


async def _conventions(settings: Settings) -> Conventions:
    engine = await awaited_engine(settings.data, STARTING)
    if engine is not None:
        return Conventions(await connect(engine.address, namespace=NAMESPACE, patience=STARTING))
    if is_configured():
        return Conventions(await connect(patience=STARTING))
    raise NoEngineError(
        f"Aucun moteur ne tourne sur le dossier {settings.data} : lancez d’abord « echeancier run » dans un autre "
        "terminal. (Pour un moteur installé ailleurs : TEMPORAL_ADDRESS.)"
    )
