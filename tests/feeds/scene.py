"""Feeds in memory: a register of dossiers, a store on disk, and whoever asks over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx
import icalendar

from echeancier.adapters.stores.feeds import FeedStore
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.mail import Language
from echeancier.domain.overview.feed import Coverage, Feed, Scope, ScopeKind
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.feeds.app import feed_app
from echeancier.feeds.calendar import calendar
from echeancier.feeds.reading import Calendars
from tests.desk.fakes import FakeRegister
from tests.domain import builders as b
from tests.workflows.terms import FIRST, arranged, terms

TODAY = date(2022, 2, 1)
REGISTERED = datetime(2021, 12, 1, 9, tzinfo=UTC)


def dossier(*facts: Fact, recorded: str = "2022-01-10", **changes: object) -> Dossier:
    """Return a signed convention that owes a report and two meetings."""
    every = [*b.signed("2021-12-15"), *facts]
    records = [
        Recorded(id=f"f{n}", fact=fact, recorded_at=b.at(recorded), recorded_by="coordinator")
        for n, fact in enumerate(every, 1)
    ]
    return Dossier(convention=terms(**changes), registered_at=REGISTERED, registered_by="coordinator", facts=records)


def with_a_meeting() -> Dossier:
    return dossier(arranged(FIRST, "2022-03-15"))


def feed(kind: ScopeKind, name: str, language: Language = "fr") -> Feed:
    return Feed(
        id="a1", label="téléphone", scope=Scope(kind=kind, name=name), language=language, digest="0" * 64,
        created_on=TODAY,
    )  # fmt: skip


def entries(content: bytes) -> dict[str, Any]:
    """Return the entries of a calendar file by their identifier."""
    parsed = icalendar.Calendar.from_ical(content)
    found = [event for event in parsed.walk("VEVENT") if isinstance(event, icalendar.Event)]
    assert all(not event.errors for event in found)
    return {str(event["UID"]): event for event in found}


def made(
    one: Feed, *dossiers: Dossier, coverage: Coverage = "deadlines", on: str = "2022-02-01", url: str = ""
) -> bytes:
    return calendar(one, coverage, [Context(each, b.at(on), DEFAULT_POLICY) for each in dossiers], url)


@dataclass
class Clock:
    """An instant that a test moves."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Served:
    """The application of the feeds, as a calendar program sees it."""

    visitor: httpx.AsyncClient
    store: FeedStore
    register: FakeRegister
    clock: Clock

    def subscribe(self, kind: ScopeKind = "convention", name: str = "TEST-1") -> str:
        """Return the path of a new feed."""
        scope = Scope(kind=kind, name=name)
        _, secret = self.store.create(scope, label="", language="fr", on=TODAY, by="coordinator")
        return f"/{secret}/echeances.ics"


@asynccontextmanager
async def served(directory: Path, *dossiers: Dossier) -> AsyncIterator[Served]:
    register = FakeRegister.of(*(dossiers or (with_a_meeting(),)), at=b.at(TODAY))
    clock, store = Clock(b.at(TODAY)), FeedStore(directory / "feeds.json")
    app = feed_app(store, Calendars(register, clock, DEFAULT_POLICY), clock)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://town.example") as visitor:
        yield Served(visitor, store, register, clock)
