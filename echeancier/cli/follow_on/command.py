"""``echeancier follow-on``: the convention that follows, proposed from the one that ends, then started."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from echeancier.adapters.files.convention_file import parse_convention
from echeancier.adapters.files.convention_writer import convention_file
from echeancier.cli.console import console
from echeancier.cli.follow_on.words import announce, file_head, marks_by_place, shown_plan
from echeancier.cli.options import Language, LanguageOption, Reference, as_reference
from echeancier.cli.output import say_line
from echeancier.cli.register import By
from echeancier.cli.roles import role
from echeancier.cli.writing import write_file
from echeancier.domain.afterwards.follow_on import follow_on as proposed
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.errors import EcheancierError
from echeancier.domain.recording import check_start

if TYPE_CHECKING:
    from echeancier.domain.facts.dossier import Dossier

To = Annotated[
    Path | None,
    typer.Option("--to", metavar="FICHIER", help="Où écrire la proposition ; par défaut, NOUVELLE-RÉFÉRENCE.toml."),
]
NewName = Annotated[
    str | None,
    typer.Option(
        "--reference",
        parser=as_reference,
        metavar="RÉF",
        help="La référence de la suite ; par défaut, proposée d’après l’ancienne.",
    ),
]
Start = Annotated[
    Path | None,
    typer.Option("--start", metavar="FICHIER", help="Enregistrer la suite écrite dans ce fichier, une fois relue."),
]
Again = Annotated[bool, typer.Option("--overwrite", help="Remplacer le fichier s’il existe.")]


def follow_on(
    reference: Reference, *, to: To = None, name: NewName = None, start: Start = None, overwrite: Again = False,
    by: By = None, lang: LanguageOption = Language.FR,
) -> None:  # fmt: skip
    """Prépare la convention qui suit\u00a0: ses termes, ses dates déplacées, ce qui est à revoir, son agenda.

    Rien ne démarre. Le fichier relu et corrigé, « --start FICHIER » l’enregistre et relie les deux conventions.
    """
    if start is not None:
        _start(reference, start, by)
        return
    dossier = _dossier(reference)
    now = datetime.now(ZoneInfo(dossier.convention.place.time_zone))
    found = proposed(situation(dossier.convention, tuple(dossier.facts), now), name)
    check_start(found.convention, now)
    path = to or Path(f"{found.convention.reference}.toml")
    if path.exists() and not overwrite:
        raise EcheancierError(f"« {path} » existe déjà : le relire, ou le remplacer par --overwrite.")
    text = convention_file(found.convention, file_head(dossier.convention), marks_by_place(found, lang))
    parse_convention(text, path.name)  # what is proposed can be started as it is
    write_file(path, text.encode())
    shown_plan(console(), found, now, lang)
    announce(reference, path, found)


def _start(reference: str, file: Path, by: str | None) -> None:
    from echeancier.adapters.files.convention_file import load_convention  # noqa: PLC0415 - beside what else starts
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    new = load_convention(file)
    if new.follows != reference:
        raise EcheancierError(
            f'« {file} » ne fait pas suite à {reference} : on attend follows = "{reference}" en tête du fichier'
            + (f" ; on y lit « {new.follows} »." if new.follows else ".")
        )
    check_start(new, datetime.now(ZoneInfo(new.place.time_zone)))
    settings = load_settings()
    author = role(new, by, settings.by)
    ask(settings, lambda door: door.start(new, author, ()))
    say_line(
        f"{new.reference} est enregistrée ; elle fait suite à {reference}. La voir : echeancier show {new.reference}"
    )


def _dossier(reference: str) -> "Dossier":
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a plan needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    return ask(load_settings(), lambda door: door.dossier(reference))
