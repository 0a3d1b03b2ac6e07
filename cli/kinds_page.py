"""The kinds of facts that can be recorded, for a person."""

from typing import Any

from rich.console import Console

from adapters.french_typography import nbsp
from cli.french import FrenchCommand
from cli.output import console, say
from domain.door import KINDS, FieldHelp, KindHelp

_SORTS = {
    "day": "AAAA-MM-JJ",
    "moment": "AAAA-MM-JJTHH:MM",
    "text": "texte",
    "name": "nom du fichier",
    "number": "nombre",
    "yes-no": "oui|non",
}


class FactCommand(FrenchCommand):
    """A command about facts: its ``--help`` also lists the kinds."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the help, then the kinds of facts."""
        super().format_help(ctx, formatter)
        print_kinds(console())


def print_kinds(out: Console) -> None:
    """Print every kind on one line; the fields of one kind are asked for with its name."""
    say(
        out, nbsp("Ce qui peut être enregistré (champs : « echeancier record --kinds FAIT ») :"), style="bold"
    )
    width = max(len(kind) for kind in KINDS) + 2
    for kind in KINDS.values():
        say(out, f"{kind.kind:<{width}}{kind.says.fr}", indent=2, hang=width)


def print_kind(out: Console, kind: KindHelp) -> None:
    """Print one kind and its fields."""
    say(out, nbsp(f"{kind.kind} : {kind.says.fr}"), style="bold")
    options = [(_option(field), field) for field in kind.fields]
    width = max(len(option) for option, _ in options) + 2
    for option, field in options:
        must = " (obligatoire)" if field.required and field.name != "on" else ""
        say(out, f"{option:<{width}}{field.says.fr}{must}", indent=2, hang=width)


def _option(field: FieldHelp) -> str:
    return f"--{field.name.replace('_', '-')} {'|'.join(field.choices) or _SORTS[field.sort]}"
