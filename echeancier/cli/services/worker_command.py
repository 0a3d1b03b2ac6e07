"""``echeancier worker``: the worker alone, for an engine that runs elsewhere."""

import asyncio


def worker() -> None:
    """Fait vivre les conventions d’un moteur installé à part (TEMPORAL_ADDRESS), jusqu’à SIGTERM ou Ctrl-C.

    Un serveur d’envoi est exigé (ECHEANCIER_SMTP__HOST) : rien n’est capturé en silence.
    """
    import logging  # noqa: PLC0415 - only a process that stays has something to log

    import worker as composition  # noqa: PLC0415 - the engine is slow to load

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.INFO)
    asyncio.run(composition.run())
