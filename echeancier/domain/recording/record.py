"""Take a fact in, correct one, cancel one: each answers with the record to append, or refuses.

``admit``, ``correct`` and ``cancel`` check. Code that is replayed under newer rules must not check again: it
appends with ``numbered``, ``next_version`` and ``cancellation``, which refuse nothing a check has accepted.
"""

from datetime import datetime

from echeancier.domain.declared import both
from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.facts.refusal import refusal, unknown
from echeancier.domain.facts.signing import Signed
from echeancier.domain.recording.check_context import situation_at
from echeancier.domain.recording.checks import check_among, check_open
from echeancier.domain.recording.dependents import orphans
from echeancier.domain.recording.reading import parse_fact

_WORDS = frozenset({"place", "video_link", "minutes", "reason", "tracking", "note"})
"""Fields that decide nothing."""


def check_fact(dossier: Dossier, fact: Fact, recorded_at: datetime) -> None:
    """Check that a fact can be recorded now.

    Args:
        dossier: as it stands; never changed.
        fact: what is brought to the door.
        recorded_at: aware instant, from the clock of the door.

    Raises:
        Refusal: why not, and what would be accepted.
    """
    others = tuple(dossier.facts)
    check_among(dossier, others, (*others, numbered(dossier, fact, recorded_at, "")), fact, recorded_at)


def admit(dossier: Dossier, fact: Fact, recorded_at: datetime, by: str, request: str = "") -> Recorded:
    """Check a fact and return the record to append; the dossier is not changed.

    Raises:
        Refusal: as `check_fact`.
    """
    check_fact(dossier, fact, recorded_at)
    return numbered(dossier, fact, recorded_at, by, request)


def check_correction(dossier: Dossier, fact_id: str, changes: dict[str, object], recorded_at: datetime) -> Fact:
    """Check that a recorded fact can be put right, and return it as corrected.

    Args:
        dossier: as it stands; never changed.
        fact_id: which fact.
        changes: the fields to replace; None gives a field its default back.
        recorded_at: aware instant of the correction.

    Raises:
        Refusal: no such fact, another kind, a value that does not suit, a fact that would not be accepted if
            it were recorded today in place of the old version, or other facts would be left hanging.
    """
    check_open(dossier)
    old = _in_force(dossier, fact_id)
    if changes.get("kind", old.fact.kind) != old.fact.kind:
        raise refusal(
            f"{fact_id} est un fait {old.fact.kind} et le reste : pour une autre sorte de fait, annuler "
            f"{fact_id} puis enregistrer.",
            f"{fact_id} is a {old.fact.kind} fact and stays one: cancel {fact_id}, then record the other.",
        )
    fact = parse_fact({**old.fact.model_dump(), **changes})
    if fact == old.fact:
        raise refusal(f"cette correction ne change rien à {fact_id}.", f"this correction changes nothing in {fact_id}.")
    others = tuple(r for r in dossier.facts if r.id != fact_id)
    records = (*dossier.facts, next_version(dossier, fact_id, fact, recorded_at, ""))
    if not _only_words(old.fact, fact):
        check_among(dossier, others, records, fact, recorded_at)
    _nothing_left_hanging(dossier, old, records, recorded_at)
    return fact


def correct(  # noqa: PLR0917 - the order in which a correction is told
    dossier: Dossier,
    fact_id: str,
    changes: dict[str, object],
    recorded_at: datetime,
    by: str,
    request: str = "",
) -> Recorded:
    """Check a correction and return the next version of the fact, to append; the old one is kept.

    Raises:
        Refusal: as `check_correction`.
    """
    fact = check_correction(dossier, fact_id, changes, recorded_at)
    return next_version(dossier, fact_id, fact, recorded_at, by, request)


def check_cancel(dossier: Dossier, fact_id: str, recorded_at: datetime) -> None:
    """Check that a fact recorded by mistake can be cancelled.

    Raises:
        Refusal: no such fact, or another fact depends on it (which ones is said).
    """
    check_open(dossier)
    old = _in_force(dossier, fact_id)
    records = (*dossier.facts, cancellation(dossier, fact_id, recorded_at, ""))
    _nothing_left_hanging(dossier, old, records, recorded_at)


def cancel(dossier: Dossier, fact_id: str, recorded_at: datetime, by: str, request: str = "") -> Recorded:
    """Check a cancellation and return the version that says so, to append.

    Raises:
        Refusal: as `check_cancel`.
    """
    check_cancel(dossier, fact_id, recorded_at)
    return cancellation(dossier, fact_id, recorded_at, by, request)


def numbered(dossier: Dossier, fact: Fact, recorded_at: datetime, by: str, request: str = "") -> Recorded:
    """Return the record of a new fact, without any check: the next number, never one used before."""
    used = [int(r.id[1:]) for r in dossier.facts if r.id[:1] == "f" and r.id[1:].isdecimal()]
    number = max(used, default=0) + 1
    return Recorded(id=f"f{number}", fact=fact, recorded_at=recorded_at, recorded_by=by, request=request)


def next_version(  # noqa: PLR0917 - the order of `correct`
    dossier: Dossier, fact_id: str, fact: Fact, recorded_at: datetime, by: str, request: str = ""
) -> Recorded:
    """Return the next version of a fact, without any check."""
    version = max((r.version for r in dossier.facts if r.id == fact_id), default=0) + 1
    return Recorded(id=fact_id, version=version, fact=fact, recorded_at=recorded_at, recorded_by=by, request=request)


def cancellation(dossier: Dossier, fact_id: str, recorded_at: datetime, by: str, request: str = "") -> Recorded:
    """Return the version that says a fact was recorded by mistake, without any check but that it exists.

    Raises:
        Refusal: no such fact in force.
    """
    old = _in_force(dossier, fact_id)
    following = next_version(dossier, fact_id, old.fact, recorded_at, by, request)
    return following.model_copy(update={"cancelled": True})


def _only_words(old: Fact, fact: Fact) -> bool:
    """Whether a correction leaves every day and name alone: a room changed on the eve needs no new notice.

    The note of a signature is no mere word: it may say that the prefecture's receipt came first.
    """
    changed = {name for name, value in fact.model_dump().items() if getattr(old, name) != value}
    return changed <= _WORDS and not (isinstance(fact, Signed) and "note" in changed)


def _in_force(dossier: Dossier, fact_id: str) -> Recorded:
    known = {r.id: r for r in in_force(tuple(dossier.facts))}
    if fact_id in known:
        return known[fact_id]
    if any(r.id == fact_id for r in dossier.facts):
        raise refusal(
            f"{fact_id} a déjà été annulé : pour le rétablir, l’enregistrer de nouveau.",
            f"{fact_id} was cancelled already: to have it back, record it again.",
        )
    raise unknown(both("le fait", "the fact"), fact_id, known)


def _nothing_left_hanging(dossier: Dossier, old: Recorded, records: tuple[Recorded, ...], at: datetime) -> None:
    found = orphans(old, situation_at(dossier, tuple(dossier.facts), at), situation_at(dossier, records, at))
    if found:
        kinds = {r.id: r.fact.kind for r in dossier.facts}
        shown = ", ".join(f"{fact_id} ({kinds[fact_id]})" for fact_id in found)
        raise refusal(
            f"d’autres faits dépendent de {old.id} : {shown}. Les annuler d’abord, puis les enregistrer de "
            f"nouveau s’ils "
            "restent vrais.",
            f"other facts depend on {old.id}: {shown}. Cancel them first, then record them again if they still hold.",
        )
