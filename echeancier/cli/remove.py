"""``echeancier remove``: a convention that is stuck, when nothing else is left."""

from typing import TYPE_CHECKING, Annotated

import typer

from echeancier.cli.options import Reference
from echeancier.cli.output import say_line, write_json
from echeancier.cli.purge import Allowed
from echeancier.cli.register import By, Json

if TYPE_CHECKING:
    from echeancier.domain.afterwards.purge_record import Basis

Elimination = Annotated[
    Allowed,
    typer.Option(
        "--confirm",
        help="Avec le visa du service d’archives, ou no-visa si une autorisation en dispense (art. R. 212-14).",
    ),
]


def remove(reference: Reference, *, confirm: Elimination, by: By = None, as_json: Json = False) -> None:
    """Retire une convention bloquée, dont rien ne répond plus\u00a0: tout ce qui en est gardé est détruit.

    Personne n’est prévenu. Une convention qui vit se retire par withdraw, un dossier clos se purge par purge.
    """
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    settings = load_settings()
    basis: Basis = "visa" if confirm is Allowed.VISA else "no-visa"
    ask(settings, lambda door: door.remove(reference, by or settings.by, basis))
    if as_json:
        write_json({"reference": reference, "removed": True})
    else:
        say_line(f"{reference} est retirée ; ce qui en était gardé est en cours de destruction.")
