"""``echeancier keys``: the keys that seal what is kept, made, looked at and renewed; destroyed only by a purge."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from echeancier.cli.french import FrenchCommand, FrenchGroup
from echeancier.cli.options import as_reference
from echeancier.cli.output import say_line, write_json
from echeancier.cli.register import Json
from echeancier.domain.dates.words import in_words
from echeancier.domain.running.keys import HOUSE, day_of_mails

if TYPE_CHECKING:
    from echeancier.adapters.keys.key_ring import KeyRing

keys = typer.Typer(
    name="keys",
    cls=FrenchGroup,
    add_completion=False,
    no_args_is_help=True,
    help="Les clés\u00a0: une par convention, sous une clé maîtresse gardée à part.",
)

One = Annotated[
    str | None, typer.Argument(parser=as_reference, metavar="RÉFÉRENCE", help="La convention, comme SQF-P.")
]
All = Annotated[bool, typer.Option("--all", help="Toutes les conventions, et la clé de la maison.")]


@keys.command(cls=FrenchCommand)
def init() -> None:
    """Crée la clé maîtresse si elle n’existe pas encore, et dit où elle est.

    « echeancier run » le fait de lui-même la première fois ; un « worker » installé à part demande qu’elle soit là.
    """
    from echeancier.adapters.keys.opening import make_ring, master_key_file  # noqa: PLC0415 - a plan needs no settings
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415

    settings, said = load_settings(), list[str]()
    _needed(make_ring(settings, said.append))
    say_line(said[0] if said else f"La clé maîtresse est là : {master_key_file(settings)}.")


@keys.command("list", cls=FrenchCommand)
def list_keys(*, as_json: Json = False) -> None:
    """Énumère les clés, sans en montrer aucune."""
    ring = _ring()
    found = {owner: [key.number for key in ring.numbers(owner)] for owner in ring.owners()}
    if as_json:
        write_json([{"owner": owner, "keys": numbers} for owner, numbers in found.items()])
        return
    for owner, numbers in found.items():
        former = f", {len(numbers) - 1} plus ancienne(s) encore lue(s)" if numbers[1:] else ""
        say_line(f"{_shown(owner)} : clé n° {numbers[-1]}{former}")
    if not found:
        say_line("Aucune clé encore : la première vient avec la première convention.")


@keys.command(cls=FrenchCommand)
def rotate(reference: One = None, *, everything: All = False) -> None:
    """Renouvelle une clé\u00a0: ce qui s’écrit ensuite l’est avec la nouvelle, ce qui l’était déjà se lit toujours.

    Rien n’est à redémarrer.
    """
    ring = _ring()
    if (reference is None) is not everything:
        raise typer.BadParameter("donner une référence, ou --all.")
    for owner in ring.owners() if reference is None else [reference]:
        ring.rotate(owner)
        say_line(f"{_shown(owner)} : clé n° {ring.numbers(owner)[-1].number} désormais.")


def _ring() -> "KeyRing":
    from echeancier.adapters.keys.opening import open_ring  # noqa: PLC0415 - a plan needs no settings
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415

    return _needed(open_ring(load_settings()))


def _needed(ring: "KeyRing | None") -> "KeyRing":
    if ring is None:
        raise typer.BadParameter("le chiffrement est désactivé (ECHEANCIER_ENCRYPT=false) : il n’y a pas de clés.")
    return ring


def _shown(owner: str) -> str:
    if (day := day_of_mails(owner)) is not None:
        return f"clé du courrier du {in_words(date.fromisoformat(day))}"
    return "clé de la maison (boîte des réponses)" if owner == HOUSE else owner
