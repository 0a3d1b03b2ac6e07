"""The arguments and options that several commands share."""

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter, ValidationError

from echeancier.domain.model import Reference as AnyReference

_REFERENCE: TypeAdapter[str] = TypeAdapter(AnyReference)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
# Beyond these the calendar of holidays and the arithmetic of terms mean nothing: it is a typing mistake.
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class Language(StrEnum):
    """The languages of what is printed."""

    FR = "fr"
    EN = "en"


def day(text: str) -> date:
    """Return the day written in ``text``.

    Raises:
        BadParameter: it is not AAAA-MM-JJ, there is no such day, or its year is absurd.
    """
    try:
        found = date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise typer.BadParameter(f"« {text} » n’est pas une date ; on attend AAAA-MM-JJ, comme 2021-12-31.")
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise typer.BadParameter(
            f"« {text} » n’est pas plausible ; on attend une année entre {_FIRST_YEAR} et {_LAST_YEAR}."
        )
    return found


def as_reference(text: str) -> str:
    """Return the reference written in ``text``, in capitals as the register has it.

    Raises:
        BadParameter: it cannot be one.
    """
    try:
        return _REFERENCE.validate_python(text.strip())
    except ValidationError:
        raise typer.BadParameter(
            f"« {text} » n’est pas une référence ; on attend 60 signes au plus : lettres sans accent, chiffres, points, "
            "tirets."
        ) from None


Reference = Annotated[str, typer.Argument(parser=as_reference, metavar="RÉFÉRENCE", help="La convention, comme SQF-P.")]
ConventionFile = Annotated[
    Path, typer.Argument(metavar="FICHIER", help="La convention, un fichier TOML comme examples/sqf-p.toml.")
]
FactsFile = Annotated[
    Path | None,
    typer.Option("--facts", metavar="FICHIER", help="Ce qui s’est passé, un fichier TOML de faits."),
]
LanguageOption = Annotated[
    Language,
    typer.Option("--lang", help="Langue des titres et des textes. Les raisonnements restent en français."),
]
