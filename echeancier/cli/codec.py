"""``echeancier codec``: what the engine's web interface shows, opened on this machine while somebody looks."""

from typing import TYPE_CHECKING, Annotated

import typer

from echeancier.cli.output import say_line
from echeancier.domain.errors import EcheancierError

if TYPE_CHECKING:
    from echeancier.adapters.settings import Settings

Port = Annotated[
    int | None,
    typer.Option("--port", min=0, max=65535, help="Où écouter ; par défaut, où « run --ui » l’attend."),
]
Ui = Annotated[
    str | None,
    typer.Option("--ui", metavar="ADRESSE", help="L’adresse de l’interface ; par défaut, celle de « run --ui »."),
]

USUAL_PORT = 8234
"""Beside the interface's usual 8233, for an engine that is not ours."""


class NoInterfaceError(EcheancierError):
    """No interface runs here, and none was named."""


def codec(*, port: Port = None, ui: Ui = None) -> None:
    """Déchiffre ce que montre l’interface du moteur, sur cette machine, tant que la commande tourne.

    Qui atteint ce port lit tout ce que le moteur contient : ne le lancer que le temps de regarder. Ctrl-C l’arrête.
    """
    from echeancier.adapters.keys.opening import open_ring  # noqa: PLC0415 - a plan needs no settings
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415
    from echeancier.engine.codec import ConventionCodec  # noqa: PLC0415 - the engine is slow to load
    from echeancier.engine.codec_server import CodecServer  # noqa: PLC0415

    settings = load_settings()
    vault = open_ring(settings)
    if vault is None:
        raise typer.BadParameter("le chiffrement est désactivé (ECHEANCIER_ENCRYPT=false) : il n’y a rien à ouvrir.")
    page, usual = (ui, USUAL_PORT) if ui is not None else _running(settings)
    with CodecServer(usual if port is None else port, ConventionCodec(vault), page) as server:
        say_line(f"L’interface {page} lit en clair par {server.address}, et elle seule. Ctrl-C pour arrêter.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say_line("Arrêté.")


def _running(settings: "Settings") -> tuple[str, int]:
    """Return the interface of « run --ui », and the port at which it expects us."""
    from echeancier.engine.state import running_engine  # noqa: PLC0415 - the engine is slow to load

    engine = running_engine(settings.data)
    if engine is None or engine.ui_url is None:
        raise NoInterfaceError(
            "Aucune interface ne tourne ici : lancer « echeancier run --ui », ou donner son adresse (--ui "
            "http://127.0.0.1:8080)."
        )
    return engine.ui_url, engine.codec_port or USUAL_PORT
