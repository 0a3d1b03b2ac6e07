"""« Ce que nos courriels produisent »: for managers, linked from « Territoire »."""

from datetime import timedelta

import pytest

from echeancier.desk.sign_in.people import DeskRole
from echeancier.domain.attention.measure import ENOUGH
from echeancier.domain.facts.dossier import Dossier, Message, Told
from tests.desk.fakes import NOW, FakeRegister, example
from tests.desk.html import read
from tests.desk.test_people import browser, person


def in_vain() -> Dossier:
    dossier, first = example("sqf-p"), NOW - timedelta(days=30)
    dossier.outbox.extend(
        Message(
            id=f"m{n}", kind="reminders", role="data-operator", address="statistiques@operateur.example",
            at=first + timedelta(hours=n), accepted_at=first + timedelta(hours=n), status="accepted",
            told=(Told(about="annual-report/2022", stage="last-call"),),
        )
        for n in range(ENOUGH)
    )  # fmt: skip
    return dossier


async def test_it_says_what_each_kind_of_mail_leads_to_and_what_it_proposes() -> None:
    async with browser(FakeRegister.of(in_vain()), person(DeskRole.MANAGER)) as client:
        page = (await client.get("/courriels")).text
    assert f"0 sur {ENOUGH}" in " ".join(page.replace("\u00a0", " ").split()).replace("</strong><br>", "")
    assert "dernier appel" in page
    assert "À adoucir" in page


async def test_without_any_mail_it_says_so() -> None:
    async with browser(FakeRegister.of(example("sqf-p")), person(DeskRole.MANAGER)) as client:
        assert "Aucun courriel" in (await client.get("/courriels")).text


@pytest.mark.parametrize(
    ("role", "seen"), [(DeskRole.MANAGER, True), (DeskRole.COORDINATOR, False), (DeskRole.READER, False)]
)
async def test_only_managers_see_it_and_are_led_there(role: DeskRole, seen: bool) -> None:
    async with browser(FakeRegister.of(in_vain()), person(role)) as client:
        assert (await client.get("/courriels")).status_code == (200 if seen else 403)
        assert ("/courriels" in read((await client.get("/territoire")).text).links) is seen
