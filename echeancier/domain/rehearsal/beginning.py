"""When a rehearsal begins."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.facts.signing import Signed
from echeancier.domain.terms.convention import Convention


def first_instant(convention: Convention, records: tuple[Recorded, ...]) -> datetime | None:
    """Return when the first fact was told; without any, nine o'clock on the day of effect; None when that is unknown."""
    if records:
        return min(record.recorded_at for record in records)
    if convention.effect.on is None:
        return None
    return datetime.combine(convention.effect.on, time(9), tzinfo=ZoneInfo(convention.place.time_zone))


_VOTED_AHEAD = timedelta(days=45)
_PUBLISHED, _SIGNED = timedelta(days=3), timedelta(days=10)


def assumed_birth(convention: Convention, records: tuple[Recorded, ...], today: date) -> tuple[Recorded, ...]:
    """Return the steps of the birth that are not recorded yet, as if each came in good time.

    A convention nobody has voted nor signed lives no life: to rehearse it before it starts, its vote is assumed 45 days
    before a fixed effect (or ``today`` when it takes effect at the signature), its publication and transmission three days
    later, its signatures ten days later; never before what is already known.

    Args:
        convention: its terms.
        records: what is known already; kept as it is.
        today: local day of whoever rehearses.
    """
    zone = ZoneInfo(convention.place.time_zone)
    known = {_which(convention, r.fact) for r in records if not r.cancelled}
    begins = today if convention.effect.on is None else convention.effect.on - _VOTED_AHEAD
    last = max((r.recorded_at.astimezone(zone).date() + timedelta(days=1) for r in records), default=begins)
    voted = max(begins, last)
    steps: list[Fact] = []
    for act in convention.act:
        name = act.id
        steps += [
            ActAdopted(on=voted, act=name), ActPublished(on=voted + _PUBLISHED, act=name),
            ActTransmitted(on=voted + _PUBLISHED, act=name),
        ]  # fmt: skip
    steps += [Signed(on=voted + _SIGNED, party=party) for party in convention.parties]
    return tuple(
        Recorded(
            id=f"f{len(records) + number}",
            fact=fact,
            recorded_at=datetime.combine(day_of(fact), time(10), tzinfo=zone),
            recorded_by=convention.coordinator,
        )
        for number, fact in enumerate((step for step in steps if _which(convention, step) not in known), start=1)
    )


def _which(convention: Convention, fact: Fact) -> tuple[str, str]:
    """Of which act, or of which party, a step is: a fact that names no act is of the only one."""
    only = convention.act[0].id if len(convention.act) == 1 else None
    of = (getattr(fact, "act", None) or only) if fact.IS_OF_THE_ACT else getattr(fact, "party", "")
    return fact.kind, of or ""
