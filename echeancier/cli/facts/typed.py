"""A fact as it is typed: ``done --item quarterly-data/2021-04 --on 2021-06-28``, whatever fields its kind has."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from echeancier.adapters.files.amended_file import read_amended
from echeancier.domain.facts.catalogue import MODELS
from echeancier.domain.recording import FieldHelp, KindHelp, whole_number

_YES_NO = {"true": True, "oui": True, "yes": True, "false": False, "non": False, "no": False}
_ROLE = "recorded_by"

Given = dict[str, str | None]
"""Field -> what was typed; None for an option that stands alone."""


@dataclass(frozen=True)
class CommandLine:
    """A command line taken apart.

    Attributes:
        words: what stands without a dash, in order.
        fields: the options, in the names of the fields.
    """

    words: tuple[str, ...]
    fields: Given


def take_apart(line: Iterable[str]) -> CommandLine:
    """Take apart what follows the command; ``--starts-at X`` and ``--starts-at=X`` are the field ``starts_at``.

    Raises:
        BadParameter: an option is given twice, or is no option at all.
    """
    words: list[str] = []
    fields: Given = {}
    waiting = None
    for token in line:
        if token.startswith("--"):
            name, equals, value = token[2:].partition("=")
            name = name.replace("-", "_")
            if not name or name in fields:
                raise typer.BadParameter(f"l’option {token} est en trop.")
            fields[name] = value if equals else None
            waiting = None if equals else name
        elif waiting is not None:
            fields[waiting] = token
            waiting = None
        else:
            words.append(token)
    return CommandLine(tuple(words), fields)


def author(kind: KindHelp | None, fields: Given) -> tuple[str | None, Given]:
    """Return the role that records, if it was given, and the fields without it.

    It is ``--recorded-by``; ``--by`` too, except for the kinds of fact that have a field of that name.
    """
    names = [_ROLE] if kind is not None and kind.field("by") else [_ROLE, "by"]
    given = next((name for name in names if name in fields), None)
    if given is None:
        return None, fields
    role = fields[given]
    if not role:
        raise typer.BadParameter(f"l’option --{given.replace('_', '-')} attend un rôle.")
    return role, {name: value for name, value in fields.items() if name != given}


def values(kind: KindHelp, fields: Given) -> dict[str, object]:
    """Return the fields as `domain.recording.parse_fact` reads them; it says itself which ones do not exist.

    Raises:
        BadParameter: an option that needs a value has none.
        ConventionFileError: an option that names a file names none that can be read.
    """
    return {name: _value(name, kind.field(name), value) for name, value in fields.items()}


def with_today(kind: KindHelp, given: dict[str, object], today: date) -> dict[str, object]:
    """Return the values with ``on`` set to today where it was left out and today is no guess."""
    if "on" in given or kind.field("on") is None or MODELS[kind.kind].IS_A_LAST_DAY:
        return given
    return {"on": today, **given}


def _value(name: str, field: FieldHelp | None, value: str | None) -> object:
    if field is not None and field.sort == "yes-no":
        return True if value is None else _YES_NO.get(value.lower(), value)
    if value is None:
        raise typer.BadParameter(f"l’option --{name.replace('_', '-')} attend une valeur.")
    if value == "" and field is not None and field.sort != "text":
        return None
    if field is not None and field.sort == "piece":
        return read_amended(Path(value))
    return whole_number(value) if field is not None and field.sort == "number" else value
