"""``echeancier rehearse``: conventions live their whole lives in virtual time, mail captured."""

import asyncio
import fcntl
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from echeancier.adapters.files.scenario_file import Scenario
from echeancier.adapters.stores.rehearsal_folders import MARK
from echeancier.cli.console import console
from echeancier.cli.options import FactsFile
from echeancier.cli.rehearsal.choosing import ALL_GOES_WELL, NOBODY_ANSWERS, chosen
from echeancier.domain.dates.words import in_words

if TYPE_CHECKING:
    from echeancier.cli.rehearsal.life import LivedLife

PROGRESS = "progress.json"
"""File that says how far a rehearsal is."""

_File = Annotated[
    Path | None,
    typer.Argument(
        metavar="FICHIER",
        help="La convention, un fichier TOML comme examples/sqf-p.toml ; un scénario écrit nomme la sienne.",
        show_default=False,
    ),
]
_Scenario = Annotated[
    str,
    typer.Option(
        metavar="NOM",
        help=f"{ALL_GOES_WELL} : chacun fait sa part à temps ; {NOBODY_ANSWERS} : personne ne répond ; ou un scénario "
        "écrit, par son nom (examples/scenarios) ou son chemin.",
    ),
]

_AssumeSigned = Annotated[
    bool,
    typer.Option(
        "--assume-signed",
        help="Suppose votée, publiée, transmise et signée à temps une convention qui ne l’est pas encore.",
    ),
]

_Engine = Annotated[
    bool,
    typer.Option(
        "--engine",
        help="Fait vivre la convention sur le vrai moteur, en mémoire : les mêmes messages, en une minute au lieu de "
        "quelques secondes. Un scénario de plusieurs conventions l’est toujours.",
    ),
]


def rehearse(
    file: _File = None,
    facts: FactsFile = None,
    scenario: _Scenario = ALL_GOES_WELL,
    *,
    assume_signed: _AssumeSigned = False,
    engine: _Engine = False,
    output: Annotated[Path, typer.Option(metavar="DOSSIER", help="Où écrire le dossier.")] = Path("var/rehearsal"),
) -> None:
    """Fait vivre la convention, de la délibération au dernier devoir, et montre chaque message qui partirait.

    Aucun message ne quitte cette machine : les réglages d’un vrai serveur d’envoi ne sont pas lus.
    """
    from echeancier.cli.rehearsal.telling import tell  # noqa: PLC0415 - the report is slow to load

    played = chosen(file, facts, scenario, assume_signed=assume_signed)
    out = console()
    with _directory(output) as directory:
        tell(out, played, directory, _lived(played, directory, out, engine=engine))


def _lived(played: Scenario, directory: Path, out: Console, *, engine: bool) -> "tuple[LivedLife, ...]":
    begins = min(part.begins for part in played.parts)
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn(),
        console=out, transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task(in_words(begins.date()), total=1)

        def progress(now: datetime, end: datetime) -> None:
            share = (now - begins) / (end - begins) if end > begins else 1
            day = in_words(now.date(), weekday=False)
            bar.update(task, completed=share, description=f"{day:>18}")
            _note(directory, share, day)

        if engine or len(played.parts) > 1:
            return asyncio.run(_on_the_engine(played, directory, progress))
        from echeancier.cli.rehearsal.in_this_process import live_in_this_process  # noqa: PLC0415 - slow to load

        return (live_in_this_process(played.parts[0], directory, played.refused, progress, played.until),)


async def _on_the_engine(
    played: Scenario, directory: Path, told: Callable[[datetime, datetime], None]
) -> "tuple[LivedLife, ...]":
    from echeancier.cli.rehearsal.as_installed import AS_INSTALLED  # noqa: PLC0415 - the engine is slow to load
    from echeancier.cli.rehearsal.casting import relay_answer  # noqa: PLC0415
    from echeancier.cli.rehearsal.live import live_together  # noqa: PLC0415
    from echeancier.cli.rehearsal.stage import stage  # noqa: PLC0415

    begins = min(part.begins for part in played.parts)
    async with stage(begins, directory, AS_INSTALLED, relay_answer(played.refused)) as played_on:
        return await live_together(played_on, played.parts, told, played.until)


def _note(directory: Path, share: float, day: str) -> None:
    """Leave how far it is where another program can read it: the desk shows it."""
    new = directory / ".progress.tmp"
    new.write_text(json.dumps({"share": round(share, 4), "day": day}, ensure_ascii=False), "utf-8")
    new.replace(directory / PROGRESS)


@contextmanager
def _directory(output: Path) -> Iterator[Path]:
    """Empty the directory of a former rehearsal; refuse one that holds anything else."""
    if output.exists() and not output.is_dir():
        raise typer.BadParameter(
            f"{output} est un fichier ; on attend un dossier, neuf ou d’une répétition précédente."
        )
    if output.exists() and any(output.iterdir()):
        if not (output / MARK).exists():
            raise typer.BadParameter(f"{output} contient autre chose qu’une répétition : choisir un autre dossier.")
        with (output / MARK).open() as mark:
            _hold(mark, output)
            shutil.rmtree(output)
    output.mkdir(parents=True, exist_ok=True)
    with (output / MARK).open("w") as mark:
        mark.write("made by echeancier rehearse; the next rehearsal empties this directory\n")
        mark.flush()
        _hold(mark, output)
        yield output


def _hold(mark: TextIO, output: Path) -> None:
    """Two rehearsals in one directory would mix their mails: the second is refused while the first is playing."""
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise typer.BadParameter(
            f"une répétition est en cours dans {output} : attendre sa fin, ou choisir un autre dossier."
        ) from None
