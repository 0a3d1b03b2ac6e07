"""What the desk is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import FastAPI
from starlette.requests import HTTPConnection

from adapters.drafts import Drafts
from desk.register import Register
from desk.shelf import Shelf
from desk.sign_in import SignIn
from desk.tokens import Tokens
from domain.policy import Policy


@dataclass(frozen=True)
class Desk:
    """The parts that every page uses.

    Attributes:
        register: the running conventions.
        clock: the present instant, aware.
        policy: our lead times, those of the worker.
        drafts: conventions being typed.
    """

    register: Register
    clock: Callable[[], datetime]
    policy: Policy
    sign_in: SignIn
    tokens: Tokens
    shelf: Shelf
    drafts: Drafts

    def keep_in(self, app: FastAPI) -> None:
        """Give the desk to an application's pages."""
        app.state.desk = self


def desk_of(connection: HTTPConnection) -> Desk:
    """Return the desk that answers a request."""
    found: object = connection.app.state.desk
    assert isinstance(found, Desk)  # noqa: S101 - create_app put it there
    return found
