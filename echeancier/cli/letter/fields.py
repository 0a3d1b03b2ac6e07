"""The options of ``echeancier letter``: one for each thing that a person may add to a letter."""

from collections.abc import Callable
from datetime import date
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, Final, TypeVar

import typer

from echeancier.cli.options import day
from echeancier.domain.facts.letter_fields import ADDED


def option(name: str) -> Any:
    """Return the option of a field."""
    field = ADDED[name]
    parser = day if field.sort == "day" else None
    return typer.Option(f"--{field.option}", metavar=field.metavar, help=field.help, parser=parser)


_TYPES: Final[dict[str, tuple[Any, Any]]] = {
    "day": (date | None, None),
    "line": (str, ""),
    "paragraphs": (list[str], []),
}
_Command = TypeVar("_Command", bound=Callable[..., None])


def with_fields(command: _Command) -> _Command:
    """Return the command with an option for each field that it does not name itself, in place of its ``**added``."""
    own = [
        one for one in signature(command, eval_str=True).parameters.values() if one.kind is not Parameter.VAR_KEYWORD
    ]
    added = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option(name)])
        for name, (kind, default) in ((name, _TYPES[field.sort]) for name, field in ADDED.items())
        if name not in {one.name for one in own}
    ]
    command.__signature__ = Signature([*own, *added])  # type: ignore[attr-defined]
    return command
