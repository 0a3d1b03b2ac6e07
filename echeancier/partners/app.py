"""The partners' pages put together: parts in, an application out."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from echeancier.engine.gateway import utc_now
from echeancier.partners import problems
from echeancier.partners.guard import PartnersGuard
from echeancier.partners.link_page import router
from echeancier.partners.pages import STATIC
from echeancier.partners.register import PartnersRegister
from echeancier.partners.state import BelievedKeys, Pages


def create_app(
    register: PartnersRegister, keys: BelievedKeys, url: str, *, clock: Callable[[], datetime] = utc_now
) -> FastAPI:
    """Return the partners' pages.

    Args:
        register: the running conventions: `engine.gateway.Conventions`, or a fake.
        keys: those of the links, shared with the worker that writes the mails.
        url: the public address of the pages, as the mails give it.
        clock: the present instant, aware.
    """
    app = _Guarded(url)
    Pages(register, clock, keys, url).keep_in(app)
    problems.install(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(router)
    return app


class _Guarded(FastAPI):
    """An application whose guard stands before everything, the page of an internal error included."""

    def __init__(self, url: str) -> None:
        super().__init__(title="Échéancier", openapi_url=None, docs_url=None, redoc_url=None)
        self._url = url

    def build_middleware_stack(self) -> ASGIApp:
        return PartnersGuard(super().build_middleware_stack(), self._url)
