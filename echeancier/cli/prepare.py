"""``echeancier prepare-namespace``: make an engine installed elsewhere ready, once or again."""

import asyncio

from echeancier.cli.output import say_line


def prepare_namespace() -> None:
    """Prépare l’espace d’un moteur installé à part\u00a0: durée de conservation, attributs de recherche.

    Recommencer ne change rien. Le moteur est celui de TEMPORAL_ADDRESS et TEMPORAL_NAMESPACE.
    """
    from echeancier.engine.client import connect  # noqa: PLC0415 - the engine is slow to load
    from echeancier.engine.namespace import prepare_namespace as prepare  # noqa: PLC0415

    async def prepared() -> list[str]:
        return await prepare(await connect())

    for change in asyncio.run(prepared()) or ["L’espace était prêt, rien n’a changé."]:
        say_line(change)
