"""The deliberations a convention waits for: what was recorded of each, when each is executory, and who signs after which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from echeancier.domain.dates.calendar import Calendar
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted, AppealAnswered, AppealLodged
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.standing.appeals import Appeal, appeals
from echeancier.domain.terms.clauses import CouncilAct

OF_AN_ACT = ActAdopted | ActPublished | ActTransmitted | AppealLodged | AppealAnswered
"""The facts that are about one act."""


@dataclass(frozen=True)
class Deliberation:
    """One act of one assembly, and what was recorded of it.

    Attributes:
        alone: whether the convention waits for no other: a fact need not name it, nor a sentence.
        records: the facts about it, in recording order.
    """

    act: CouncilAct
    alone: bool
    records: tuple[Recorded, ...]

    @property
    def party(self) -> str:
        """The party whose assembly votes it."""
        return self.act.party

    @property
    def name(self) -> str:
        """What facts and keys name it by; empty where its file gives it no id."""
        return self.act.id or ""

    @cached_property
    def votes(self) -> tuple[tuple[str, ActAdopted], ...]:
        """(fact id, fact) of each vote, in recording order: a second one cures an irregular signature."""
        return tuple((one.id, one.fact) for one in self.records if isinstance(one.fact, ActAdopted))

    @cached_property
    def publications(self) -> tuple[tuple[str, ActPublished], ...]:
        """(fact id, fact) of each publication."""
        return tuple((one.id, one.fact) for one in self.records if isinstance(one.fact, ActPublished))

    @cached_property
    def transmissions(self) -> tuple[tuple[str, ActTransmitted], ...]:
        """(fact id, fact) of each transmission."""
        return tuple((one.id, one.fact) for one in self.records if isinstance(one.fact, ActTransmitted))

    @property
    def adopted_on(self) -> date | None:
        """Day of the vote, the last one recorded."""
        return self.votes[-1][1].on if self.votes else None

    @property
    def published_on(self) -> date | None:
        """Day of its publication."""
        return self.publications[-1][1].on if self.publications else None

    @property
    def transmitted_on(self) -> date | None:
        """Day the prefect received it."""
        return self.transmissions[-1][1].on if self.transmissions else None

    @property
    def executory_on(self) -> date | None:
        """Day it became executory: published *and* transmitted (CGCT L.2131-1); None until both are known."""
        return executory(self.published_on, self.transmitted_on)

    @cached_property
    def appeals(self) -> tuple[Appeal, ...]:
        """The gracious appeals against it, each with its answer."""
        return appeals(self.records)


def executory(published: date | None, transmitted: date | None) -> date | None:
    """Return the day an act becomes executory: the later of its publication and its transmission; None until both are known."""
    return None if published is None or transmitted is None else max(published, transmitted)


def deliberations(acts: tuple[CouncilAct, ...], records: Iterable[Recorded]) -> tuple[Deliberation, ...]:
    """Return each act with the facts that name it; where there is only one, with those that name none too."""
    told = [one for one in records if isinstance(one.fact, OF_AN_ACT)]
    alone = len(acts) == 1
    named = [(one, getattr(one.fact, "act", None)) for one in told]
    return tuple(
        Deliberation(act, alone, tuple(one for one, name in named if name == act.id or (alone and name is None)))
        for act in acts
    )


def all_executory(among: Iterable[Deliberation]) -> date | None:
    """Return the day on which every one of them is executory; None until each is, or without any."""
    days = [one.executory_on for one in among]
    return max((day for day in days if day is not None), default=None) if None not in days else None


def first_executory(among: Iterable[Deliberation]) -> date | None:
    """Return the first day on which one of them is executory; None while none is."""
    return min((one.executory_on for one in among if one.executory_on is not None), default=None)


def prudent_day(executory_on: date, calendar: Calendar) -> date:
    """Return the first day on which an authority signs safely: an open day after its act is executory.

    Signing the very day the act becomes executory is contested (TA Montpellier, 7 Nov. 2002, n° 01-4224).
    """
    return calendar.next_open(executory_on + timedelta(days=1))


def of_party(party: str, among: Iterable[Deliberation]) -> tuple[Deliberation, ...]:
    """Return the acts of a party's own assembly; none where it is free to sign."""
    return tuple(one for one in among if one.party == party)
