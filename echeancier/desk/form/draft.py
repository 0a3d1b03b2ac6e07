"""A convention file before anything starts: its problems, its agenda, and every mail of its first months."""

import asyncio
from asyncio import wrap_future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from echeancier.adapters.apart import Limits, NotReadError, read_apart
from echeancier.adapters.files.convention_file import convention_from
from echeancier.adapters.files.facts_file import FactEntry, facts_from, in_the_order_told
from echeancier.adapters.files.toml_file import plain_toml
from echeancier.domain.dates.words import in_words
from echeancier.domain.errors import ConventionFileError, FactsFileError
from echeancier.domain.facts.dossier import Dossier, Message
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.messages.plan import make_plan
from echeancier.domain.recording import Refusal, admit, check_start
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import Policy
from echeancier.domain.typography import said

AHEAD: Final = timedelta(days=365)
"""How far the mails are listed."""

_TOML: Final = Limits(cpu=5, wall=30, memory=256 << 20)
"""What reading a file of terms or facts may take: the longest of the known ones takes a hundredth of it."""

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


async def read(text: str, name: str, language: str) -> tuple[Convention | None, tuple[str, ...]]:
    """Return the convention of a TOML text, or everything that must be put right in it."""
    data, problems = await content(text, language)
    try:
        return (None, problems) if problems else (await asyncio.to_thread(convention_from, data, name), ())
    except ConventionFileError as error:
        return None, error.problems


async def read_facts(
    text: str, convention: Convention, now: datetime, language: str
) -> tuple[tuple[Recorded, ...], tuple[str, ...]]:
    """Return what a facts file tells, each fact passing the door as on the day it was told; or the first problem.

    Args:
        text: TOML, as `docs/facts-file.md` describes it; may be empty.
        convention: whose facts they are.
        now: aware instant; nothing can have been told later.
        language: of the reader.
    """
    if not text:
        return (), ()
    data, problems = await content(text, language)
    try:
        entries = () if problems else await asyncio.to_thread(facts_from, data, "faits")
    except FactsFileError as error:
        return (), error.problems
    return ((), problems) if problems else await asyncio.to_thread(admitted, entries, convention, now)


async def content(text: str, language: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return what a TOML text holds, read apart, or why it was not read."""
    try:
        data, wrong = await wrap_future(read_apart(plain_toml, text.encode("utf-8", "replace"), limits=_TOML))
    except NotReadError as error:
        return {}, (said(error.text, language),)
    return data, (wrong,) if wrong else ()


def admitted(
    entries: tuple[FactEntry, ...], convention: Convention, now: datetime
) -> tuple[tuple[Recorded, ...], tuple[str, ...]]:
    """Return facts as records, each having passed the door as on the day it was told; or the first problem."""
    zone = convention.place.time_zone
    try:
        told = in_the_order_told(entries, zone)
    except FactsFileError as error:
        return (), error.problems
    begins = min([now, *(at for at, _, _ in told)])
    dossier = Dossier(convention=convention, registered_at=begins, registered_by=convention.coordinator)
    for at, number, entry in told:
        if at.date() > now.astimezone(ZoneInfo(zone)).date():
            return (), (f"fait {number}\u00a0: il serait su le {in_words(at.date())}, qui n’est pas encore venu.",)
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
