"""``echeancier rehearse``: a convention lives its whole life on the real engine, in virtual time, mail captured."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from adapters.convention_file import load_convention
from adapters.facts_file import as_records, load_facts
from adapters.mail_drop import MailDrop
from adapters.report import Story, console_table, write_dossier
from cli.options import ConventionFile, FactsFile
from cli.output import console, remark, say
from domain.agenda import agenda
from domain.convention import Convention
from domain.facts import Recorded
from domain.rehearsal.player import Diligent, Player, script_of
from domain.words import in_words

if TYPE_CHECKING:
    from cli.rehearsal.live import Life

MARK = ".rehearsal"
"""File that says a directory was made by a rehearsal, and may therefore be emptied by the next one."""


PLAYED = {
    "all-goes-well": "chacun fait sa part à temps",
    "nobody-answers": "personne ne répond",
}


class Scenario(StrEnum):
    """How the people behave."""

    ALL_GOES_WELL = "all-goes-well"
    NOBODY_ANSWERS = "nobody-answers"


def rehearse(
    file: ConventionFile,
    facts: FactsFile = None,
    scenario: Annotated[
        Scenario,
        typer.Option(
            help="all-goes-well : chacun fait sa part à temps ; nobody-answers : personne ne répond."
        ),
    ] = Scenario.ALL_GOES_WELL,
    output: Annotated[Path, typer.Option(metavar="DOSSIER", help="Où écrire le dossier.")] = Path(
        "var/rehearsal"
    ),
) -> None:
    """Fait vivre la convention, de la délibération au dernier devoir, et montre chaque message qui partirait.

    Aucun message ne quitte cette machine : les réglages d’un vrai serveur d’envoi ne sont pas lus.
    """
    convention = load_convention(file)
    known = as_records(load_facts(facts), convention.place.time_zone) if facts is not None else ()
    out = console()
    with _directory(output) as directory:
        life = asyncio.run(_live(convention, known, scenario, directory, out))
        _tell(out, convention, known, scenario, directory, life)


async def _live(
    convention: Convention, known: tuple[Recorded, ...], scenario: Scenario, directory: Path, out: Console
) -> "Life":
    from cli.rehearsal.live import live  # noqa: PLC0415 - the engine is slow to load
    from cli.rehearsal.stage import stage  # noqa: PLC0415

    script = script_of(known)
    player: Player = Diligent(convention, script) if scenario is Scenario.ALL_GOES_WELL else script
    begins = _beginning(convention, known)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn(),
        console=out, transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task(in_words(begins.date()), total=1)

        def progress(now: datetime, end: datetime) -> None:
            share = (now - begins) / (end - begins) if end > begins else 1
            bar.update(task, completed=share, description=f"{in_words(now.date(), weekday=False):>18}")

        async with stage(begins, directory) as played_on:
            return await live(played_on, convention, player, progress)


def _beginning(convention: Convention, known: tuple[Recorded, ...]) -> datetime:
    """The rehearsal begins when the first fact is recorded; without any, on the day of effect written in the text."""
    if known:
        return min(record.recorded_at for record in known)
    if convention.effect.on is None:
        raise typer.BadParameter(
            "la convention prend effet à la signature : donner au moins ce fait avec --facts, sinon rien ne commence."
        )
    zone = convention.place.calendar().time_zone
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    return datetime.combine(convention.effect.on, datetime.min.time().replace(hour=9), tzinfo=ZoneInfo(zone))


@contextmanager
def _directory(output: Path) -> Iterator[Path]:
    """Empty the directory of a former rehearsal; refuse one that holds anything else."""
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(
            f"{output} est un fichier ; on attend un dossier, neuf ou d’une répétition précédente."
        )
    if output.exists() and any(output.iterdir()):
        if not (output / MARK).exists():
            raise typer.BadParameter(
                f"{output} contient autre chose qu’une répétition : choisir un autre dossier."
            )
        shutil.rmtree(output)
    output.mkdir(parents=True, exist_ok=True)
    (output / MARK).write_text("made by echeancier rehearse; the next rehearsal empties this directory\n")
    yield output


def _tell(
    out: Console, convention: Convention, known: tuple[Recorded, ...], scenario: Scenario, directory: Path, life: "Life"
) -> None:
    story = Story(
        dossier=life.dossier,
        lived=agenda(convention, tuple(life.dossier.facts), life.ended, registered_on=life.began.date()),
        planned=agenda(convention, known, life.began, registered_on=life.began.date()),
        began=life.began,
        ended=life.ended,
        scenario=PLAYED[scenario],
        mails=tuple(MailDrop(directory / "mails").read()),
    )
    paths = write_dossier(directory, story)
    out.print(console_table(story, paths[0]))
    for words in life.refused:
        remark(f"refusé pendant la répétition, le {words}")
    if not life.closed:
        say(out, "Le dossier reste ouvert : quelqu’un doit encore agir (voir ce qui est en retard dans le rapport).")
