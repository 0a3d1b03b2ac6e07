"""From the mail to the dossier, on the real engine, a real relay and a real port: the link is the one that was received."""

import asyncio
import email
import email.policy
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from temporalio.client import Client

from echeancier.adapters.keys.link_keys import LinkKeys
from echeancier.adapters.relay.capture import CaptureServer
from echeancier.adapters.relay.smtp import SmtpTransport
from echeancier.adapters.relay.smtp_settings import SmtpSettings
from echeancier.adapters.settings import Settings
from echeancier.adapters.web.http_server import PagesAddress, serve
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.mail import InvitationAnswered
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.running.clock import CalendarShift
from echeancier.engine.client import connect
from echeancier.engine.embedded import NAMESPACE, EmbeddedEngine
from echeancier.engine.gateway import Conventions, utc_now
from echeancier.engine.ports import free_port
from echeancier.partners.app import create_app
from tests.domain import builders as b
from tests.domain.builders_life import life
from tests.support.processes import until
from worker import Parts
from worker import serve as work
from workflows.convention import ConventionWorkflow
from workflows.ids import TASK_QUEUE, convention_id
from workflows.messages import ConventionStart

pytestmark = pytest.mark.timeout(240)

NOW = b.at("2022-07-01")
"""A Friday in office hours, the first working day after the end of the half-year."""
POINT, DATA = "point/2022-07", "data/2022-01"


@dataclass
class Town:
    """A town hall with its engine, its relay and its partners' pages, the calendar set to that morning."""

    door: Conventions
    relay: CaptureServer
    web: httpx.AsyncClient
    url: str

    async def dossier(self) -> Dossier:
        return await self.door.dossier("TEST-1")

    def received(self, address: str, kind: str) -> EmailMessage | None:
        """The mail to an address whose subject names something, once it has arrived."""
        for kept in self.relay.mails():
            raw = (self.relay._drop.directory / kept.file).read_bytes()
            mail = email.message_from_bytes(raw, policy=email.policy.default)
            if address in kept.recipients and kind in mail["Subject"]:
                return mail
        return None

    async def mail(self, address: str, kind: str) -> EmailMessage:
        await until(lambda: self.received(address, kind) is not None, 60)
        found = self.received(address, kind)
        assert found is not None
        return found

    def links(self, mail: EmailMessage) -> dict[str, str]:
        """The links of a mail's text by their words; those of the HTML are the same."""
        text, html = (mail.get_body((sort,)) for sort in ("plain", "html"))
        assert text is not None
        assert html is not None
        found = re.findall(rf"> (.+?) :\s+({re.escape(self.url)}/r/\S+)", _plain(text.get_content()))
        assert {address for _, address in found} == set(
            re.findall(rf'{re.escape(self.url)}/r/[^"\s]+', html.get_content())
        )
        return dict(found)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with _town(tmp_path / "var") as made:
        yield made


@asynccontextmanager
async def _town(directory: Path) -> AsyncIterator[Town]:
    shift = CalendarShift(timedelta(seconds=int((NOW - utc_now()).total_seconds())))
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    stop = asyncio.Event()

    def now() -> datetime:
        return shift.to_calendar(utc_now())

    async with EmbeddedEngine(directory) as engine, CaptureServer(directory / "mails") as relay:
        client = await connect(engine.address, namespace=NAMESPACE)
        transport = SmtpTransport(SmtpSettings(host=relay.host, port=relay.port, security="none"))
        settings = Settings.model_construct(data=directory, links_url=url)
        door, keys = Conventions(client, now), LinkKeys(directory)
        keys.ensure(now())
        pages = serve(create_app(door, keys, url, clock=now), PagesAddress("Les pages", "127.0.0.1", port, "X"), stop)
        jobs = asyncio.gather(work(client, Parts(settings, transport, shift=shift), stop), pages)
        try:
            async with httpx.AsyncClient(timeout=60) as web:
                await _registered(client, door)
                yield Town(door, relay, web, url)
        finally:
            stop.set()
            await jobs


async def _registered(client: Client, door: Conventions) -> None:
    """The convention has lived since January; the half-yearly data of June are a day late this morning."""
    data = b.duty("data", kind="data", rhythm={"every_months": 6}, responsible=["partner", "referent"])
    lived = life(b.convention(duty=[b.meeting_duty(), data]), b.signed("2021-12-15")).until("2022-06-30")
    await client.start_workflow(
        ConventionWorkflow.run,
        ConventionStart(dossier=lived.dossier),
        id=convention_id("TEST-1"),
        task_queue=TASK_QUEUE,
    )
    await door.record("TEST-1", MeetingArranged(item=POINT, starts_at=b.at("2022-09-13")), "coordinator")


