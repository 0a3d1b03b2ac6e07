"""The only place where a Temporal client is built."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio.client import Client
from temporalio.converter import PayloadCodec
from temporalio.envconfig import ClientConfig, ClientConnectConfig

from echeancier.engine.converter import data_converter
from echeancier.engine.errors import EngineUnreachableError
from echeancier.engine.library_log import errors_only
from echeancier.engine.reasons import in_words

FIRST_CONNECTION = timedelta(seconds=30)
"""How long the first connection is attempted: long enough for a server that starts beside us."""

_ATTEMPT = timedelta(seconds=5)
_PAUSE_FIRST = 0.05
_PAUSE_LONGEST = 2.0


async def connect(
    address: str | None = None,
    *,
    namespace: str | None = None,
    codec: PayloadCodec | None = None,
    patience: timedelta = FIRST_CONNECTION,
) -> Client:
    """Connect to the engine, retrying the first connection for `patience`.

    Args:
        address: `host:port` of the embedded engine. Without it the address, the namespace, TLS and the API
            key come from Temporal's standard configuration (`TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`,
            `TEMPORAL_TLS_*`..., or the file named by `TEMPORAL_CONFIG_FILE`); with it none of that is read.
        namespace: Overrides the configured namespace; `default` when nothing names one.
        codec: Payload codec, see `engine.converter`.
        patience: Bound of the first connection. Later losses of the connection are retried by the SDK.

    Raises:
        EngineUnreachableError: Nothing is configured, nothing answers in time, or we are refused.
    """
    errors_only()
    config = ClientConnectConfig(target_host=address) if address else _configured()
    if namespace is not None:
        config["namespace"] = namespace
    clock = asyncio.get_running_loop().time
    give_up, pause = clock() + patience.total_seconds(), _PAUSE_FIRST
    while True:
        try:
            return await Client.connect(**config, data_converter=data_converter(codec), connect_timeout=_ATTEMPT)
        except RuntimeError as error:  # what the SDK raises, whatever the cause
            if clock() + pause > give_up:
                raise EngineUnreachableError(
                    f"Le moteur ne répond pas à l’adresse {config['target_host']}\u00a0: {in_words(str(error))}. "
                    "Vérifiez qu’il est lancé et que l’adresse est la bonne."
                ) from error
        await asyncio.sleep(pause)
        pause = min(pause * 2, _PAUSE_LONGEST)


def is_configured() -> bool:
    """Whether Temporal's standard configuration names an engine.

    Raises:
        EngineUnreachableError: The configuration cannot be read.
    """
    return bool(_read().get("target_host"))


def _configured() -> ClientConnectConfig:
    """Temporal's standard client configuration, from the environment and its file."""
    config = _read()
    if not config.get("target_host"):
        raise EngineUnreachableError(
            "Aucun moteur n’est configuré\u00a0: définissez TEMPORAL_ADDRESS (par exemple temporal:7233)."
        )
    return config


def _read() -> ClientConnectConfig:
    try:
        return ClientConfig.load_client_connect_config()
    except RuntimeError as error:
        raise EngineUnreachableError(f"La configuration du moteur est illisible\u00a0: {error}") from error
