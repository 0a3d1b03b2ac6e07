"""The partners' pages in memory: the real door, the real links, no engine."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx
import pytest

from echeancier.domain.facts.events import Happened
from echeancier.domain.messages.acts import Act
from echeancier.domain.messages.tokens import LinkKey
from echeancier.partners.app import create_app
from tests.desk.fakes import FakeRegister
from tests.domain import builders as b
from tests.domain.builders_life import Life, life
from tests.domain.links import KEY, Post, convened, terms
from tests.domain.test_planning_hours import BREACH

URL = "https://reponses.ville.example"


@dataclass
class Kept:
    """Keys in memory."""

    keys: list[LinkKey] = field(default_factory=lambda: [KEY])

    def trusted(self) -> Mapping[str, LinkKey]:
        return {key.id: key for key in self.keys}


@dataclass
class Office:
    """A convention that lived, its links, and a browser to open them."""

    lived: Life
    register: FakeRegister
    keys: Kept
    web: httpx.AsyncClient

    def path(self, act: Act, to: str = "partner", kind: str = "invitation", key: LinkKey = KEY) -> str:
        return f"/r/{Post(self.lived.of(kind, to)[-1]).token(act, key=key)}"

    def at(self, now: datetime) -> None:
        self.lived.now = self.register.at = now

    @property
    def recorded(self) -> list[tuple[str, ...]]:
        return [call for call in self.register.calls if call[0] == "record"]


def office_of(lived: Life, keys: Kept) -> tuple[Office, httpx.AsyncClient]:
    register = FakeRegister.of(lived.dossier, at=lived.now)
    app = create_app(register, keys, URL, clock=lambda: register.at)
    web = httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url=URL)
    return Office(lived, register, keys, web), web


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    """A meeting to come, its invitations sent."""
    made, web = office_of(convened(), Kept())
    async with web:
        yield made


@pytest.fixture
async def late() -> AsyncIterator[Office]:
    """Data of June, a day late."""
    made, web = office_of(life(terms(), b.signed("2021-12-15")).until("2022-07-01"), Kept())
    async with web:
        yield made


@pytest.fixture
async def paper() -> AsyncIterator[Office]:
    """A paper that goes round for signature."""
    lived = life(b.convention(), ()).until("2022-01-28")
    made, web = office_of(lived, Kept())
    async with web:
        yield made


@pytest.fixture
async def hours() -> AsyncIterator[Office]:
    """A breach found on a Friday at 19:00: thirty-six hours, over on the Sunday at 07:00."""
    lived = life(b.convention(event_duty=[BREACH], duty=[b.duty()]), b.signed("2021-12-15")).until("2022-02-01")
    found = b.at("2022-03-04", 19)
    lived.record(Happened(event="breach-found", on=found.date(), at=found), when=found)
    made, web = office_of(lived, Kept())
    async with web:
        yield made
