"""The command line, ``echeancier``: its commands, its way of refusing, and its one way out.

A command lives in a module of its own and is registered below. What starts slowly (the engine, the mail
relay, the desk) is imported *inside* the function of the command that needs it: a test checks that ``plan``
and ``notice`` never load it.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from echeancier.adapters.stores.private import close_to_others
from echeancier.cli.backup import backup
from echeancier.cli.codec import codec
from echeancier.cli.digest import digest
from echeancier.cli.facts.correct import correct
from echeancier.cli.facts.kinds_page import FactCommand
from echeancier.cli.facts.record import record
from echeancier.cli.feed.command import app as feed_commands
from echeancier.cli.follow_on.command import follow_on
from echeancier.cli.french import FrenchCommand, FrenchGroup, speak_french
from echeancier.cli.import_command import import_sheet
from echeancier.cli.keys import keys
from echeancier.cli.letter.command import letter
from echeancier.cli.letter.committee_file import pack
from echeancier.cli.links import links
from echeancier.cli.notice.command import notice
from echeancier.cli.plan.command import plan
from echeancier.cli.prepare import prepare_namespace
from echeancier.cli.purge import purge
from echeancier.cli.refusals import refusal
from echeancier.cli.register import start, withdraw
from echeancier.cli.rehearsal.command import rehearse
from echeancier.cli.remove import remove
from echeancier.cli.services.desk_command import desk
from echeancier.cli.services.partners_command import partners
from echeancier.cli.services.run import run as run_here
from echeancier.cli.services.worker_command import worker
from echeancier.cli.show.command import journal, list_conventions, show, upcoming
from echeancier.domain.characters import visible
from echeancier.engine.exit import leave

# The options of a fact are the fields of its kind: read by the command, not by the parser.
ANY_OPTION = {"ignore_unknown_options": True}

speak_french()

app = typer.Typer(
    name="echeancier",
    cls=FrenchGroup,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Tient le calendrier des conventions\u00a0: échéances, rappels, invitations, préavis.",
    epilog="Codes de sortie\u00a0: 0 tout va bien\u00a0; 1 la commande a échoué en cours de route\u00a0; "
    "2 la demande ou un fichier est à corriger\u00a0; 130 interrompu.",
)

# Without the engine: from a file to an answer.
app.command(cls=FrenchCommand)(plan)
app.command(cls=FrenchCommand)(notice)
app.command(cls=FrenchCommand)(letter)
app.command(cls=FrenchCommand)(pack)
# With the engine.
app.command("run", cls=FrenchCommand)(run_here)
app.command(cls=FrenchCommand)(start)
app.command("import", cls=FrenchCommand)(import_sheet)
app.command(cls=FactCommand, context_settings=ANY_OPTION)(record)
app.command(cls=FactCommand, context_settings=ANY_OPTION)(correct)
app.command("follow-on", cls=FrenchCommand)(follow_on)
app.command(cls=FrenchCommand)(withdraw)
app.command(cls=FrenchCommand)(remove)
app.command(cls=FrenchCommand)(show)
app.command("list", cls=FrenchCommand)(list_conventions)
app.command(cls=FrenchCommand)(upcoming)
app.command(cls=FrenchCommand)(journal)
app.command(cls=FrenchCommand)(rehearse)
app.add_typer(feed_commands, name="feed")
app.command(cls=FrenchCommand)(digest)
app.command(cls=FrenchCommand)(worker)
app.command(cls=FrenchCommand)(prepare_namespace)
app.command(cls=FrenchCommand)(partners)
app.add_typer(links)
app.command(cls=FrenchCommand)(purge)
app.add_typer(keys)
app.command(cls=FrenchCommand)(backup)
app.command(cls=FrenchCommand)(codec)
app.add_typer(desk)


def _print_version(asked: bool) -> None:
    if asked:
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


def main() -> NoReturn:
    """Run the command of this process and end it: the only way out, whatever the command used."""
    close_to_others()
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show « é » gets « ? » rather than a crash.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    leave(run(sys.argv[1:]))
