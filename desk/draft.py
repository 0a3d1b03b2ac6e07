"""A convention file before anything starts: its problems, its agenda, and every mail of its first months."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final
from zoneinfo import ZoneInfo

from adapters.convention_file import parse_convention
from adapters.facts_file import FactEntry, parse_facts
from domain.convention import Convention
from domain.door import Refusal, admit, check_start
from domain.dossier import Dossier, Message
from domain.errors import ConventionFileError, FactsFileError
from domain.facts import Recorded
from domain.planning.context import Context
from domain.planning.plan import make_plan
from domain.policy import Policy
from domain.words import in_words

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


def read_facts(
    text: str, convention: Convention, now: datetime
) -> tuple[tuple[Recorded, ...], tuple[str, ...]]:
    """Return what a facts file tells, each fact passing the door as on the day it was told; or the first problem.

    Args:
        text: TOML, as `docs/facts-file.md` describes it; may be empty.
        convention: whose facts they are.
        now: aware instant; nothing can have been told later.
    """
    try:
        entries = parse_facts(text, "faits") if text else ()
    except FactsFileError as error:
        return (), error.problems
    return admitted(entries, convention, now)


def admitted(
    entries: tuple[FactEntry, ...], convention: Convention, now: datetime
) -> tuple[tuple[Recorded, ...], tuple[str, ...]]:
    """Return facts as records, each having passed the door as on the day it was told; or the first problem."""
    zone = ZoneInfo(convention.place.time_zone)
    told = sorted(
        ((entry.told_at(zone), number, entry) for number, entry in enumerate(entries, 1)),
        key=itemgetter(0, 1),
    )
    begins = min([now, *(at for at, _, _ in told)])
    dossier = Dossier(convention=convention, registered_at=begins, registered_by=convention.coordinator)
    for at, number, entry in told:
        if at.date() > now.astimezone(zone).date():
            return (), (
                f"fait {number}\u00a0: il serait su le {in_words(at.date())}, qui n’est pas encore venu.",
            )
        try:
            dossier.facts.append(admit(dossier, entry.fact, min(at, now), entry.by))
        except Refusal as refused:
            return (), (f"fait {number}\u00a0: {refused}",)
    return tuple(dossier.facts), ()


def draft_of(convention: Convention, now: datetime, by: str, facts: tuple[Recorded, ...] = ()) -> Dossier:
    """Return the dossier a convention would begin with.

    Raises:
        Refusal: it would not be accepted.
    """
    check_start(convention, now)
    return Dossier(convention=convention, registered_at=now, registered_by=by, facts=list(facts))


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
