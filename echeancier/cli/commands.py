"""The command line, ``echeancier``: its commands, and its way of refusing.

A command lives in a module of its own, named in the table below, and only the command that is typed is loaded:
the help page alone needs them all. What starts slowly (the engine, the mail relay, the desk) is imported *inside*
the function of the command that needs it: a test checks that ``plan`` and ``notice`` never load it.
"""

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from echeancier.cli.french import FrenchCommand, FrenchGroup
from echeancier.cli.refusals import refusal
from echeancier.domain.characters import visible

_COMMANDS: Final = {
    # Without the engine: from a file to an answer.
    "plan": "echeancier.cli.plan.command:plan",
    "notice": "echeancier.cli.notice.command:notice",
    "letter": "echeancier.cli.letter.command:letter",
    "pack": "echeancier.cli.letter.committee_file:pack",
    # With the engine.
    "run": "echeancier.cli.services.run:run",
    "start": "echeancier.cli.register:start",
    "import": "echeancier.cli.import_command:import_sheet",
    "record": "echeancier.cli.facts.record:app",
    "correct": "echeancier.cli.facts.correct:app",
    "attach": "echeancier.cli.pieces:attach",
    "pieces": "echeancier.cli.pieces:pieces",
    "follow-on": "echeancier.cli.follow_on.command:follow_on",
    "withdraw": "echeancier.cli.register:withdraw",
    "remove": "echeancier.cli.remove:remove",
    "show": "echeancier.cli.show.command:show",
    "list": "echeancier.cli.show.command:list_conventions",
    "upcoming": "echeancier.cli.show.command:upcoming",
    "journal": "echeancier.cli.show.command:journal",
    "rehearse": "echeancier.cli.rehearsal.command:rehearse",
    "digest": "echeancier.cli.digest:digest",
    "worker": "echeancier.cli.services.worker_command:worker",
    "prepare-namespace": "echeancier.cli.prepare:prepare_namespace",
    "partners": "echeancier.cli.services.partners_command:partners",
    "purge": "echeancier.cli.purge:purge",
    "backup": "echeancier.cli.backup:backup",
    "codec": "echeancier.cli.codec:codec",
    # Groups of commands.
    "feed": "echeancier.cli.feed.command:app",
    "links": "echeancier.cli.links:links",
    "keys": "echeancier.cli.keys:keys",
    "desk": "echeancier.cli.services.desk_command:desk",
}
"""What each first word runs, ``module:name``, in the order of the help page: a function, or a ``typer`` group."""


class _Commands(FrenchGroup):
    """The commands of the table, each loaded when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer calls it so
        """Return the words of the table."""
        return list(_COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer calls it so
        """Return a command, None for an unknown word, which typer then compares with all of them."""
        if cmd_name not in _COMMANDS:
            self.commands.update({word: _loaded(word) for word in _COMMANDS})
            return None
        return _loaded(cmd_name)


def _loaded(word: str) -> Any:
    """Return the command of a word, as typer makes it."""
    module, name = _COMMANDS[word].split(":")
    found = getattr(import_module(module), name)
    if not isinstance(found, typer.Typer):
        one = typer.Typer(add_completion=False)
        one.command(word, cls=FrenchCommand)(found)
        found = one
    if not gc.isenabled():  # the process began with it at rest: what is loaded by now stays
        gc.freeze()
        gc.enable()
    return typer.main.get_command(found)


app = typer.Typer(
    name="echeancier",
    cls=_Commands,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Tient le calendrier des conventions\u00a0: échéances, rappels, invitations, préavis.",
    epilog="Codes de sortie\u00a0: 0 tout va bien\u00a0; 1 la commande a échoué en cours de route\u00a0; "
    "2 la demande ou un fichier est à corriger\u00a0; 130 interrompu.",
)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - slow to load, for one word

        typer.echo(f"echeancier {version('echeancier')}")
        raise typer.Exit


@app.callback()
def _every_command(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Affiche la version."),
    ] = False,
) -> None:
    """Say nothing of its own: only holds the options that come before the command."""


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and return its exit code; what is refused is said on stderr, in French."""
    try:
        outcome = app(args=list(arguments), prog_name="echeancier", standalone_mode=False)
    except Exception as error:
        told = refusal(error)
        if told is None:
            raise
        if told.words:
            sys.stderr.write(visible(told.words) + "\n")
        return told.code
    return outcome if isinstance(outcome, int) else 0
