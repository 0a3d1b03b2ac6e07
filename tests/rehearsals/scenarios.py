"""A scenario played on the engine, and every mail that reached somebody, read as its reader reads it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from icalendar import Calendar, Component

from echeancier.adapters.files.scenario_file import Scenario, load_scenario
from echeancier.adapters.stores.mail_drop import MailDrop
from echeancier.cli.rehearsal.casting import relay_answer
from echeancier.cli.rehearsal.life import LivedLife
from echeancier.cli.rehearsal.live import live_together
from echeancier.cli.rehearsal.stage import stage
from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.agenda.items import Agenda, Item
from tests.support.calendars import problems as calendar_problems
from tests.support.calendars.parts import files_of
from tests.support.project_files import ROOT

SCENARIOS = ROOT / "examples" / "scenarios"
_NBSP = "\u00a0"


@dataclass(frozen=True)
class Mail:
    """One mail, as it arrived.

    Attributes:
        to: the address.
        events: what its calendar files say, each as (method, UID, sequence, start).
    """

    to: str
    at: datetime
    subject: str
    text: str
    events: tuple[tuple[str, str, int, datetime], ...]

    @property
    def day(self) -> date:
        return self.at.date()


@dataclass(frozen=True)
class Played:
    """What a scenario left."""

    scenario: Scenario
    lives: tuple[LivedLife, ...]
    mails: tuple[Mail, ...]

    @property
    def life(self) -> LivedLife:
        return self.lives[0]

    def agenda(self, number: int = 0) -> Agenda:
        life = self.lives[number]
        dossier = life.dossier
        registered = life.dossier.registered_at.date()
        return agenda(dossier.convention, tuple(dossier.facts), life.ended, registered_on=registered)

    def item(self, key: str, number: int = 0) -> Item:
        found = self.agenda(number).item(key)
        assert found is not None, key
        return found

    def to(self, person: str) -> list[Mail]:
        """Return the mails of an address, named by its part before the @."""
        return [mail for mail in self.mails if mail.to.startswith(f"{person}@")]

    def about_meeting(self, person: str, title: str = "") -> list[Mail]:
        """Return the mails to a person that carry an event to answer, of the meetings of that title."""
        return [mail for mail in self.to(person) if mail.events and title in " ".join(mail.text.split())]

    def after(self, day: str) -> list[Mail]:
        """Return the mails sent after a day."""
        return [mail for mail in self.mails if mail.day.isoformat() > day]

    def saying(self, words: str) -> list[Mail]:
        return [mail for mail in self.mails if words in mail.text or words in mail.subject]


async def played(name: str, directory: Path) -> Played:
    """Play a scenario of the examples and read its mails; their calendar files pass the programs that are here."""
    scenario = load_scenario(SCENARIOS / f"{name}.toml")
    begins = min(part.begins for part in scenario.parts)
    async with stage(begins, directory, answer=relay_answer(scenario.refused)) as on:
        lives = await live_together(on, scenario.parts, lambda _now, _end: None, scenario.until)
    wrong = calendar_problems(files_of(directory / "mails"))
    assert wrong == [], "another calendar program finds fault"
    return Played(scenario, lives, tuple(sorted(mails_in(directory / "mails"), key=lambda m: m.at)))


def mails_in(folder: Path) -> list[Mail]:
    """Read the mails of a folder, in the order in which they came."""
    return [_read(folder / kept.file, kept.recipients[0]) for kept in MailDrop(folder).read()]


def _read(path: Path, recipient: str) -> Mail:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    plain = mail.get_body(("plain",))
    assert plain is not None
    return Mail(
        to=recipient,
        at=parsedate_to_datetime(str(mail["Date"])),
        subject=str(mail["Subject"]).replace(_NBSP, " "),
        text=str(plain.get_content()).replace(_NBSP, " "),
        events=tuple(dict.fromkeys(event for part in mail.walk() for event in _events(part))),
    )


def _events(part: EmailMessage) -> list[tuple[str, str, int, datetime]]:
    if part.get_content_type() != "text/calendar":
        return []
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    method = str(calendar.get("METHOD", ""))
    return [_event(method, event) for event in calendar.walk("VEVENT")] if method else []


def _event(method: str, event: Component) -> tuple[str, str, int, datetime]:
    return method, str(event["UID"]), int(str(event["SEQUENCE"])), event.decoded("DTSTART")


def days(mails: list[Mail]) -> list[str]:
    """Return the days of mails, as text."""
    return [mail.day.isoformat() for mail in mails]


def busiest_week(mails: tuple[Mail, ...]) -> int:
    """Return how many mails one person got within seven days at most, whatever they were."""
    return max(
        (sum(m.to == one.to and timedelta(0) <= m.at - one.at < timedelta(days=7) for m in mails) for one in mails),
        default=0,
    )


def most_at_once(mails: tuple[Mail, ...]) -> int:
    """Return how many mails one person got on one day at most, events to answer and news of an end left out."""
    per_day: dict[tuple[str, date], int] = {}
    for mail in mails:
        if mail.events or "Fin de la convention" in mail.subject:
            continue
        per_day[mail.to, mail.day] = per_day.get((mail.to, mail.day), 0) + 1
    return max(per_day.values(), default=0)
