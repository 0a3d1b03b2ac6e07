"""The desk put together: parts in, an application out."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from adapters.settings import Settings
from desk import problems
from desk.guard import LOCAL_NAMES, Guard
from desk.register import Register
from desk.routes import ROUTERS
from desk.shelf import Shelf
from desk.sign_in import LocalOperator, SignIn
from desk.state import Desk
from desk.tokens import Tokens
from domain.policy import DEFAULT_POLICY, Policy
from engine.gateway import utc_now

STATIC = Path(__file__).with_name("static")


def create_app(
    register: Register,
    settings: Settings,
    *,
    sign_in: SignIn | None = None,
    clock: Callable[[], datetime] = utc_now,
    policy: Policy = DEFAULT_POLICY,
    secret: bytes | None = None,
) -> FastAPI:
    """Return the desk.

    Args:
        register: the running conventions: `engine.gateway.Conventions`, or a fake.
        settings: `by` is what local mode records as author; `desk_url` the public address, if there is one.
        sign_in: how people are known; without one, local mode: one operator, this machine only.
        clock: the present instant, aware.
        policy: our lead times, those of the worker.
        secret: signs the forms; a fresh one by default, which makes forms stale when the desk starts again.
    """
    public = urlsplit(settings.desk_url)
    desk = Desk(
        register=register,
        clock=clock,
        policy=policy,
        sign_in=sign_in or LocalOperator(settings.by),
        tokens=Tokens(
            secret or secrets.token_bytes(32), secure=sign_in is not None and public.scheme == "https"
        ),
        shelf=Shelf(register, clock, policy),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await desk.shelf.close()

    app = FastAPI(title="Échéancier", openapi_url=None, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.without_sign_in = sign_in is None
    desk.keep_in(app)
    names = LOCAL_NAMES if sign_in is None or not public.hostname else {*LOCAL_NAMES, public.hostname}
    app.add_middleware(Guard, names=names)
    problems.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    return app