async def _eventually(town: Town, condition: Callable[[Dossier], bool]) -> Dossier:
    async with asyncio.timeout(60):
        while not condition(dossier := await town.dossier()):  # noqa: ASYNC110 - another process decides
            await asyncio.sleep(0.1)
    return dossier


def answers(dossier: Dossier) -> list[tuple[str, str, str]]:
    return [
        (r.fact.role, r.fact.answer, r.recorded_by) for r in dossier.facts if isinstance(r.fact, InvitationAnswered)
    ]


async def test_a_guest_accepts_and_a_service_says_it_received_by_the_links_of_their_mails(town: Town) -> None:
    invitation = await town.mail(b.ADDRESSES["partner"], "Invitation")
    links = town.links(invitation)
    assert list(links) == ["Accepter", "Refuser", "Proposer une autre date"]
    late = town.links(await town.mail(b.ADDRESSES["referent"], "rien reçu"))
    assert list(late) == ["Bien reçu"]

    # A scanner opens everything, in both ways it may: nothing is said by that.
    for address in (*links.values(), *late.values()):
        assert (await town.web.get(address)).status_code == 200
        assert (await town.web.head(address)).status_code == 200
    before = len((await town.dossier()).facts)
    assert answers(await town.dossier()) == []

    shown = await town.web.get(links["Accepter"])
    assert "Accepter cette rencontre" in shown.text
    assert "Fonction partner" in shown.text
    said = await town.web.post(links["Accepter"], data={})
    assert "C’est enregistré" in said.text
    again = await town.web.post(links["Accepter"], data={})
    assert "déjà enregistré" in again.text

    received = await town.web.post(late["Bien reçu"], data={"on": "2022-06-30", "word": "complet"})
    assert "C’est enregistré" in received.text

    dossier = await _eventually(town, lambda d: len(d.facts) == before + 2)
    assert answers(dossier) == [("partner", "accepted", "Fonction partner (par lien)")]
    done = dossier.facts[-1]
    assert isinstance(done.fact, DutyDone)
    assert (done.fact.item, done.fact.on, done.fact.note) == (DATA, b.d("2022-06-30"), "complet")
    assert done.recorded_by == "Fonction referent (par lien)"


async def test_whoever_owes_tells_of_a_problem_by_the_link_of_a_mail_that_says_it_is_late(town: Town) -> None:
    links = town.links(await town.mail(b.ADDRESSES["partner"], "Devoir data"))
    assert list(links) == ["C’est fait", "Un problème"]
    shown = await town.web.get(links["Un problème"])
    assert "D’où vient ce jour" in shown.text
    said = await town.web.post(links["Un problème"], data={"word": "le fichier n’est pas prêt"})
    assert "C’est enregistré" in said.text
    dossier = await _eventually(town, lambda d: isinstance(d.facts[-1].fact, Acknowledged))
    fact = dossier.facts[-1].fact
    assert isinstance(fact, Acknowledged)
    assert (fact.item, fact.role, fact.answer, fact.note) == (DATA, "partner", "problem", "le fichier n’est pas prêt")
    assert dossier.facts[-1].recorded_by == "Fonction partner (par lien)"


async def test_a_proposal_is_shown_to_the_coordinator_and_a_moved_meeting_takes_no_former_answer(
    town: Town,
) -> None:
    links = town.links(await town.mail(b.ADDRESSES["partner"], "Invitation"))
    asked = {"day": "2022-09-15", "hour": "14:30", "word": "Un jury ce matin-là"}
    assert "C’est enregistré" in (await town.web.post(links["Proposer une autre date"], data=asked)).text
    told = await town.mail(b.ADDRESSES["coordinator"], "Réponses")
    body = told.get_body(("plain",))
    assert body is not None
    text = " ".join(_plain(body.get_content()).split())
    assert "propose une autre date : jeudi 15 septembre 2022, 14 h 30" in text
    assert "Un jury ce matin-là" in text

    moved = MeetingArranged(item=POINT, starts_at=b.at("2022-09-15", 14, 30))
    await town.door.record("TEST-1", moved, "coordinator")
    late = await town.web.post(links["Accepter"], data={})
    assert late.status_code == 409
    assert "jeudi 15 septembre 2022 à 14 h 30" in _plain(late.text)
    fresh = town.links(await town.mail(b.ADDRESSES["partner"], "Modifiée"))
    assert (await town.web.post(fresh["Accepter"], data={})).status_code == 200
    assert [a for _, a, _ in answers(await town.dossier())] == ["counter", "accepted"]
