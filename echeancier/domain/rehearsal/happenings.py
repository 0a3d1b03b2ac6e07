"""What happens differently in a scenario: facts told at moments that may hang from the agenda."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from echeancier.domain.agenda.agenda import situation
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.recording import KINDS, parse_fact
from echeancier.domain.rehearsal.moments import Moment, instant
from echeancier.domain.rehearsal.player import Move, Script
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY, Policy


@dataclass(frozen=True)
class Happening:
    """One line of a scenario.

    Attributes:
        name: tells it from the others; later lines may hang from it, or name it as their letter.
        at: when it is told (``when`` in a file).
        fact: the fields of the fact, moments among them; without ``on`` it happened on the day it is told.
        by: who tells it.
    """

    name: str
    at: Moment
    fact: dict[str, object]
    by: str

    @property
    def item(self) -> str:
        """The item it speaks of, if any."""
        return str(self.fact.get("item", ""))

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about, as a player compares it."""
        return str(self.fact["kind"]), self.item or str(self.fact.get("question", ""))


@dataclass(frozen=True)
class ScenarioPlayer:
    """Plays a script, and beside it the lines of a scenario, each at its moment; lines about one item keep their order."""

    convention: Convention
    script: Script
    lines: tuple[Happening, ...]
    policy: Policy = DEFAULT_POLICY

    @cached_property
    def subjects(self) -> frozenset[tuple[str, str]]:
        """What is told here, and therefore nobody else does."""
        return self.script.subjects | {line.subject for line in self.lines}

    def next(self, records: tuple[Recorded, ...], now: datetime) -> Move | None:
        """Return the earliest line, of the script or of the scenario, that was not played yet and has its moment."""
        found = [m for m in (self.script.next(records, now), *self._due(records, now)) if m is not None]
        return min(found, key=lambda m: m.at, default=None)

    def without(self, move: Move) -> "ScenarioPlayer":
        """Return the player that gives up a line the door refused."""
        lines = tuple(line for line in self.lines if line.name != move.name)
        return ScenarioPlayer(self.convention, self.script.without(move), lines, self.policy)

    def left(self, records: tuple[Recorded, ...]) -> tuple[str, ...]:
        """Return the lines that never had their moment."""
        return (*self.script.left(records), *(line.name for line in self._to_play(records)))

    def _to_play(self, records: tuple[Recorded, ...]) -> tuple[Happening, ...]:
        played = {r.request for r in records}
        return tuple(line for line in self.lines if line.name not in played)

    def _due(self, records: tuple[Recorded, ...], now: datetime) -> list[Move]:
        waiting = self._to_play(records)
        if not waiting:
            return []
        s = situation(self.convention, records, now, policy=self.policy)
        names = {r.request: r for r in in_force(records) if r.request}
        days = {name: day_of(r.fact) for name, r in names.items()}
        ids = {name: r.id for name, r in names.items()}
        found, seen = [], set()
        for line in waiting:
            if line.item and line.item in seen:
                continue
            seen.add(line.item)
            if (move := _move(line, s, days, ids)) is not None:
                found.append(move)
        return found


def _move(line: Happening, s: Situation, days: dict[str, date], ids: dict[str, str]) -> Move | None:
    at = instant(line.at, s, days)
    if at is None:
        return None
    fact = fact_of(line, at, {name: instant(m, s, days) for name, m in _moments(line).items()}, ids)
    return None if fact is None else Move(at, fact, line.by, line.name)


def fact_of(line: Happening, at: datetime, instants: dict[str, datetime | None], ids: dict[str, str]) -> Fact | None:
    """Return the fact of a line once its moments are instants, None while one of them is not.

    Raises:
        Refusal: what is written is not a fact.
    """
    if any(when is None for when in instants.values()):
        return None
    data = dict(line.fact)
    sorts = {field.name: field.sort for field in KINDS[str(data["kind"])].fields} if data["kind"] in KINDS else {}
    if sorts.get("on") == "day":
        data.setdefault("on", at.date())
    for name, when in instants.items():
        assert when is not None  # noqa: S101 - looked at above
        # A meeting is fixed in local time; any other hour carries its offset, since it can exist twice.
        hour = when.replace(tzinfo=None) if name == "starts_at" else when
        data[name] = when.date() if sorts.get(name) == "day" else hour
    if "letter" in data:
        data["letter"] = ids.get(str(data["letter"]), data["letter"])
    return parse_fact(data)


def _moments(line: Happening) -> dict[str, Moment]:
    return {name: value for name, value in line.fact.items() if isinstance(value, Moment)}
