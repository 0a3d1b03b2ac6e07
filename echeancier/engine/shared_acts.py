"""The conventions that cite one deliberation: found among those that run, checked together, told one after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from echeancier.domain.errors import EcheancierError
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.recording import Refusal, admit
from echeancier.domain.recording.shared import cites, known_of_its_acts, same, shared_act, to_tell
from echeancier.domain.running.keys import KeyLostError
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.domain.terms.convention import Convention
from echeancier.engine.answering import PartlyToldError, RefusedError, UnknownConventionError
from echeancier.engine.errors import NoAnswerError

Read = Callable[[str], Awaitable[Dossier]]


@dataclass(frozen=True)
class Citing:
    """The conventions that cite an act.

    Attributes:
        known: those that could be read.
        unread: the references of those that did not answer: whether they cite it is not known.
    """

    known: tuple[Dossier, ...] = ()
    unread: tuple[str, ...] = ()


async def citing(of: Convention, acts: Iterable[CouncilAct], references: Iterable[str], read: Read) -> Citing:
    """Return the other running conventions that cite one of these acts of a convention."""
    wanted, known, unread = tuple(acts), [], []
    for reference in references if wanted else ():
        if reference == of.reference:
            continue
        try:
            dossier = await read(reference)
        except NoAnswerError:
            unread.append(reference)
            continue
        except (KeyLostError, UnknownConventionError):
            continue  # nothing can be recorded there any more
        is_open = dossier.withdrawn is None and dossier.closed_at is None
        if is_open and any(cites(dossier.convention, act, of) for act in wanted):
            known.append(dossier)
    return Citing(tuple(known), tuple(unread))


def learnt(dossier: Dossier, others: Citing, now: datetime) -> tuple[Recorded, ...]:
    """Return what a convention that begins learns of its acts from those that run, beside what is said of it.

    Raises:
        RefusedError: it says other days than they do.
    """
    found: list[Recorded] = []
    trial = dossier.model_copy(update={"facts": list(dossier.facts)})
    for fact in known_of_its_acts(dossier.convention, others.known):
        act = shared_act(dossier.convention, fact)
        if act is None or same(trial.facts, fact, act) is not None:
            continue
        try:
            found.append(admit(trial, fact, now, dossier.convention.coordinator))
        except Refusal as refusal:
            raise RefusedError(
                f"La délibération « {act.id} » est déjà enregistrée dans "
                f"{', '.join(one.convention.reference for one in others.known)} : {refusal}"
            ) from refusal
        trial.facts.append(found[-1])
    return tuple(found)


def taught(dossier: Dossier, others: Citing) -> tuple[tuple[Dossier, Fact, CouncilAct], ...]:
    """Return what a convention that begins tells those that run of its acts, each fact for each that has it not yet."""
    said = [(record.fact, shared_act(dossier.convention, record.fact)) for record in dossier.facts]
    return tuple(
        (one, to_tell(fact, act), act)
        for fact, act in said
        if act is not None
        for one in others.known
        if cites(one.convention, act, dossier.convention) and same(one.facts, fact, act) is None
    )


async def refused_by_none(dossiers: Iterable[Dossier], check: Callable[[Dossier], object]) -> None:
    """Check each convention beside the loop before any of them is changed.

    Raises:
        RefusedError: some refuse; nothing is recorded anywhere.
    """
    refused = []
    for dossier in dossiers:
        try:
            await asyncio.to_thread(check, dossier)
        except Refusal as refusal:
            refused.append(f"{dossier.convention.reference} : {refusal}")
    if refused:
        raise RefusedError("Rien n’est enregistré, nulle part :\n" + "\n".join(refused))


async def tell_each(
    dossiers: Iterable[Dossier], unread: Iterable[str], act: CouncilAct, tell: Callable[[Dossier], Awaitable[object]]
) -> None:
    """Tell each convention; those that could not be told are named: the robot's round tells them, or the same request said again.

    Raises:
        PartlyToldError: some were not told.
    """
    missed = [f"{reference} (ne répond pas)" for reference in unread]
    for dossier in dossiers:
        try:
            await tell(dossier)
        except (EcheancierError, NoAnswerError) as error:
            missed.append(f"{dossier.convention.reference} ({error})")
    if missed:
        raise PartlyToldError(
            f"Enregistré, mais pas dans toutes les conventions de la délibération « {act.id} » ; manquent : "
            f"{', '.join(missed)}. Le robot les complète à sa tournée ; redire la même chose aussi, sans rien écrire deux fois."
        )
