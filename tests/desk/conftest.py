"""A desk in memory, and a browser without scripts to visit it."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from echeancier.adapters.settings import Settings
from echeancier.desk.app import create_app
from echeancier.desk.sign_in.secrets import SessionKeys
from tests.desk.fakes import FakeRegister, example, now

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def register() -> FakeRegister:
    return FakeRegister.of(example("sqf-p"), example("sqf-o"), example("mtz-o"))


@pytest.fixture
async def client(register: FakeRegister, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(_env_file=None, data=tmp_path)
    app = create_app(register, settings, clock=now, keys=SessionKeys.of(b"of the tests"))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers={"origin": BASE}) as visitor:
        yield visitor
    await app.state.desk.rehearsals.close()  # what a page began ends with its desk
