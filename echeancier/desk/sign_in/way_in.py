"""Knowing who asks. Local mode knows one operator; another way in implements the same protocol."""

from typing import Protocol

from starlette.requests import Request

from echeancier.desk.sign_in.people import DeskRole, Identity


class SignIn(Protocol):
    """A way to know who asks."""

    async def identify(self, request: Request) -> Identity | None:
        """Return whoever asks, None when it must sign in first."""

    def entrance(self, request: Request) -> str:
        """Return the local path at which one signs in."""


class LocalOperator:
    """The person in front of this machine: no password, every right, said so on every page.

    Args:
        by: the function the journal keeps.
    """

    def __init__(self, by: str) -> None:
        self._who = Identity(name=by, role=DeskRole.COORDINATOR, by=by, local=True)

    async def identify(self, request: Request) -> Identity | None:
        """Return the operator."""
        del request
        return self._who

    def entrance(self, request: Request) -> str:
        """Return the home page: nobody needs to sign in."""
        del request
        return "/"
