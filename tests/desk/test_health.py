"""`/healthz`: alive or not, for a monitor, and nothing about anybody."""

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.domain.running.health import MailboxHealth, Round
from echeancier.engine.errors import EngineUnreachableError
from tests.desk.fakes import NOW, FakeRegister, now
from tests.desk.test_feeds_page import Known

WELL = Round(
    at=NOW - timedelta(minutes=4), since=NOW - timedelta(days=3), conventions=3, engine=True, relay=True,
    last_plan=NOW - timedelta(hours=1), last_mail=NOW - timedelta(hours=2),
    mailbox=MailboxHealth(state="read", read_at=NOW), detail="à ne pas montrer",
)  # fmt: skip


async def test_a_recent_healthy_round_is_well(client: httpx.AsyncClient, register: FakeRegister) -> None:
    register.round = WELL
    answer = await client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "since": "2023-02-26T09:00:00+00:00",
        "last_round": "2023-03-01T08:56:00+00:00",
        "last_plan": "2023-03-01T08:00:00+00:00",
        "last_mail": "2023-03-01T07:00:00+00:00",
        "conventions": 3,
        "plans_failing": 0,
        "keys_missing": 0,
        "stuck": {},
        "mailbox": "read",
    }
    assert answer.headers["cache-control"] == "no-store"
    assert (await client.head("/healthz")).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"relay": False}, "relay-unreachable"),
        ({"engine": False, "relay": False}, "engine-unreachable"),
        ({"keyless": ("SQF-P",)}, "keys-missing"),
        ({"at": NOW - timedelta(minutes=31)}, "no-recent-round"),
    ],
)
async def test_anything_else_is_not(
    client: httpx.AsyncClient, register: FakeRegister, changes: dict[str, object], status: str
) -> None:
    register.round = WELL.model_copy(update=changes)
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, status)


async def test_before_the_first_round_nothing_is_promised(client: httpx.AsyncClient) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "no-round-yet")


@pytest.mark.parametrize("error", [EngineUnreachableError("l’adresse 10.0.0.1"), RuntimeError("a@ville.example")])
async def test_an_engine_that_does_not_answer_is_told_without_its_words(
    client: httpx.AsyncClient, register: FakeRegister, error: Exception
) -> None:
    register.down = error
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()["status"]) == (503, "engine-unreachable")
    assert str(error) not in answer.text


async def test_nothing_is_recorded_here(client: httpx.AsyncClient) -> None:
    answer = await client.post("/healthz", data={"x": "1"})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_a_monitor_needs_no_sign_in(register: FakeRegister, tmp_path: Path) -> None:
    register.round = WELL
    app = create_app(register, Settings(_env_file=None, data=tmp_path), sign_in=Known(None), clock=now)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="https://bureau.ville.example"
    ) as visitor:
        assert (await visitor.get("/healthz")).json()["status"] == "ok"
        assert "set-cookie" not in (await visitor.get("/healthz")).headers
