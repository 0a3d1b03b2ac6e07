"""The desk put together: parts in, an application out."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Lifespan

from echeancier.adapters.settings import Settings
from echeancier.adapters.stores.address_book import NAME as BOOK
from echeancier.adapters.stores.address_book import AddressBook
from echeancier.adapters.stores.drafts import Drafts
from echeancier.adapters.stores.feeds import FeedStore
from echeancier.desk import problems
from echeancier.desk.book.telling import BookTelling
from echeancier.desk.guard import LOCAL_NAMES, DeskGuard
from echeancier.desk.health import PATH, health_app
from echeancier.desk.imports.job import Jobs
from echeancier.desk.mounted_apps import MountedApps
from echeancier.desk.pages import STATIC
from echeancier.desk.purge.purges import PurgeDoor
from echeancier.desk.reading.ahead import keep_warm
from echeancier.desk.reading.dossiers import Shelf
from echeancier.desk.reading.register import DeskRegister
from echeancier.desk.rehearsal.rehearsals import Rehearsals
from echeancier.desk.routes import ROUTERS
from echeancier.desk.series.job import SeriesJobs
from echeancier.desk.sign_in import page as login_pages
from echeancier.desk.sign_in.login import OpenIdSignIn
from echeancier.desk.sign_in.secrets import SessionKeys
from echeancier.desk.sign_in.way_in import LocalOperator, SignIn
from echeancier.desk.state import Desk
from echeancier.desk.stuck.watch import Watch
from echeancier.desk.tokens import Tokens
from echeancier.desk.visit import sign_in_first
from echeancier.domain.ports import DocumentStore
from echeancier.domain.running.keys import Vault
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy
from echeancier.engine.gateway import utc_now
from echeancier.feeds.app import PREFIX, feed_app
from echeancier.feeds.reading import Calendars


def create_app(
    register: DeskRegister,
    settings: Settings,
    *,
    sign_in: SignIn | None = None,
    clock: Callable[[], datetime] = utc_now,
    policy: Policy = DEFAULT_POLICY,
    keys: SessionKeys | None = None,
    documents: DocumentStore | None = None,
    purges: PurgeDoor | None = None,
    vault: Vault | None = None,
) -> FastAPI:
    """Return the desk.

    Args:
        register: the running conventions: `engine.gateway.Conventions`, or a fake.
        settings: `by` is what local mode records as author; `desk_url` the public address, if there is one.
        sign_in: how people are known; without one, local mode: one operator, this machine only.
        clock: the present instant, aware.
        policy: our lead times, those of the worker.
        documents: the worker’s own store, with its keys; without one, final letters are printed anew each time.
        purges: of the files that closed: `engine.purges.Purges`; without them, no question of a purge is shown.
        vault: the keys, which seal drafts, feeds and the address book; without them, as in a test, these are kept as they are.
        keys: sign the forms; fresh ones by default, which make forms stale when the desk starts again.
    """
    public = urlsplit(settings.desk_url)
    https = sign_in is not None and public.scheme == "https"
    feeds = FeedStore(settings.feeds, vault)
    calendars = Calendars(register, clock, policy, settings.desk_url)
    shelf = Shelf(register, clock, policy)
    book = AddressBook(settings.data / BOOK, vault)
    watch = Watch(register, clock, settings.data)
    desk = Desk(
        register=register,
        clock=clock,
        policy=policy,
        sign_in=sign_in or LocalOperator(settings.by),
        tokens=Tokens(keys or SessionKeys.of(secrets.token_bytes(32)), https=https),
        shelf=shelf,
        drafts=Drafts(settings.data / "drafts", vault),
        rehearsals=Rehearsals(settings.data / "rehearsals"),
        imports=Jobs(register),
        series=SeriesJobs(register),
        watch=watch,
        documents=documents,
        purges=purges,
        https=https,
        feeds=feeds,
        calendars=calendars,
        feeds_url=settings.feeds_url or settings.desk_url,
        book=book,
        telling=BookTelling(book, register, shelf, clock),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        desk.rehearsals.clear()
        behind = [asyncio.create_task(keep_warm(shelf, clock)), asyncio.create_task(desk.telling.keep_finishing())]
        yield
        for task in behind:
            task.cancel()
        await asyncio.wait(behind)
        await desk.telling.close()
        await desk.imports.close()
        await desk.series.close()
        await desk.rehearsals.close()
        await desk.shelf.close()

    names = LOCAL_NAMES if sign_in is None or not public.hostname else {*LOCAL_NAMES, public.hostname}
    every = timedelta(minutes=settings.heartbeat.minutes)
    beside: dict[str, ASGIApp] = {
        PREFIX: feed_app(feeds, calendars, clock),
        PATH: health_app(register, watch, clock, every),
    }
    app = _Guarded(names, lifespan, beside, https=https)
    app.state.without_sign_in = sign_in is None
    desk.keep_in(app)
    problems.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(sign_in_first)])
    if isinstance(sign_in, OpenIdSignIn):
        app.include_router(login_pages.router)
    return app


class _Guarded(FastAPI):
    """An application whose guard stands before everything, the page of an internal error included.

    Args:
        names: hosts it answers to.
        lifespan: what is done at its start and end.
        beside: applications that share nothing with it, by the path they stand at; the guard is not theirs.
        https: people reach it over TLS.
    """

    def __init__(
        self,
        names: Iterable[str],
        lifespan: Lifespan[FastAPI],
        beside: Mapping[str, ASGIApp],
        *,
        https: bool,
    ) -> None:
        super().__init__(title="Échéancier", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
        self._names, self._beside, self._https = frozenset(names), beside, https

    def build_middleware_stack(self) -> ASGIApp:
        return MountedApps(DeskGuard(super().build_middleware_stack(), self._names, https=self._https), self._beside)
