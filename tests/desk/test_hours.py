"""Delays in hours at the desk: every page says which hour is expected, asks for it, and offers both of an autumn night."""

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister
from tests.desk.html import Page, read
from tests.domain import builders as b
from tests.domain.builders_life import life
from tests.domain.test_planning_hours import BREACH

RECORD = "/conventions/TEST-1/enregistrer"
KEY = "breach/f3"
FOUND = b.at("2022-10-28", 19)
NOW = b.at("2022-10-30", 5)
LIMIT = "dimanche 30 octobre 2022 à 6 h"
"""Thirty-six hours after a Friday at 19:00, one of which the clocks of that night show twice."""
SUMMER, WINTER = "2022-10-30T02:30:00+02:00", "2022-10-30T02:30:00+01:00"


@pytest.fixture
def register() -> FakeRegister:
    lived = life(b.convention(event_duty=[BREACH], duty=[b.duty()]), b.signed("2021-12-15")).until("2022-10-28")
    lived.record(Happened(event="breach-found", on=FOUND.date(), at=FOUND), when=FOUND)
    return FakeRegister.of(lived.dossier, at=NOW)


@pytest.fixture
async def client(register: FakeRegister, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, data=tmp_path)
    app = create_app(register, settings, clock=lambda: NOW, keys=SessionKeys.of(b"of the tests"))
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url=BASE, headers={"origin": BASE}
    ) as web:
        yield web
    await app.state.desk.rehearsals.close()


async def shown(client: httpx.AsyncClient, path: str) -> str:
    page = read((await client.get(path)).text)
    assert page.problems == []
    return page.text.replace("\u00a0", " ")


async def post(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    token = Page.read((await client.get(path)).text).hidden["token"]
    return await client.post(path, data={"token": token, **fields})


def last(register: FakeRegister) -> DutyDone | Happened:
    fact = register.dossiers["TEST-1"].facts[-1].fact
    assert isinstance(fact, DutyDone | Happened)
    return fact


@pytest.mark.parametrize(
    "path", ["/", "/conventions/TEST-1", f"{RECORD}/done", f"{RECORD}/done?item={KEY}"], ids=["todo", "page", "any", "its own"]
)  # fmt: skip
async def test_every_page_says_until_which_hour(client: httpx.AsyncClient, path: str) -> None:
    assert LIMIT in await shown(client, path)


async def test_the_deadlines_and_their_spreadsheet_say_it_too(client: httpx.AsyncClient) -> None:
    await client.get("/conventions/TEST-1")  # its dossier is read
    assert "au plus tard le 30/10/2022, 6 h" in await shown(client, "/echeances")
    lines = (await client.get("/echeances.csv")).content.decode("utf-8-sig").replace("\u00a0", " ")
    heading, row = csv.reader(io.StringIO(lines), delimiter=";")
    assert dict(zip(heading, row, strict=True))["Délai en heures : au plus tard le"] == "30/10/2022, 6 h"


@pytest.mark.parametrize("path", ["/", "/conventions/TEST-1", f"{RECORD}/done?item={KEY}"])
async def test_the_hour_is_asked_for_and_required_where_it_decides(client: httpx.AsyncClient, path: str) -> None:
    fields = [one for one in (await client.get(path)).text.split("<input ") if one.startswith('type="datetime-local"')]
    assert [one for one in fields if 'name="at"' in one and " required" in one.split(">")[0]]


async def test_the_event_that_starts_hours_asks_for_its_own(client: httpx.AsyncClient) -> None:
    assert "L’heure fait courir le délai de « Prévenir d’une violation »." in await shown(client, f"{RECORD}/event")
    named = (await client.get(f"{RECORD}/event?event=breach-found")).text
    assert " required" in named.split('name="at"')[1].split(">")[0]


async def test_the_quick_button_asks_for_the_hour_alone_and_the_day_follows(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    answer = await post(client, f"{RECORD}/done", item=KEY, at="2022-10-30T04:15")
    assert answer.status_code == 303
    assert (last(register).on.isoformat(), last(register).at) == ("2022-10-30", b.at("2022-10-30", 4, 15))
    assert "30/10/2022, 4 h 15" in await shown(client, "/conventions/TEST-1")


async def test_an_hour_that_exists_twice_offers_both_and_keeps_the_one_chosen(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    answer = await post(client, f"{RECORD}/done", item=KEY, at="2022-10-30T02:30")
    page = read(answer.text)
    assert (answer.status_code, page.problems) == (422, [])
    words = page.text.replace("\u00a0", " ")
    assert "2 h 30 (heure d’été)" in words
    assert "2 h 30 (heure d’hiver)" in words
    assert f'value="{SUMMER}"' in answer.text
    for meant in (WINTER, SUMMER):
        answer = await post(client, f"{RECORD}/done", item=KEY, at="2022-10-30T02:30", **{"at.which": meant})
        assert answer.status_code == 303
        assert last(register).at == datetime.fromisoformat(meant)
        register.dossiers["TEST-1"].facts.pop()


async def test_an_hour_that_the_clocks_skip_is_refused_in_words(client: httpx.AsyncClient) -> None:
    answer = await post(client, f"{RECORD}/event", event="breach-found", on="2022-03-27", at="2022-03-27T02:30")
    assert answer.status_code == 422
    assert "2 h 30 n’existe pas : les horloges avancent" in read(answer.text).text.replace("\u00a0", " ")


async def test_a_correction_shows_the_hour_of_the_place_and_which_of_the_two_it_is(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    at = datetime.fromisoformat(WINTER).astimezone(UTC)
    await register.record("TEST-1", DutyDone(on=at.date(), item=KEY, at=at), "coordinator")
    path = "/conventions/TEST-1/faits/f4"
    text = (await client.get(path)).text
    assert 'name="at" value="2022-10-30T02:30"' in text
    assert f'value="{WINTER}" checked' in text
    same = {"item": KEY, "on": "2022-10-30", "at": "2022-10-30T02:30", "at.which": WINTER}
    await post(client, path, **same, note="par téléphone")
    assert last(register).note == "par téléphone"
    assert last(register).at == at
    await post(client, path, **(same | {"at.which": SUMMER}), note="par téléphone")
    assert last(register).at == datetime.fromisoformat(SUMMER)


async def test_a_meeting_of_such_a_night_is_chosen_too(client: httpx.AsyncClient) -> None:
    answer = await post(client, f"{RECORD}/meeting-arranged", item="x/2022", starts_at="2022-10-30T02:30")
    assert 'name="starts_at.which"' in answer.text
