"""What conventions that cite one deliberation do not all know of it: found by comparing what was recorded, when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.recording.shared import cites, said_of, shared_act
from echeancier.domain.terms.clauses import CouncilAct


@dataclass(frozen=True)
class Lack:
    """One thing that a convention lacks.

    Attributes:
        reference: of that convention.
        request: of what it completes, so that it is recorded there once, whoever else tells it meanwhile.
        fact: what is to be recorded; None for a cancellation.
        instead_of: what it replaces or cancels; None for what is new there.
    """

    reference: str
    request: str
    fact: Fact | None
    instead_of: Recorded | None = None


@dataclass(frozen=True)
class Lacking:
    """What several conventions do not all know of one act.

    Attributes:
        steps: what makes them agree, in the order in which it is to be done.
        doubtful: references of those that say one thing and its contrary of the same instant: nobody can tell which counts.
        since: the instant of the last thing that was told of the act; None without any.
    """

    act: CouncilAct
    steps: tuple[Lack, ...] = ()
    doubtful: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass
class _Said:
    """What happened to one thing said of the act.

    Attributes:
        at: the last instant at which it was said, or taken back.
        where: who said so at that instant.
        holds: what was said at that instant: that it is so, that it is not, or both.
        source: the record that says it; ``instead``: what was said in its place.
    """

    at: datetime
    where: set[str] = field(default_factory=set)
    holds: set[bool] = field(default_factory=set)
    source: Recorded | None = None
    instead: Fact | None = None


def families(dossiers: Sequence[Dossier]) -> Iterator[tuple[CouncilAct, tuple[Dossier, ...]]]:
    """Return each act that several conventions cite, with them, the first registered first."""
    seen: set[tuple[str | None, frozenset[str]]] = set()
    for one in dossiers:
        for act in one.convention.act:
            citing = tuple(
                other for other in dossiers if act.id is not None and cites(other.convention, act, one.convention)
            )
            name = act.id, frozenset(other.convention.reference for other in citing)
            if len(citing) > 1 and name not in seen:
                seen.add(name)
                yield act, tuple(sorted(citing, key=lambda other: (other.registered_at, other.convention.reference)))


def lacking(act: CouncilAct, family: Iterable[Dossier]) -> Lacking:
    """Return what conventions that cite an act do not all know of it.

    What was said last holds: a day put right or taken back in one is no longer what the others should say. Told at one
    instant in each of them, a request is as old as it was where it came from.
    """
    known = tuple(family)
    told = _told(act, known)
    doubtful = {where for one in told.values() if len(one.holds) > 1 for where in one.where}
    holding = {fact: one for fact, one in told.items() if one.holds == {True}}
    steps = [step for dossier in known for step in _steps(act, dossier, told, holding)] if not doubtful else []
    return Lacking(act, tuple(steps), tuple(sorted(doubtful)), max((one.at for one in told.values()), default=None))


def _told(act: CouncilAct, family: Sequence[Dossier]) -> dict[Fact, _Said]:
    first: dict[str, datetime] = {}
    for record in (record for dossier in family for record in dossier.facts if record.request):
        first[record.request] = min(record.recorded_at, first.get(record.request, record.recorded_at))
    told: dict[Fact, _Said] = {}
    for dossier in family:
        for former, record in _changes(act, dossier):
            at = first.get(record.request, record.recorded_at)
            now = None if record.cancelled else said_of(record.fact, act)
            before = None if former is None or former.cancelled else said_of(former.fact, act)
            if now is not None:
                _note(told, now, at, dossier, source=record)
            if before not in (None, now):
                _note(told, before, at, dossier, instead=now)
    return told


def _note(
    told: dict[Fact, _Said],
    fact: Fact,
    at: datetime,
    dossier: Dossier,
    *,
    source: Recorded | None = None,
    instead: Fact | None = None,
) -> None:
    one = told.get(fact)
    if one is None or at > one.at:
        one = told[fact] = _Said(at)
    if at < one.at:
        return
    one.where.add(dossier.convention.reference)
    one.holds.add(source is not None)
    one.source, one.instead = source or one.source, instead or one.instead


def _changes(act: CouncilAct, dossier: Dossier) -> Iterator[tuple[Recorded | None, Recorded]]:
    """Return each version of each fact about the act, with the one before it."""
    mine = [one for one in dossier.facts if (of := shared_act(dossier.convention, one.fact)) and of.id == act.id]
    for _, versions in groupby(sorted(mine, key=lambda one: (one.id, one.version)), key=lambda one: one.id):
        former: Recorded | None = None
        for record in versions:
            yield former, record
            former = record


def _steps(act: CouncilAct, dossier: Dossier, told: dict[Fact, _Said], holding: dict[Fact, _Said]) -> Iterator[Lack]:
    """What is to be put right or taken back first: what is missing may hang on it."""
    reference = dossier.convention.reference
    has: dict[Fact, Recorded] = {}
    for record in in_force(tuple(dossier.facts)):
        if (of := shared_act(dossier.convention, record.fact)) is not None and of.id == act.id:
            has[said_of(record.fact, act)] = record
    missing = [fact for fact in holding if fact not in has]
    for fact, record in has.items():
        if fact in holding:
            continue
        instead = _last_word(fact, told)
        if instead is not None and instead in missing:
            missing.remove(instead)
            yield Lack(reference, "", instead, record)
        else:
            yield Lack(reference, "", None, record)
    for fact in sorted(missing, key=lambda one: holding[one].at):
        source = holding[fact].source
        request = "" if source is None else source.request or f"shared-{act.id}-{source.id}-{source.version}"
        yield Lack(reference, request, fact)


def _last_word(fact: Fact, told: dict[Fact, _Said]) -> Fact | None:
    """Return what was said in the end in place of something, None where it was taken back."""
    seen: set[Fact] = set()
    now: Fact | None = fact
    while now is not None and now not in seen and told[now].holds == {False}:
        seen.add(now)
        now = told[now].instead
    return None if now in seen else now
