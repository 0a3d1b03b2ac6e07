"""``echeancier start`` and ``withdraw``: a convention enters the register, or leaves it as a mistake."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from echeancier.adapters.files.convention_file import load_convention
from echeancier.cli.admission import admitted
from echeancier.cli.options import ConventionFile, FactsFile, Reference
from echeancier.cli.output import say_line, write_json
from echeancier.cli.roles import role
from echeancier.domain.recording import check_start

if TYPE_CHECKING:
    from echeancier.domain.facts.dossier import Dossier
    from echeancier.engine.gateway import Conventions

By = Annotated[
    str | None,
    typer.Option("--by", metavar="RÔLE", help="Le rôle qui enregistre ; par défaut, la coordination."),
]
Json = Annotated[bool, typer.Option("--json", help="La réponse en JSON (docs/commands.md).")]
Why = Annotated[str, typer.Option("--why", metavar="RAISON", help="Pourquoi ; ceux qui ont reçu un message la liront.")]


def start(file: ConventionFile, *, facts: FactsFile = None, by: By = None, as_json: Json = False) -> None:
    """Enregistre une convention, une fois pour toutes, avec ce qui est déjà arrivé.

    Tout ou rien\u00a0: si un fait est refusé, sa ligne est dite et rien n’est enregistré.
    """
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    convention = load_convention(file)
    now = datetime.now(ZoneInfo(convention.place.time_zone))
    check_start(convention, now)
    records = admitted(facts, convention, now) if facts is not None else ()
    settings = load_settings()
    author = role(convention, by, settings.by)
    dossier = ask(settings, lambda door: door.start(convention, author, records))
    if as_json:
        write_json(
            {
                "reference": convention.reference,
                "registered_at": dossier.registered_at.isoformat(),
                "registered_by": author,
                "facts": [record.model_dump(mode="json") for record in records],
            }
        )
        return
    with_facts = f" avec {len(records)} fait{'s' if len(records) > 1 else ''}" if records else ""
    say_line(f"{convention.reference} est enregistrée{with_facts}. La voir : echeancier show {convention.reference}")


def withdraw(reference: Reference, *, why: Why, by: By = None, as_json: Json = False) -> None:
    """Retire une convention enregistrée par erreur\u00a0: chacun est prévenu, les réunions sont annulées."""
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    settings = load_settings()

    async def withdrawn(door: "Conventions") -> "Dossier":
        author = role((await door.dossier(reference)).convention, by, settings.by)
        await door.withdraw(reference, author, why)
        return await door.dossier(reference)

    dossier = ask(settings, withdrawn)
    if as_json:
        done = dossier.withdrawn
        write_json({"reference": reference, "withdrawn": done.model_dump(mode="json") if done else None})
    else:
        say_line(f"{reference} est retirée du registre ; ceux qui avaient reçu un message sont prévenus.")
