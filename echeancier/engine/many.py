"""One change recorded in several conventions: all of it is checked before any of it is recorded."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.recording.several import facts_for
from echeancier.domain.running.keys import KeyLostError
from echeancier.engine.answering import RefusedError
from echeancier.engine.gateway import Conventions, utc_now
from workflows.messages import Recording


class Door(Protocol):
    """Where facts are recorded: `Conventions`, or what stands for it on the desk."""

    async def dossier(self, reference: str) -> Dossier:
        """Return the whole dossier of a convention."""
        ...

    async def record(self, reference: str, fact: Fact, by: str, request: str = "") -> Recording:
        """Record a fact; a repeated ``request`` records once."""
        ...


@dataclass(frozen=True)
class ToldConvention:
    """What one convention is told.

    Attributes:
        reference: of the convention.
        facts: in the order of recording; none when the change does not concern it.
        refused: why its door takes none of them, empty when it does.
        unread: why it could not be read, hence is told nothing; empty when it could.
        kept: the ids of the facts, once recorded.
    """

    reference: str
    facts: tuple[Fact, ...] = ()
    refused: str = ""
    unread: str = ""
    kept: tuple[str, ...] = ()


async def record_each(  # noqa: PLR0917 - the order of `Conventions.record`
    door: Door,
    reference: str,
    facts: Sequence[Fact],
    by: str,
    request: str,
    clock: Callable[[], datetime] = utc_now,
) -> tuple[Recording, ...]:
    """Record the facts of one sitting: each is checked with those before it, then all of them are recorded, or none.

    Repeated with the same ``request``, what was recorded already is not recorded again.

    Raises:
        RefusedError: why the first one that is refused is.
    """
    dossier = await door.dossier(reference)
    trial = dossier.model_copy(update={"facts": list(dossier.facts)})
    for number, fact in enumerate(facts):
        if dossier.asked(f"{request}-{number}") is None:
            try:
                trial.facts.append(admit(trial, fact, clock(), by))
            except Refusal as refusal:
                raise RefusedError(f"Rien n’est enregistré : {refusal}") from refusal
    return tuple([await door.record(reference, fact, by, f"{request}-{number}") for number, fact in enumerate(facts)])


async def record_many(
    door: Conventions,
    references: Iterable[str],
    given: dict[str, object],
    author: Callable[[Dossier], str],
    request: str,
    *,
    dry_run: bool = False,
    clock: Callable[[], datetime] = utc_now,
) -> tuple[ToldConvention, ...]:
    """Tell several conventions the same change: either each takes it, or nothing is recorded anywhere.

    One whose key is lost can neither take nor refuse anything: it is told apart, and the others live on.

    Repeated with the same ``request``, what was recorded already is not recorded again.

    Args:
        door: the running conventions.
        references: which ones.
        given: the fields of the fact, as `domain.recording.several.facts_for` reads them.
        author: the role that records, in a given convention.
        request: what makes a repeated request the same request.
        dry_run: check only.
        clock: the instant of the check.
    """
    found: list[tuple[str, Dossier]] = []
    unread: list[ToldConvention] = []
    for reference in references:
        try:
            found.append((reference, await door.dossier(reference)))
        except KeyLostError as lost:
            unread.append(ToldConvention(reference, unread=str(lost)))
    told = [_checked(reference, dossier, given, request, clock()) for reference, dossier in found]
    if dry_run or any(one.refused for one in told):
        return (*told, *unread)
    done = []
    for one, (_, dossier) in zip(told, found, strict=True):
        by = author(dossier)
        kept = [
            (await door.record(one.reference, fact, by, _request(request, one.reference, number))).fact_id
            for number, fact in enumerate(one.facts)
        ]
        done.append(ToldConvention(one.reference, one.facts, kept=tuple(kept)))
    return (*done, *unread)


def _request(request: str, reference: str, number: int) -> str:
    return f"{request}-{reference}-{number}"


def _checked(reference: str, dossier: Dossier, given: dict[str, object], request: str, at: datetime) -> ToldConvention:
    """Check each fact with those before it, as they will be recorded."""
    known = {record.request: record.fact for record in dossier.facts}
    again = [name for name in known if name.startswith(f"{request}-{reference}-")]
    if again:  # this very request was recorded: its facts are no longer new, and are not to be refused as such
        return ToldConvention(reference, tuple(known[name] for name in sorted(again)))
    trial = dossier.model_copy(update={"facts": list(dossier.facts)})
    try:
        facts = facts_for(situation(dossier.convention, tuple(dossier.facts), at), given)
        for fact in facts:
            trial.facts.append(admit(trial, fact, at, ""))
    except Refusal as refusal:
        return ToldConvention(reference, refused=str(refusal))
    return ToldConvention(reference, facts)
