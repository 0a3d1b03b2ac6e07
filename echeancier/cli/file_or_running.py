"""A convention named on the command line: a file, or the reference of one that runs."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from echeancier.cli.options import as_reference, day
from echeancier.cli.sources import end_of, sources
from echeancier.domain.agenda.agenda import situation
from echeancier.domain.errors import EcheancierError
from echeancier.domain.messages.context import Context
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.policy import DEFAULT_POLICY

FileOrReference = Annotated[
    str,
    typer.Argument(
        metavar="FICHIER|RÉFÉRENCE",
        help="La convention : un fichier TOML, ou la référence d’une convention enregistrée.",
    ),
]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", parser=day, metavar="AAAA-MM-JJ", help="Vu à la fin de ce jour ; sans elle, maintenant."),
]  # fmt: skip


def situation_of(named: str, facts: Path | None, as_of: date | None) -> Situation:
    """Return the situation of a convention file, or of a convention that runs.

    Raises:
        EcheancierError: the file must be put right, or facts are given for a convention that has its own.
        EngineError: nothing runs, or nothing answers.
    """
    if named.endswith(".toml") or Path(named).is_file():
        read = sources(Path(named), facts, as_of)
        return situation(read.convention, read.records, read.now, registered_on=read.registered_on)
    if facts is not None:
        raise EcheancierError("--facts va avec un fichier : une convention enregistrée a déjà ses faits.")
    from echeancier.adapters.settings import load_settings  # noqa: PLC0415 - a file needs no settings
    from echeancier.cli.reach import ask  # noqa: PLC0415 - the engine is slow to load

    dossier = ask(load_settings(), lambda door: door.dossier(as_reference(named)))
    zone = ZoneInfo(dossier.convention.place.time_zone)
    now = datetime.now(zone) if as_of is None else end_of(as_of, dossier.convention)
    return Context(dossier, now, DEFAULT_POLICY).s
