"""A convention file before anything starts: its problems, its agenda, and every mail of its first months."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from adapters.convention_file import parse_convention
from domain.convention import Convention
from domain.door import check_start
from domain.dossier import Dossier, Message
from domain.errors import ConventionFileError
from domain.planning.context import Context
from domain.planning.plan import make_plan
from domain.policy import Policy

AHEAD: Final = timedelta(days=365)
"""How far the mails are listed."""

MOST_STEPS: Final = 600
"""A year of a convention takes some sixty; a rehearsal longer than this is cut and says so."""


@dataclass(frozen=True)
class Rehearsed:
    """The mails that would leave.

    Attributes:
        dossier: as it would stand at the end, nothing having been recorded meanwhile.
        cut: there were more steps than we look at.
    """

    dossier: Dossier
    cut: bool


def read(text: str, name: str) -> tuple[Convention | None, tuple[str, ...]]:
    """Return the convention of a TOML text, or everything that must be put right in it."""
    try:
        return parse_convention(text, name), ()
    except ConventionFileError as error:
        return None, error.problems


def draft_of(convention: Convention, now: datetime, by: str) -> Dossier:
    """Return the dossier a convention would begin with.

    Raises:
        Refusal: it would not be accepted.
    """
    check_start(convention, now)
    return Dossier(convention=convention, registered_at=now, registered_by=by)


def context_of(dossier: Dossier, now: datetime, policy: Policy) -> Context:
    """Return a draft as the pages take it."""
    return Context(dossier, now, policy)


def rehearse(dossier: Dossier, now: datetime, policy: Policy, ahead: timedelta = AHEAD) -> Rehearsed:
    """Plan again and again, each message counting as delivered, up to ``ahead``; nothing is sent, no engine is asked."""
    end, at = now + ahead, now
    for _ in range(MOST_STEPS):
        plan = make_plan(dossier, at, policy)
        sent = [_delivered(message, at) for message in plan.entries]
        dossier = dossier.model_copy(update={"outbox": [*dossier.outbox, *sent]})
        if plan.close or plan.wake_at is None or plan.wake_at > end:
            return Rehearsed(dossier, cut=False)
        at = max(plan.wake_at, at + timedelta(seconds=1))
    return Rehearsed(dossier, cut=True)


def _delivered(message: Message, at: datetime) -> Message:
    return message.model_copy(update={"status": "accepted", "tries": 1, "accepted_at": at})
