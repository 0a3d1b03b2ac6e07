"""Who may speak to the desk, under what name, and from where."""

from collections.abc import AsyncIterator

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister, now
from tests.desk.html import Page

FORM = "/conventions/SQF-P/enregistrer/question-answered"
ANSWER = {"question": "operator-number", "on": "2023-03-01", "text": "12"}


async def token(client: httpx.AsyncClient) -> str:
    return Page.read((await client.get(FORM)).text).hidden["token"]


def recorded(register: FakeRegister) -> bool:
    return any(call[0] == "record" for call in register.calls)


@pytest.mark.parametrize("host", ["mairie.example", "127.0.0.1.example:8000", "", "169.254.1.1"])
async def test_a_foreign_name_is_refused(client: httpx.AsyncClient, host: str) -> None:
    answer = await client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "SQF-P" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:1234", "[::1]:8000", "LOCALHOST"])
async def test_this_machine_is_known_by_its_names(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("origin", ["https://ailleurs.example", "null", "", "http://127.0.0.1:9999"])
async def test_a_form_from_elsewhere_records_nothing(
    client: httpx.AsyncClient, register: FakeRegister, origin: str
) -> None:
    data = {"token": await token(client), **ANSWER}
    answer = await client.post(FORM, data=data, headers={"origin": origin})
    assert answer.status_code == 403
    assert not recorded(register)


async def test_what_the_browser_says_of_the_sender_counts(client: httpx.AsyncClient, register: FakeRegister) -> None:
    data = {"token": await token(client), **ANSWER}
    answer = await client.post(FORM, data=data, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not recorded(register)


async def test_a_form_without_our_mark_records_nothing(client: httpx.AsyncClient, register: FakeRegister) -> None:
    await token(client)
    for given in ({}, {"token": ""}, {"token": "0" * 64}, {"token": "é"}):
        answer = await client.post(FORM, data={**given, **ANSWER})
        assert answer.status_code == 409
        assert "rien n’a été enregistré" in answer.text
    assert not recorded(register)


async def test_the_mark_of_another_visitor_is_worth_nothing(client: httpx.AsyncClient, register: FakeRegister) -> None:
    mine = await token(client)
    client.cookies.clear()
    await token(client)
    assert (await client.post(FORM, data={"token": mine, **ANSWER})).status_code == 409
    assert not recorded(register)


async def test_a_huge_body_is_refused_unread(client: httpx.AsyncClient) -> None:
    answer = await client.post("/commencer", content=b"x" * 1_000_001)
    assert answer.status_code == 413


async def test_a_body_without_a_length_is_refused(client: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"x"

    assert (await client.post("/commencer", content=pieces())).status_code == 411


@pytest.mark.parametrize("path", ["/", "/static/desk.css", "/nope", "/conventions/SQF-P"])
async def test_every_answer_carries_the_security_headers(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy  # the one script is a file of ours
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"


async def test_pages_are_not_kept_by_the_browser_the_style_is(client: httpx.AsyncClient) -> None:
    assert (await client.get("/")).headers["cache-control"] == "no-store"
    assert "max-age" in (await client.get("/static/desk.css")).headers["cache-control"]


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: httpx.AsyncClient) -> None:
    cookie = (await client.get("/")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_even_a_breakdown_is_answered_in_words_with_the_headers(register: FakeRegister) -> None:
    register.down = RuntimeError("secret detail")
    app = create_app(register, Settings(_env_file=None), clock=now)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as visitor:
        answer = await visitor.get("/conventions/SQF-P")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "n’a pas pu répondre" in answer.text
    assert "content-security-policy" in answer.headers
