"""Subscriptions on the desk: made, shown once, listed, revoked; by whom."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.feeds import FeedStore
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.people import DeskRole, Identity
from echeancier.desk.sign_in.secrets import SessionKeys
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister, example, now
from tests.desk.html import Page, read
from tests.feeds.scene import entries

PERSON = "relais-emploi@saint-quentin.example"
ADDRESS = re.compile(r'value="(http[^"]+/agenda/[\w-]+/echeances\.ics)"')


class Known:
    """A sign-in that knows one person, or nobody."""

    def __init__(self, role: DeskRole | None) -> None:
        self._role = role

    async def identify(self, request: Request) -> Identity | None:
        del request
        return Identity(name="x", role=self._role, by="coordinator") if self._role else None

    def entrance(self, request: Request) -> str:
        del request
        return "/entree"


def visitor(directory: Path, role: DeskRole | None, **settings: str) -> httpx.AsyncClient:
    register = FakeRegister.of(example("sqf-p"), example("mtz-o"))
    given = Settings.model_validate({"data": directory, **settings})
    app = create_app(register, given, sign_in=Known(role), clock=now, keys=SessionKeys.of(b"of the tests"))
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE})


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(tmp_path, DeskRole.MANAGER) as one:
        yield one


async def post(desk: httpx.AsyncClient, path: str = "/abonnements", **given: str) -> httpx.Response:
    token = Page.read((await desk.get("/abonnements")).text).hidden["token"]
    return await desk.post(path, data={"token": token, **given})


async def test_a_feed_made_on_the_desk_opens_without_signing_in_and_is_shown_once(
    desk: httpx.AsyncClient, tmp_path: Path
) -> None:
    made = await post(desk, kind="person", name=PERSON.upper(), label="téléphone")
    assert made.status_code == 200
    address = ADDRESS.search(made.text)
    assert address is not None
    assert made.headers["cache-control"] == "no-store"
    async with visitor(tmp_path, None) as stranger:
        answer = await stranger.get(address[1])
    assert answer.status_code == 200
    assert entries(answer.content)
    assert "set-cookie" not in answer.headers
    listed = await desk.get("/abonnements")
    assert address[1].split("/")[-2] not in listed.text
    page = read(listed.text)
    assert "téléphone" in page.text
    assert PERSON in page.text


async def test_a_phone_asks_under_whatever_name_the_proxy_gives(desk: httpx.AsyncClient, tmp_path: Path) -> None:
    made = await post(desk, kind="convention", name="SQF-P")
    address = ADDRESS.search(made.text)
    assert address is not None
    path = "/" + address[1].split("/", 3)[3]
    async with visitor(tmp_path, None) as stranger:
        answer = await stranger.get(path, headers={"host": "conventions.saint-quentin.example"})
        assert answer.status_code == 200
        refused = await stranger.get("/", headers={"host": "conventions.saint-quentin.example"})
        assert refused.status_code == 421


@pytest.mark.parametrize(
    ("setting", "value"),
    [("feeds_url", "https://agenda.ville.example"), ("desk_url", "http://bureau.ville.example/")],
)
async def test_the_address_shown_is_the_public_one(tmp_path: Path, setting: str, value: str) -> None:
    async with visitor(tmp_path, DeskRole.COORDINATOR, **{setting: value}) as desk:
        made = await post(desk, kind="convention", name="SQF-P")
    host, scheme = value.split("/")[2], value.split(":", maxsplit=1)[0]
    assert f'value="{scheme}://{host}/agenda/' in made.text
    assert f'href="webcal://{host}/agenda/' in made.text


async def test_a_revoked_feed_no_longer_answers(desk: httpx.AsyncClient) -> None:
    made = await post(desk, kind="service", name="Relais Emploi")
    address = ADDRESS.search(made.text)
    assert address is not None
    gone = await post(desk, "/abonnements/a1/revoquer")
    assert gone.headers["location"] == "/abonnements?ok=revoked"
    assert (await desk.get(address[1])).status_code == 404
    assert "1\u00a0abonnement révoqué" in (await desk.get("/abonnements")).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Il faut dire de quoi"),
        ({"kind": "convention", "name": " "}, "Il faut dire de quoi"),
        ({"kind": "town", "name": "SQF-P"}, "Il faut dire de quoi"),
        ({"kind": "person", "name": "x" * 300}, "Il faut dire de quoi"),
        ({"kind": "convention", "name": "SQF"}, "SQF-P"),
        ({"kind": "person", "name": "maire@saint-quentin.example"}, "aucune fonction"),
    ],
)
async def test_a_feed_about_nothing_known_is_refused_in_words(
    desk: httpx.AsyncClient, tmp_path: Path, given: dict[str, str], said: str
) -> None:
    answer = await post(desk, **given)
    assert answer.status_code == 422
    assert said in read(answer.text).text
    assert FeedStore(tmp_path / "feeds.json").all() == ()


async def test_revoking_what_is_not_there_says_so(desk: httpx.AsyncClient) -> None:
    answer = await post(desk, "/abonnements/a7/revoquer")
    assert answer.status_code == 404
    assert "Aucun abonnement" in read(answer.text).text


async def test_a_reader_makes_and_revokes_nothing_and_sees_no_list(tmp_path: Path) -> None:
    async with visitor(tmp_path, DeskRole.COORDINATOR) as coordinator:
        await post(coordinator, kind="convention", name="SQF-P")
    async with visitor(tmp_path, DeskRole.READER) as reader:
        token = Page.read((await reader.get("/commencer")).text).hidden.get("token", "")
        for answer in (
            await reader.get("/abonnements"),
            await reader.post("/abonnements", data={"token": token, "kind": "convention", "name": "SQF-P"}),
            await reader.post("/abonnements/a1/revoquer", data={"token": token}),
        ):
            assert answer.status_code == 403
        assert "/abonnements" not in (await reader.get("/")).text
    assert [feed.is_open for feed in FeedStore(tmp_path / "feeds.json").all()] == [True]


async def test_nobody_makes_a_feed_without_signing_in_or_from_elsewhere(tmp_path: Path) -> None:
    async with visitor(tmp_path, None) as stranger:
        assert (await stranger.get("/abonnements")).headers["location"] == "/entree"
    async with visitor(tmp_path, DeskRole.COORDINATOR) as coordinator:
        given = {"kind": "convention", "name": "SQF-P"}
        assert (await coordinator.post("/abonnements", data=given)).status_code == 409
        foreign = await coordinator.post("/abonnements", data=given, headers={"origin": "https://ailleurs.example"})
        assert foreign.status_code == 403
    assert FeedStore(tmp_path / "feeds.json").all() == ()


async def test_the_page_reads_in_english_too(desk: httpx.AsyncClient) -> None:
    page = read((await desk.get("/abonnements?lang=en")).text)
    assert "Calendar subscriptions" in page.text
    assert "never a reminder" in page.text


@pytest.mark.parametrize("kept", [b"", b"garbage", b"echeancier-sealed/1 _house/1\ncut short"])
async def test_a_file_of_the_feeds_that_cannot_be_read_is_said_in_words(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "feeds.json").write_bytes(kept)
    async with visitor(tmp_path, DeskRole.MANAGER) as desk:
        answer = await desk.get("/abonnements")
        assert answer.status_code == 503
        assert "feeds.json" in answer.text
        assert "sauvegarde" in answer.text
        assert (await desk.get("/")).status_code == 200
