"""What is stuck is seen at the desk, with what to do, and can be removed by whoever decides."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from echeancier.adapters.stores.disk_room import disk_trouble
from echeancier.domain.running.trouble import Trouble
from echeancier.engine.errors import NoAnswerError
from tests.desk.fakes import NOW, FakeRegister
from tests.desk.html import Page
from tests.desk.test_health import WELL

CAUSES = ("failing", "plan", "ended", "key")


@pytest.mark.parametrize("cause", CAUSES)
async def test_a_stuck_convention_is_red_everywhere(
    client: httpx.AsyncClient, register: FakeRegister, cause: str
) -> None:
    register.round = WELL
    register.stuck = (Trouble.model_validate({"cause": cause, "reference": "SQF-P", "since": NOW}),)
    words = register.stuck[0].said.fr.replace(" ", "").replace("\u00a0", "")[:60]
    for page in ("/", "/conventions", "/conventions/SQF-P"):
        shown = (await client.get(page)).text.replace(" ", "").replace("\u00a0", "")
        assert words in shown, page
    health = await client.get("/healthz")
    assert health.status_code == 503
    assert health.json()["stuck"] == {cause: 1}
    assert "SQF-P" not in health.text


async def test_the_page_of_one_that_cannot_be_read_says_why_and_offers_its_removal(
    client: httpx.AsyncClient, register: FakeRegister
) -> None:
    register.stuck = (Trouble(cause="failing", reference="SQF-P", detail="ZeroDivisionError"),)
    register.down = NoAnswerError("…")
    page = await client.get("/conventions/SQF-P")
    assert page.status_code == 503
    assert "ZeroDivisionError" in page.text
    assert "/conventions/SQF-P/supprimer" in page.text


async def test_it_is_removed_with_its_basis(client: httpx.AsyncClient, register: FakeRegister) -> None:
    register.stuck = (Trouble(cause="ended", reference="SQF-P"),)
    token = Page.read((await client.get("/conventions/SQF-P")).text).hidden["token"]
    path = "/conventions/SQF-P/supprimer"
    refused = await client.post(path, data={"token": token, "basis": ""})
    assert refused.status_code == 422
    done = await client.post(path, data={"token": token, "basis": "no-visa"})
    assert done.headers["location"] == "/conventions?ok=removed"
    assert ("remove", "SQF-P", "coordinator", "no-visa") in register.calls


async def test_the_whole_installation_is_named_first(client: httpx.AsyncClient, register: FakeRegister) -> None:
    register.round = WELL
    register.stuck = (Trouble(cause="clock", detail="2 h"), Trouble(cause="plan", reference="SQF-P"))
    assert (await client.get("/healthz")).json()["status"] == "clock-behind"
    assert "horloge" in (await client.get("/")).text


@pytest.mark.parametrize(("free", "said"), [(299_999_999, True), (300_000_000, False)])
async def test_a_disk_nearly_full_is_red_at_the_desk_and_in_healthz(
    client: httpx.AsyncClient, register: FakeRegister, monkeypatch: pytest.MonkeyPatch, free: int, *, said: bool
) -> None:
    register.round = WELL
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert ((await client.get("/healthz")).json()["status"] == "disk-nearly-full") is said
    for page in ("/", "/conventions"):
        assert ("presque plein (299" in (await client.get(page)).text) is said


def test_a_disk_that_cannot_be_looked_at_blames_nobody(tmp_path: Path) -> None:
    assert disk_trouble(tmp_path / "nowhere") is None
