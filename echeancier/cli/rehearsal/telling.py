"""What a rehearsal leaves: a dossier for each convention, a table on the terminal."""

import hashlib
from pathlib import Path

from rich.console import Console

from echeancier.adapters.files.scenario_file import Scenario, ScenarioPart
from echeancier.adapters.report import Story, console_table, write_dossier
from echeancier.adapters.stores.mail_drop import MailDrop
from echeancier.cli.console import say
from echeancier.cli.output import remark
from echeancier.cli.rehearsal.life import LivedLife
from echeancier.domain.agenda.agenda import agenda, situation
from echeancier.domain.dates.words import figures
from echeancier.domain.rehearsal.player import stops_because
from echeancier.domain.standing.situation import Situation

_MAILS = "mails"


def tell(out: Console, played: Scenario, directory: Path, lives: tuple[LivedLife, ...]) -> None:
    """Write the dossiers and say what was lived: the first convention's in ``directory``, its relatives' below it."""
    for number, (part, life) in enumerate(zip(played.parts, lives, strict=True)):
        place = directory if number == 0 else directory / part.convention.reference.lower()
        if number:
            _own_mails(directory, place, life)
        _tell(out, played, part, place, life)


def _own_mails(directory: Path, place: Path, life: LivedLife) -> None:
    """Copy the mails of one convention beside its own dossier, byte for byte."""
    its = {message.sha256 for message in life.dossier.outbox}
    kept = MailDrop(place / _MAILS)
    for mail in MailDrop(directory / _MAILS).read():
        raw = (directory / _MAILS / mail.file).read_bytes()
        if hashlib.sha256(raw).hexdigest() in its:
            kept.keep(raw, mail.envelope_from, mail.recipients)


def _tell(out: Console, played: Scenario, part: ScenarioPart, directory: Path, life: LivedLife) -> None:
    dossier = life.dossier
    registered = dossier.registered_at.date()
    story = Story(
        dossier=dossier,
        lived=agenda(dossier.convention, tuple(dossier.facts), life.ended, registered_on=registered),
        planned=agenda(dossier.convention, part.facts, life.began, registered_on=registered),
        began=life.began,
        ended=life.ended,
        scenario=played.title,
        mails=tuple(MailDrop(directory / _MAILS).read()),
    )
    paths = write_dossier(directory, story)
    out.print(console_table(story, paths[0]))
    for words in life.refused:
        remark(f"refusé pendant la répétition, le {words}")
    for name in life.never:
        remark(f"jamais arrivé pendant la répétition\u00a0: {name}")
    if played.until is not None:
        say(out, f"Le scénario s’arrête là, le {figures(played.until)}.")
    elif not life.closed and (stops := stops_because(_at_its_end(life))) is not None:
        say(out, stops.fr)
    elif not life.closed:
        say(
            out,
            "Le dossier reste ouvert : quelqu’un doit encore agir ou répondre (voir ce qui est en retard dans le "
            "rapport).",
        )


def _at_its_end(life: LivedLife) -> Situation:
    return situation(life.dossier.convention, tuple(life.dossier.facts), life.ended)
