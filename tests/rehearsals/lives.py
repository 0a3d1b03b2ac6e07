"""Whole lives of the ten conventions, played on the engine with a virtual clock."""

from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from echeancier.adapters.files.convention_file import load_convention
from echeancier.adapters.files.facts_file import as_records, load_facts
from echeancier.cli.rehearsal.life import LivedLife
from echeancier.cli.rehearsal.live import live
from echeancier.cli.rehearsal.stage import stage
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Agenda
from echeancier.domain.facts.dossier import Message
from echeancier.domain.rehearsal.player import Diligent, script_of
from tests.support.calendars import problems as calendar_problems
from tests.support.calendars.parts import files_of
from tests.support.project_files import ROOT

EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Lived:
    """A life, its agenda at the end, and the instants that its captured mails carry."""

    life: LivedLife
    agenda: Agenda
    mail_dates: tuple[datetime, ...]

    @property
    def outbox(self) -> list[Message]:
        """Every message, in the order in which it was ordered."""
        return self.life.dossier.outbox

    def told(self, about: str) -> list[Message]:
        """Return the messages that spoke of an item or of a question."""
        return [m for m in self.outbox if any(told.about == about for told in m.told)]

    def open_questions(self) -> set[str]:
        """Return the questions that nobody answered."""
        return {q.id for q in self.agenda.questions if q.answered is None}


async def lived(name: str, directory: Path, *, answering: bool) -> Lived:
    """Live an example from the first fact of its file, with people who do their part or with nobody who answers."""
    convention = load_convention(EXAMPLES / f"{name}.toml")
    known = as_records(load_facts(EXAMPLES / f"{name}.facts.toml"), convention.place.time_zone)
    script = script_of(known)
    player = Diligent(convention, script) if answering else script
    async with stage(min(record.recorded_at for record in known), directory) as played_on:
        life = await live(played_on, convention, player, lambda _now, _end: None)
    wrong = calendar_problems(files_of(directory / "mails"))
    assert wrong == [], "another calendar program finds fault"
    seen = agenda(convention, tuple(life.dossier.facts), life.ended, registered_on=life.began.date())
    return Lived(life, seen, tuple(_dates(directory / "mails")))


def _dates(mails: Path) -> list[datetime]:
    found = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in mails.rglob("*.eml")]
    return [parsedate_to_datetime(str(mail["Date"])) for mail in found]


def after(outbox: list[Message], day: date) -> set[str]:
    """Return what messages sent after a day spoke of, without the part of the key that tells occurrences apart."""
    return {told.about.split("/")[0] for m in outbox if m.at.date() > day for told in m.told}
