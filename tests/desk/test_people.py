"""Who may do what, enforced where it is done."""

import httpx
import pytest
from starlette.requests import Request

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.people import DeskRole, Identity
from echeancier.domain.recording import KINDS
from tests.desk.conftest import BASE
from tests.desk.fakes import FakeRegister, example, now
from tests.desk.html import Page, read


class Known:
    """A way in that knows one person, or nobody."""

    def __init__(self, who: Identity | None) -> None:
        self._who = who

    async def identify(self, request: Request) -> Identity | None:
        del request
        return self._who

    def entrance(self, request: Request) -> str:
        del request
        return "/connexion"


def person(role: DeskRole) -> Identity:
    return Identity(name="Direction des partenariats", role=role, by="manager")


def browser(register: FakeRegister, who: Identity | None, url: str = "") -> httpx.AsyncClient:
    app = create_app(register, Settings(_env_file=None, desk_url=url), sign_in=Known(who), clock=now)
    base = url or BASE
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=base, headers={"origin": base})


async def post(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    mark = Page.read((await client.get("/conventions/SQF-P/enregistrer/question-answered")).text).hidden.get("token")
    if mark is None:
        mark = client.cookies.get("echeancier-visit") or ""
    return await client.post(path, data={"token": mark, **fields})


async def test_nobody_is_sent_to_the_entrance() -> None:
    async with browser(FakeRegister.of(example("sqf-p")), None) as client:
        answer = await client.get("/conventions/SQF-P")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/connexion"


async def test_a_manager_decides_and_the_journal_says_by_whom() -> None:
    register = FakeRegister.of(example("sqf-p"))
    async with browser(register, person(DeskRole.MANAGER)) as client:
        answer = await post(
            client, "/conventions/SQF-P/enregistrer/question-answered",
            question="operator-number", on="2023-03-01", text="12",
        )  # fmt: skip
    assert answer.status_code == 303
    assert register.dossiers["SQF-P"].facts[-1].recorded_by == "manager"


def test_a_manager_records_decisions_a_reader_nothing_and_the_coordinator_everything() -> None:
    may = {role: {kind for kind in KINDS if person(role).may_record(kind)} for role in DeskRole}
    assert may == {
        DeskRole.COORDINATOR: set(KINDS),
        DeskRole.MANAGER: {"renewal-decided", "question-answered", "letter-validated"},
        DeskRole.READER: set(),
    }


@pytest.mark.parametrize(
    "path",
    [
        "/conventions/SQF-P/enregistrer/done",
        "/conventions/SQF-P/faits/f1",
        "/conventions/SQF-P/faits/f1/annuler",
        "/conventions/SQF-P/termes",
        "/conventions/SQF-P/retirer",
        "/commencer",
    ],
)
@pytest.mark.parametrize("role", [DeskRole.MANAGER, DeskRole.READER])
async def test_only_the_coordinator_keeps_the_file(path: str, role: DeskRole) -> None:
    register = FakeRegister.of(example("sqf-p"))
    async with browser(register, person(role)) as client:
        answer = await post(client, path, why="x", item="quarterly-data/2022-10", on="2023-01-20")
    assert answer.status_code == 403
    assert {call[0] for call in register.calls} <= {"dossier", "rows", "upcoming"}


async def test_a_reader_is_shown_no_form_that_would_be_refused() -> None:
    async with browser(FakeRegister.of(example("sqf-p")), person(DeskRole.READER)) as client:
        for path in ("/", "/conventions/SQF-P", "/conventions"):
            page = read((await client.get(path)).text)
            assert "token" not in page.hidden
            assert "/commencer" not in page.links


async def test_a_public_desk_answers_to_its_own_name_only_over_tls_cookies() -> None:
    async with browser(FakeRegister(), person(DeskRole.READER), "https://agenda.ville.example") as client:
        answer = await client.get("/")
        assert answer.status_code == 200
        assert "; secure" in answer.headers["set-cookie"].lower()
        assert "sans mot de passe" not in answer.text
        assert (await client.get("/", headers={"host": "autre.example"})).status_code == 421
