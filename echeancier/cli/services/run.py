"""``echeancier run``: everything on this machine, until it is asked to stop."""

import asyncio
from typing import Annotated

import typer

from echeancier.cli.output import remark

Ui = Annotated[
    bool,
    typer.Option("--ui", help="Ouvre aussi l’interface du moteur et affiche son adresse, sur cette machine."),
]


def run(*, ui: Ui = False) -> None:
    """Démarre tout sur cette machine\u00a0: le moteur, celui qui envoie, et la boîte de capture.

    Sans serveur d’envoi dans les réglages, aucun message ne quitte la machine. Ctrl-C arrête proprement ;
    relancé, même après une panne, il reprend où il en était.
    """
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.services.running import live  # noqa: PLC0415 - the engine is slow to load

    asyncio.run(live(load_settings(), ui=ui, tell=remark))
