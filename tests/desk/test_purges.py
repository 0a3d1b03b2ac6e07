"""Closed and purged files on the desk: listed, and the purge answered for by whoever may."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.people import DeskRole, Identity
from echeancier.domain.afterwards.purge import PurgeState
from echeancier.engine.gateway import Row
from tests.desk.conftest import BASE
from tests.desk.fakes import FakePurges, FakeRegister, example, now
from tests.desk.html import Page, read
from tests.desk.test_people import Known, person

PAGE = "/conventions/SQF-P"


@dataclass
class Office:
    """A desk with one closed file, and its purges."""

    client: httpx.AsyncClient
    purges: FakePurges
    register: FakeRegister

    async def decide(self, **given: str) -> httpx.Response:
        token = Page.read((await self.client.get(PAGE)).text).hidden.get("token", "")
        return await self.client.post(f"{PAGE}/purge", data={"token": token, **given})


@asynccontextmanager
async def office(directory: Path, who: Identity | None = None) -> AsyncIterator[Office]:
    closed = example("sqf-p").model_copy(update={"closed_at": datetime(2023, 2, 1, 9, tzinfo=UTC)})
    register, purges = (
        FakeRegister.of(closed, example("sqf-o")),
        FakePurges({"SQF-P": PurgeState(reference="SQF-P")}),
    )
    settings = Settings(_env_file=None, data=directory)
    way = Known(who or person(DeskRole.COORDINATOR))
    app = create_app(register, settings, sign_in=way, clock=now, purges=purges)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as client:
        yield Office(client, purges, register)


async def test_closed_and_purged_files_are_listed_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Row("OLD-1", "purged", "", "Agence", "", date(2019, 1, 1), None, None, False, False, date(2022, 5, 3))
    async with office(tmp_path) as desk:
        usual = desk.register.rows

        async def rows(query: str = "", *, closed: bool = False) -> list[Row]:
            return [*await usual(query, closed=closed), *([gone] if closed else [])]

        monkeypatch.setattr(desk.register, "rows", rows)
        opened = read((await desk.client.get("/conventions")).text)
        assert "SQF-O" in opened.text
        assert PAGE not in opened.links
        listed = read((await desk.client.get("/conventions?dossiers=clos")).text)
        assert PAGE in listed.links
        assert "dossier clos" in listed.text
        assert "purgée le 03/05/2022" in listed.text
        assert "SQF-O" not in listed.text
        assert "1 dossier clos attend sa purge" in read((await desk.client.get("/")).text).text.replace("\u00a0", " ")


async def test_a_closed_file_says_when_it_is_purged_and_is_confirmed_with_what_allows_it(
    tmp_path: Path,
) -> None:
    async with office(tmp_path) as desk:
        page = read((await desk.client.get(PAGE)).text)
        assert "Sans confirmation, rien n’est détruit" in page.text
        assert "plus rien ne s’y enregistre" in page.text
        answer = await desk.decide(do="confirm", basis="visa")
        assert answer.headers["location"] == f"{PAGE}?ok=purge-confirm"
        assert "est confirmée" in read((await desk.client.get(PAGE)).text).text
        confirmed = desk.purges.states["SQF-P"].confirmed
        assert confirmed is not None
        assert confirmed.basis == "visa"


async def test_without_what_allows_it_nothing_is_confirmed_and_it_is_said(tmp_path: Path) -> None:
    async with office(tmp_path) as desk:
        answer = await desk.decide(do="confirm", basis="because")
        assert answer.status_code == 422
        assert "ce qui permet l’élimination" in read(answer.text).text
        assert desk.purges.decided == []


async def test_a_litigation_holds_a_file_then_lets_it_go(tmp_path: Path) -> None:
    async with office(tmp_path) as desk:
        await desk.decide(do="hold")
        page = read((await desk.client.get(PAGE)).text)
        assert "Un contentieux retient ce dossier depuis" in page.text
        assert "Confirmer la purge" not in page.text
        assert (await desk.decide(do="confirm", basis="visa")).status_code == 422
        await desk.decide(do="release")
        assert "Confirmer la purge" in read((await desk.client.get(PAGE)).text).text


async def test_a_manager_confirms_under_a_key_and_a_reader_only_looks(tmp_path: Path) -> None:
    who = Identity("Direction de la culture", DeskRole.MANAGER, "Direction de la culture", session="s")
    async with office(tmp_path, who) as desk:
        await desk.decide(do="confirm", basis="no-visa")
        assert desk.purges.decided == [("SQF-P", "confirm", "direction-de-la-culture")]
    async with office(tmp_path, person(DeskRole.READER)) as desk:
        assert "Confirmer la purge" not in read((await desk.client.get(PAGE)).text).text


async def test_an_open_file_has_no_question_of_a_purge(tmp_path: Path) -> None:
    async with office(tmp_path) as desk:
        assert "Purge du dossier" not in (await desk.client.get("/conventions/SQF-O")).text
