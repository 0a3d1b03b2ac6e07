"""Every page, every role: nothing is open that was not meant to be, even a page added tomorrow."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.people import DeskRole, Identity
from echeancier.desk.sign_in.way_in import SignIn
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister, example, now
from tests.desk.html import Page
from tests.desk.test_people import Known, person

KNOWN = {
    "reference": "SQF-P", "kind": "done", "letter": "renewal", "fact_id": "f1", "when": "3", "name": "0a" * 8,
    "entry_id": "0a" * 8, "other_id": "0b" * 8, "change_id": "0c" * 8,
}  # fmt: skip
SAFE = {"GET", "HEAD"}
DECIDES = {("POST", "/conventions/{reference}/enregistrer/{kind}")}
"""Forms that a manager may send, for some kinds of fact only."""

SUBSCRIBES = {("POST", "/abonnements"), ("POST", "/abonnements/{feed_id}/revoquer")}
"""Forms that a manager may send: an agenda to look at is another way to look."""

VALIDATES = {
    ("POST", "/conventions/{reference}/purge"),
    ("POST", "/conventions/{reference}/supprimer"),
    ("POST", "/conventions/{reference}/lettres/{letter}"),
    ("POST", "/conventions/{reference}/lettres/{letter}/projet.pdf"),
}
"""Forms that a manager may send: a letter is read, put in other words, and validated by whoever decides."""


MANAGERS_ONLY = {"/courriels"}
"""What the mails of a coordinator lead to is for whoever manages."""


def app_for(who: Identity | None, register: FakeRegister, directory: Path) -> FastAPI:
    way: SignIn = Known(who)
    return create_app(register, Settings(_env_file=None, data=directory), sign_in=way, clock=now)


def routes() -> Iterator[tuple[str, str]]:
    """Every method and path of the desk, the door and the style apart."""
    app = create_app(FakeRegister(), Settings(_env_file=None), sign_in=Known(None))
    for route in flat(app.routes):
        if isinstance(route, APIRoute):
            yield from ((method, route.path) for method in sorted(route.methods or ()))
        else:
            assert isinstance(route, Mount)
            assert route.path == "/static"


def flat(found: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """Routes, those of the routers among them one by one."""
    for route in found:
        inside = getattr(route, "original_router", None)
        if inside is None:
            yield route
        else:
            yield from flat(inside.routes)


ROUTES = list(routes())
FORMS = [route for route in ROUTES if route[0] not in SAFE]
PAGES = [route for route in ROUTES if route[0] in SAFE]


def address(path: str, kind: str = "done") -> str:
    return re.sub(r"{(\w+)(?::\w+)?}", lambda match: {**KNOWN, "kind": kind}.get(match[1], "x"), path)


async def visited(who: Identity | None, method: str, path: str, directory: Path) -> tuple[httpx.Response, FakeRegister]:
    """The answer to a request with a good form token, and what it made of the register."""
    register = FakeRegister.of(example("sqf-p"))
    app = app_for(who, register, directory)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=BASE, headers={"origin": BASE})
    async with client:
        mark = ""
        if method not in SAFE and who is not None:
            shown = await client.get("/conventions/SQF-P/enregistrer/question-answered")
            mark = Page.read(shown.text).hidden.get("token", "")
        register.calls.clear()
        data = {} if method in SAFE else {"token": mark, "why": "x", "on": "2023-01-20"}
        answer = await client.request(method, path, data=data or None)
    return answer, register


def wrote(register: FakeRegister) -> set[str]:
    return {call[0] for call in register.calls} - {"dossier", "rows", "upcoming"}


def test_the_pages_and_the_forms_of_the_desk_are_all_there() -> None:
    assert {path for _, path in PAGES} >= {
        "/",
        "/echeances",
        "/conventions",
        "/conventions/{reference}",
        "/commencer",
    }
    assert len(FORMS) >= 6


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_nobody_sees_anything_before_signing_in(method: str, path: str, tmp_path: Path) -> None:
    answer, register = await visited(None, method, address(path), tmp_path)
    if answer.status_code == 401:  # what was typed is given back to whoever typed it, with the way in
        assert method == "POST"
        assert 'href="/connexion"' in answer.text
    else:
        assert answer.status_code == 303
        assert answer.headers["location"] == "/connexion"
    assert register.calls == []


@pytest.mark.parametrize(("method", "path"), FORMS)
async def test_a_reader_sends_no_form(method: str, path: str, tmp_path: Path) -> None:
    answer, register = await visited(person(DeskRole.READER), method, address(path), tmp_path)
    assert answer.status_code == 403
    assert wrote(register) == set()


@pytest.mark.parametrize(("method", "path"), [form for form in FORMS if form not in SUBSCRIBES | VALIDATES])
async def test_a_manager_sends_only_the_forms_that_decide(method: str, path: str, tmp_path: Path) -> None:
    answer, register = await visited(person(DeskRole.MANAGER), method, address(path), tmp_path)
    assert answer.status_code == 403
    assert wrote(register) == set()
    if (method, path) in DECIDES:
        decided, _ = await visited(person(DeskRole.MANAGER), method, address(path, "renewal-decided"), tmp_path)
        assert decided.status_code in (303, 422)


@pytest.mark.parametrize(("method", "path"), sorted(SUBSCRIBES | VALIDATES))
async def test_a_manager_gives_out_agendas_reads_letters_and_writes_nothing_by_that(
    method: str, path: str, tmp_path: Path
) -> None:
    answer, register = await visited(person(DeskRole.MANAGER), method, address(path), tmp_path)
    assert answer.status_code != 403
    assert wrote(register) == set()


@pytest.mark.parametrize(("method", "path"), FORMS)
async def test_a_coordinator_is_let_through_to_every_form(method: str, path: str, tmp_path: Path) -> None:
    answer, _ = await visited(person(DeskRole.COORDINATOR), method, address(path), tmp_path)
    assert answer.status_code not in (403, 500, 503)


@pytest.mark.parametrize("role", DeskRole)
@pytest.mark.parametrize(("method", "path"), PAGES)
async def test_looking_changes_nothing_and_never_breaks(method: str, path: str, role: DeskRole, tmp_path: Path) -> None:
    answer, register = await visited(person(role), method, address(path), tmp_path)
    assert answer.status_code in (200, 303, 403, 404)
    may = role is DeskRole.MANAGER if path in MANAGERS_ONLY else role is DeskRole.COORDINATOR
    assert answer.status_code != 403 or not may
    assert answer.status_code == 403 or path not in MANAGERS_ONLY or may
    assert wrote(register) == set()
