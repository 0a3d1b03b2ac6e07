"""A meeting convened, moved and cancelled through programs nobody here wrote: Postfix, Dovecot, Thunderbird.

Opt-in (``make interop``): it needs root and Debian's packages postfix, dovecot-imapd, dovecot-lmtpd, thunderbird, xvfb and
dbus. The pictures it takes are left in ``var/interop``.
"""

import email
import imaplib
from asyncio import to_thread as in_thread
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from pydantic import SecretStr

from echeancier.adapters.inbox.imap import ImapMailbox
from echeancier.adapters.inbox.imap_settings import ImapSettings
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.settings import Settings
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.engine.gateway import Conventions
from echeancier.engine.ports import LOOPBACK
from tests.domain import builders as b
from tests.interop import mail_host as hosts
from tests.interop import thunderbird as guests
from tests.interop.mail_host import PASSWORD, MailHost, mail_host
from tests.interop.thunderbird import Thunderbird, thunderbird, until
from tests.workflows.server import Server, eventually, server
from worker import Parts, build_worker
from workflows.ids import TASK_QUEUE
from workflows.messages import RepliesEnd, RepliesStart
from workflows.replies import RepliesWorkflow

OURS = "agenda@ville.example"
GUEST = b.ADDRESSES["partner"]
DEAD = b.ADDRESSES["partner-data"]
PICTURES = Path("var/interop")
PACKAGES = "postfix dovecot-imapd dovecot-lmtpd thunderbird xvfb dbus"
HOUR = 10

pytestmark = pytest.mark.timeout(600)


@dataclass
class Town:
    """A town hall that convenes a meeting of a convention, and the mail host it uses."""

    server: Server
    host: MailHost
    parts: Parts
    item: str

    @property
    def door(self) -> Conventions:
        return self.server.door

    def day(self, days: int) -> datetime:
        """Return a local time on a working day, at least so many days from now."""
        day = (self.server.now() + timedelta(days=days)).date()
        while day.weekday() > 4:
            day += timedelta(days=1)
        return datetime(day.year, day.month, day.day, HOUR)  # noqa: DTZ001 - facts carry the hour of the place

    async def dossier(self) -> Dossier:
        return await self.door.dossier("TEST-1")

    async def convene(self, when: datetime) -> None:
        await self.door.record("TEST-1", MeetingArranged(item=self.item, starts_at=when), "coordinator")

    async def read_answers(self) -> RepliesEnd:
        return await self.server.client.execute_workflow(
            RepliesWorkflow.run,
            RepliesStart(),
            id=f"reading-{self.server.now().timestamp()}",
            task_queue=TASK_QUEUE,
        )

    async def arrived(self, method: str, sequence: int) -> str:
        """Wait until the guest has a message about the meeting; return its Message-ID."""
        found: list[str] = []

        async def there() -> bool:
            found[:] = await in_thread(self._messages, method, sequence)
            return bool(found)

        await eventually(there)
        (one,) = found
        return one

    def _messages(self, method: str, sequence: int) -> list[str]:
        with imaplib.IMAP4(LOOPBACK, self.host.imap) as box:
            box.login(GUEST, PASSWORD)
            box.select("INBOX", readonly=True)
            numbers = box.search(None, "ALL")[1][0].split()
            raws = [box.fetch(n.decode(), "(BODY.PEEK[])")[1][0][1] for n in numbers]  # type: ignore[index]
        return [
            str(mail["Message-ID"])
            for mail in (email.message_from_bytes(raw, policy=default) for raw in raws)  # type: ignore[arg-type]
            for part in mail.walk()
            if part.get_content_type() == "text/calendar"
            for calendar in [icalendar.Calendar.from_ical(part.get_content())]
            if (calendar["METHOD"], calendar.walk("VEVENT")[0]["SEQUENCE"]) == (method, sequence)
        ]


def _settings(directory: Path, host: MailHost) -> Settings:
    return Settings.model_construct(
        data=directory,
        sender=OURS,
        bounces=OURS,
        imap=ImapSettings(host=LOOPBACK, port=host.imap, security="none", username=OURS, password=SecretStr(PASSWORD)),
    )


@asynccontextmanager
async def town(directory: Path, host: MailHost) -> AsyncIterator[Town]:
    """A convention of this year, at ten o'clock of the last working day: Thunderbird has the clock of the machine."""
    now = datetime.now(ZoneInfo("Europe/Paris"))  # noqa: TID251 - Thunderbird's clock cannot be shifted
    begins = WorkingDays().prev_open((now - timedelta(hours=HOUR)).date())
    async with server(directory, begins.isoformat()) as s:
        settings = _settings(directory, host)
        transport = SmtpTransport(SmtpSettings(host=LOOPBACK, port=host.smtp, security="none"))
        assert settings.imap is not None
        parts = Parts(settings, transport, shift=s.shift, mailbox=ImapMailbox(settings.imap))
        terms = b.convention(
            effect={"rule": "fixed", "on": begins.replace(month=1, day=1), "clauses": ["A1"]},
            term={"months": 36, "clauses": ["A1"]},
            duty=[b.meeting_duty(rhythm={"every_months": 36}), b.duty(informed=["partner-data"])],
        )
        async with build_worker(s.client, parts):
            await s.door.start(terms, "coordinator")
            for fact in b.signed(begins.replace(month=1, day=2).isoformat()):
                await s.door.record("TEST-1", fact, "coordinator")
            yield Town(s, host, parts, f"point/{begins.year}-01")


