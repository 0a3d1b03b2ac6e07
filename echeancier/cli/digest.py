"""``echeancier digest --dry-run``: what the digests would say if they left now; nothing is sent or kept."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from echeancier.cli.output import say_line, write_bytes
from echeancier.cli.show.command import PLACE
from echeancier.domain.dates.words import hour
from echeancier.domain.errors import EcheancierError

if TYPE_CHECKING:
    from echeancier.adapters.settings import Settings
    from echeancier.domain.overview.digest import Digest
    from echeancier.engine.gateway import Conventions

DryRun = Annotated[bool, typer.Option("--dry-run", help="Montre les courriels, n’en envoie aucun.")]
To = Annotated[str | None, typer.Option("--to", metavar="ADRESSE", help="Seulement le courriel de cette adresse.")]

_DAYS = {
    "monday": "lundi",
    "tuesday": "mardi",
    "wednesday": "mercredi",
    "thursday": "jeudi",
    "friday": "vendredi",
}


class DigestRefusedError(EcheancierError):
    """The digest leaves by itself; the message says when, and how to look at it."""


def digest(*, dry_run: DryRun = False, to: To = None) -> None:
    """Montre les récapitulatifs, tels qu’ils partiraient maintenant."""
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    settings = load_settings()
    if not dry_run:
        raise DigestRefusedError(
            f"Le récapitulatif part tout seul, {_when(settings)}. Pour le voir sans rien envoyer : "
            "echeancier digest --dry-run"
        )
    made = ask(settings, lambda door: _digests(door, settings))
    shown = [one for one in made if to is None or one.address.casefold() == to.casefold()]
    if not shown:
        known = ", ".join(one.address for one in made) or "personne, il n’y a rien à dire"
        raise DigestRefusedError(f"Aucun récapitulatif à montrer. Il irait à : {known}.")
    _print(settings, shown)


def _when(settings: "Settings") -> str:
    if not settings.digest.wanted:
        return "mais il est désactivé (ECHEANCIER_DIGEST__WANTED)"
    leaves = datetime.combine(datetime.now(PLACE), settings.digest.at)
    return f"le {_DAYS[settings.digest.day]} à {hour(leaves)}, heure de Paris, et au début du mois pour les partenaires"


async def _digests(door: "Conventions", settings: "Settings") -> "tuple[Digest, ...]":
    from echeancier.domain.messages.context import Context  # noqa: PLC0415
    from echeancier.domain.overview.digest import Robot, digests  # noqa: PLC0415
    from echeancier.domain.terms.policy import DEFAULT_POLICY  # noqa: PLC0415
    from echeancier.engine.open_conventions import read_all  # noqa: PLC0415

    found, unreadable = await read_all(door)
    last, now = await door.last_round(), datetime.now(PLACE)
    robot = Robot(unreadable=unreadable, stuck=await door.troubles())
    if last is not None:
        robot = robot.model_copy(update={"mailbox": last.mailbox})
    contexts = [Context(dossier, now, DEFAULT_POLICY) for dossier in found]
    return digests(contexts, now, settings.digest.hours, robot, settings.digest.extra, whenever=True)


def _print(settings: "Settings", shown: "list[Digest]") -> None:
    from echeancier.adapters.mail.digest import TemplateDigestWriter  # noqa: PLC0415
    from echeancier.domain.messages.mail import Mailbox  # noqa: PLC0415

    writer = TemplateDigestWriter(
        Mailbox(name=settings.sender_name, address=settings.sender), settings.domain, settings.desk_url
    )
    for one in shown:
        mail = writer.mail(one)
        say_line(f"À : {mail.recipient.name} <{mail.recipient.address}>")
        say_line(f"Objet : {mail.subject}")
        write_bytes(f"\n{mail.text}\n".encode())
