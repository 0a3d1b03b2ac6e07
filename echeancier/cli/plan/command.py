"""``echeancier plan``: the agenda of a convention file, without any engine."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from echeancier.adapters.files.agenda_csv import agenda_csv
from echeancier.cli.options import ConventionFile, FactsFile, Language, LanguageOption, day
from echeancier.cli.output import remark, write_bytes, write_json
from echeancier.cli.sources import Sources, sources
from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.dates.words import shown
from echeancier.domain.errors import EcheancierError
from echeancier.domain.standing.situation import Situation


class Format(StrEnum):
    """The forms an agenda can be printed in."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    ICS = "ics"


AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=day, metavar="AAAA-MM-JJ",
        help="L’agenda tel qu’on le voit à la fin de ce jour ; sans elle, maintenant.",
    ),
]  # fmt: skip
FormatOption = Annotated[
    Format,
    typer.Option("--format", help="Tableau, JSON (docs/plan-format.md), CSV pour tableur, ou calendrier."),
]
Why = Annotated[bool, typer.Option("--why", help="Sous chaque ligne du tableau, le calcul et sa règle.")]


def plan(
    file: ConventionFile,
    *,
    facts: FactsFile = None,
    as_of: AsOf = None,
    form: FormatOption = Format.TABLE,
    lang: LanguageOption = Language.FR,
    why: Why = False,
) -> None:
    """Affiche l’agenda d’une convention\u00a0: échéances et raisons, questions, avertissements.

    Sans faits, les dates qui en dépendent restent inconnues\u00a0: rien n’est inventé.
    """
    read = sources(file, facts, as_of)
    if read.left_out:
        remark(_left_out(read, lang))
    seen = situation(read.convention, read.records, read.now, registered_on=read.registered_on)
    try:
        agenda = agenda_of(seen)
    except (ValueError, OverflowError) as problem:  # days that contradict each other, in the domain's French
        raise EcheancierError(f"Ces dates ne permettent pas le calcul : {problem}") from problem
    _print(seen, agenda, form, lang, why=why)


def _print(seen: Situation, agenda: Agenda, form: Format, language: str, *, why: bool) -> None:
    """Print one form; the libraries of the others are not loaded."""
    match form:
        case Format.JSON:
            from echeancier.adapters.files.plan_format import published  # noqa: PLC0415 - of this form alone

            write_json(published(agenda, language).model_dump(mode="json"))
        case Format.CSV:
            write_bytes(agenda_csv(seen, agenda, language))
        case Format.ICS:
            from echeancier.cli.plan.as_calendar import plan_ics  # noqa: PLC0415 - of this form alone

            write_bytes(plan_ics(seen, agenda, language))
        case Format.TABLE:
            from echeancier.cli.console import console  # noqa: PLC0415 - of this form alone
            from echeancier.cli.plan.page import print_plan  # noqa: PLC0415 - of this form alone

            print_plan(console(), seen, agenda, language, why=why)


def _left_out(read: Sources, language: str) -> str:
    seen, count = shown(read.now.date(), language), read.left_out
    if language == "en":
        return f"Facts later than {seen}, left out: {count}."
    return f"Faits postérieurs au {seen}, laissés de côté\u00a0: {count}."
