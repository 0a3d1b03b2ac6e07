"""Who uses the desk, and what each may do: decided here and nowhere else."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from echeancier.domain.facts.catalogue import MODELS
from echeancier.domain.model import Text


class DeskRole(StrEnum):
    """What a person is to the conventions."""

    COORDINATOR = "coordinator"
    MANAGER = "manager"
    READER = "reader"


class Right(StrEnum):
    """What may be done here, beside looking."""

    RECORD = "record"
    DECIDE = "decide"
    PUT_RIGHT = "put-right"
    START = "start"
    SUBSCRIBE = "subscribe"
    WEIGH = "weigh"


ROLES: Final = {
    DeskRole.COORDINATOR: Text(fr="coordination", en="coordinator"),
    DeskRole.MANAGER: Text(fr="direction", en="manager"),
    DeskRole.READER: Text(fr="lecture seule", en="reader"),
}
"""Each role in a word or two."""

RIGHTS: Final[dict[DeskRole, frozenset[Right]]] = {
    DeskRole.COORDINATOR: frozenset(Right) - {Right.WEIGH},
    DeskRole.MANAGER: frozenset({Right.DECIDE, Right.SUBSCRIBE, Right.WEIGH}),
    DeskRole.READER: frozenset(),
}
"""The coordinator keeps the file; the manager decides what follows, answers, gives out feeds and weighs what mails lead to; a
reader looks."""


@dataclass(frozen=True)
class Identity:
    """Whoever asks.

    Attributes:
        name: as shown on the page.
        role: what it may do.
        by: what the journal keeps: the key of a role of the convention, or a function; never an address.
        local: no password was asked, because only this machine can ask.
        session: ties forms to a session; empty where nobody signs in.
    """

    name: str
    role: DeskRole
    by: str
    local: bool = False
    session: str = ""

    def may(self, right: Right) -> bool:
        """Whether this person has a right."""
        return right in RIGHTS[self.role]

    def may_record(self, kind: str) -> bool:
        """Whether this person may record a kind of fact."""
        return self.may(Right.RECORD) or (kind in MODELS and MODELS[kind].IS_A_DECISION and self.may(Right.DECIDE))


class ForbiddenError(Exception):
    """This person may not do this."""


def require(who: Identity, right: Right) -> None:
    """Check a right.

    Raises:
        ForbiddenError: this person does not have it.
    """
    if not who.may(right):
        raise ForbiddenError(right)


def require_kind(who: Identity, kind: str) -> None:
    """Check that a person may record a kind of fact.

    Raises:
        ForbiddenError: it may not.
    """
    if not who.may_record(kind):
        raise ForbiddenError(kind)
