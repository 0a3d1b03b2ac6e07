"""``echeancier backup``: what must be kept apart, copied whole, while the program runs."""

from pathlib import Path
from typing import Annotated

import typer

from echeancier.cli.output import remark, say_line

Folder = Annotated[Path, typer.Argument(metavar="DOSSIER", help="Un dossier neuf, ailleurs que les données.")]


def backup(folder: Folder) -> None:
    """Sauvegarde les données dans un dossier neuf, sans rien arrêter\u00a0; la clé maîtresse se garde à part.

    Une clé qui n’ouvre pas ce qu’elle devrait ouvrir est nommée, et n’est pas sauvegardée\u00a0: elle prendrait la place de la
    bonne. Le code de sortie est alors 1.
    """
    from echeancier.adapters.keys.opening import master_key_file, open_ring  # noqa: PLC0415
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415
    from echeancier.adapters.stores.backup import save  # noqa: PLC0415 - a plan needs no settings

    settings = load_settings()
    done = save(settings.data, folder, open_ring(settings))
    say_line(f"{done.files} fichiers sauvegardés dans {folder}.")
    if settings.encrypt:
        remark(
            f"Sans la clé maîtresse ({master_key_file(settings)}), cette sauvegarde ne se lit pas : en garder une copie ailleurs."
        )
    for owner in done.wrong:
        remark(
            f"La clé de {owner} manque ou n’ouvre pas ses documents : elle n’est pas dans cette sauvegarde. "
            f"Remettre {owner}.json depuis une sauvegarde plus ancienne."
        )
    if done.wrong:
        raise typer.Exit(1)
