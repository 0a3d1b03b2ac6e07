"""The kinds of facts that can be recorded, for a person."""

from typing import Any, Final

from rich.console import Console

from echeancier.cli.console import console, say
from echeancier.cli.french import FrenchCommand
from echeancier.domain.recording import KINDS, FieldHelp, KindHelp
from echeancier.domain.typography import nbsp

_SORTS = {
    "day": "AAAA-MM-JJ",
    "moment": "AAAA-MM-JJTHH:MM",
    "text": "texte",
    "name": "nom du fichier",
    "number": "nombre",
    "yes-no": "oui|non",
    "piece": "FICHIER",
}


_ROOM = 40
"""Characters of a choice that stand beside its option."""


FIELDS: Final = {"ignore_unknown_options": True}
"""The options of such a command are the fields of the kind of fact: read by the command, not by the parser."""


class FactCommand(FrenchCommand):
    """A command about facts: its ``--help`` also lists the kinds."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help, then the kinds of facts."""
        super().format_help(ctx, formatter)
        print_kinds(console())


def print_kinds(out: Console) -> None:
    """Print every kind on one line; the fields of one kind are asked for with its name."""
    say(out, nbsp("Ce qui peut être enregistré (champs : « echeancier record --kinds FAIT ») :"), style="bold")
    width = max(len(kind) for kind in KINDS) + 2
    for kind in KINDS.values():
        say(out, f"{kind.kind:<{width}}{kind.says.fr}", indent=2, hang=width)


def print_kind(out: Console, kind: KindHelp) -> None:
    """Print one kind and its fields."""
    say(out, nbsp(f"{kind.kind} : {kind.says.fr}"), style="bold")
    if kind.hint:
        say(out, kind.hint.fr)
    options = [(_option(field), field) for field in kind.fields]
    width = max(len(option) for option, _ in options) + 2
    for option, field in options:
        must = " (obligatoire)" if field.required and field.name != "on" else ""
        hint = f". {field.hint.fr}" if field.hint else ""
        words = f"{field.says.fr}{must}{_long_choice(field)}{hint}"
        say(out, f"{option:<{width}}{words}", indent=2, hang=width)


def _option(field: FieldHelp) -> str:
    choices = "|".join(field.choices)
    shown = choices if len(choices) <= _ROOM else "MOT"
    return f"--{field.name.replace('_', '-')} {shown or _SORTS[field.sort]}"


def _long_choice(field: FieldHelp) -> str:
    """The words a long choice allows, where they do not fit in the column of the options."""
    return nbsp(f" : {', '.join(field.choices)}") if len("|".join(field.choices)) > _ROOM else ""