@pytest.fixture(scope="module")
def host() -> Iterator[MailHost]:
    missing = [*hosts.missing_programs(), *guests.missing_programs()]
    if missing:
        pytest.fail(f"missing: {', '.join(missing)}; apt install {PACKAGES}")
    with mail_host([OURS, *(address for address in b.ADDRESSES.values() if address != DEAD)]) as made:
        yield made


async def test_an_invitation_goes_round_through_thunderbird(tmp_path: Path, host: MailHost) -> None:
    async with town(tmp_path, host) as t, guest_of(host) as guest:
        await convened_and_accepted(t, guest)
        await moved(t, guest)
        await cancelled(t, guest)


@asynccontextmanager
async def guest_of(host: MailHost) -> AsyncIterator[Thunderbird]:
    """Thunderbird of the guest; it is spoken to from threads, for the worker lives in this loop."""
    program = thunderbird(host, GUEST, "Direction de l’agence")
    guest = await in_thread(program.__enter__)
    try:
        yield guest
    finally:
        await in_thread(program.__exit__, None, None, None)


async def convened_and_accepted(t: Town, guest: Thunderbird) -> None:
    """Invited, shown with its buttons, accepted; the answer comes back by mail and is read."""
    await t.convene(t.day(30))
    bar = await in_thread(guest.show, await t.arrived("REQUEST", 0), "imipAcceptButton")
    await in_thread(guest.photograph, PICTURES / "1-invitation.png")
    assert {"imipTentativeButton", "imipDeclineButton"} <= set(bar.buttons)
    await in_thread(guest.act, "ACCEPTED")
    (event,) = await in_thread(until, guest.events)
    assert (event.start, event.zone) == (f"{t.day(30):%Y%m%dT%H%M%S}", "Europe/Paris")
    assert "ACCEPTED" in event.answers
    await answered(t)
    await in_thread(guest.photograph, PICTURES / "2-accepted.png")
    kept = [r.fact for r in (await t.dossier()).facts if isinstance(r.fact, InvitationAnswered)]
    assert [(k.item, k.role, k.answer) for k in kept] == [(t.item, "partner", "accepted")]


async def moved(t: Town, guest: Thunderbird) -> None:
    """Moved: the same meeting, shown as an update, at its new hour."""
    (before,) = await in_thread(guest.events)
    await t.convene(t.day(37))
    await in_thread(guest.show, await t.arrived("REQUEST", 1), "imipAcceptButton")
    await in_thread(guest.photograph, PICTURES / "3-moved.png")
    await in_thread(guest.act, "ACCEPTED")
    there = f"{t.day(37):%Y%m%dT%H%M%S}"
    (after,) = await in_thread(until, lambda: [e for e in guest.events() if e.start == there])
    assert (after.uid, after.sequence) == (before.uid, "1")
    await in_thread(guest.photograph, PICTURES / "4-at-its-new-hour.png")


async def cancelled(t: Town, guest: Thunderbird) -> None:
    """Cancelled: shown as such, and gone from the calendar."""
    await t.door.record("TEST-1", MeetingCancelled(on=t.server.now().date(), item=t.item), "coordinator")
    await in_thread(guest.show, await t.arrived("CANCEL", 2), "imipDeleteButton")
    await in_thread(guest.photograph, PICTURES / "5-cancelled.png")
    await in_thread(guest.act, "")
    await in_thread(until, lambda: not [e for e in guest.events() if e.status != "CANCELLED"])
    await in_thread(guest.photograph, PICTURES / "6-gone.png")


async def answered(t: Town) -> None:
    """Have the mailbox of the answers read until one is recorded."""

    async def recorded() -> bool:
        await t.read_answers()
        return any(isinstance(r.fact, InvitationAnswered) for r in (await t.dossier()).facts)

    await eventually(recorded)


async def test_a_dead_address_comes_back_as_undelivered(tmp_path: Path, host: MailHost) -> None:
    async with town(tmp_path, host) as t:

        async def reported() -> bool:
            await t.read_answers()
            return any(isinstance(r.fact, MailUndelivered) for r in (await t.dossier()).facts)

        await eventually(reported)
        dossier = await t.dossier()
    (fact,) = [r.fact for r in dossier.facts if isinstance(r.fact, MailUndelivered)]
    failed = next(m for m in dossier.outbox if m.id == fact.message)
    assert (failed.address, fact.status) == (DEAD, "5.1.1")
