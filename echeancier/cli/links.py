"""``echeancier links``: the keys that sign the links of the mails."""

from typing import Annotated

import typer

from echeancier.cli.french import FrenchCommand, FrenchGroup
from echeancier.cli.output import say_line

links = typer.Typer(
    name="links",
    cls=FrenchGroup,
    add_completion=False,
    no_args_is_help=True,
    help="Les clés des liens « en un clic » des courriels.",
)

Revoke = Annotated[
    bool,
    typer.Option(
        "--revoke",
        help="Oublie les anciennes clés\u00a0: tous les liens déjà envoyés cessent de valoir (clé dévoilée).",
    ),
]


@links.command("rotate", cls=FrenchCommand)
def rotate(*, revoke: Revoke = False) -> None:
    """Ajoute une clé, qui signe désormais\u00a0; les liens déjà envoyés restent valables, sauf avec --revoke.

    Rien n’est à redémarrer : le robot et les pages relisent le fichier à chaque fois.
    """
    from echeancier.adapters.keys.link_keys import LinkKeys  # noqa: PLC0415 - a plan needs no keys
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415
    from echeancier.engine.gateway import utc_now  # noqa: PLC0415 - the engine is slow to load

    keys = LinkKeys(load_settings().data)
    fresh = keys.rotate(utc_now(), revoke=revoke)
    if revoke:
        say_line(f"Clé {fresh.id} : elle signe désormais. Les liens envoyés jusqu’ici ne valent plus rien.")
        return
    say_line(f"Clé {fresh.id} : elle signe désormais. Clés encore reconnues : {len(keys.kept())}.")


@links.command("keys", cls=FrenchCommand)
def list_keys() -> None:
    """Montre les clés reconnues, par leur numéro et leur date\u00a0; jamais leur secret."""
    from echeancier.adapters.keys.link_keys import LinkKeys  # noqa: PLC0415 - a plan needs no keys
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415

    kept = LinkKeys(load_settings().data).kept()
    for found in kept:
        last = ", signe les liens" if found is kept[-1] else ""
        say_line(f"{found.key.id}  {found.since}{last}")
