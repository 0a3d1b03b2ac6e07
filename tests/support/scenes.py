"""What may happen to an example, one scene at a time: enough for each of its clauses to have something to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from echeancier.domain.facts.catalogue import day_of
from echeancier.domain.facts.events import DERIVED, events_read
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.terms.clauses import Breach
from echeancier.domain.terms.convention import Convention
from tests.examples.oracle import FILES, facts_of, read
from tests.support.told import Scene

_NOTHING: frozenset[str] = frozenset()
_LATER = (1, 130)
"""How many days after something happens it is looked at: at once, and once delays of a month or a quarter are over."""


def scenes(name: str, terms: Convention, records: tuple[Recorded, ...], ends_on: date | None) -> Iterator[Scene]:
    """Yield the scenes of an example, the plainest first.

    Args:
        name: of the example.
        terms: its convention, whole.
        records: the facts of its file.
        ends_on: its last day in force, None while it is unknown.
    """
    last = max(
        min(day_of(record.fact), record.recorded_at.date()) for record in records
    )  # the end of a parent is told before it
    end = ends_on or last + timedelta(days=400)
    for day in (
        last + timedelta(days=1),
        last + timedelta(days=200),
        end - timedelta(days=20),
        end + timedelta(days=100),
    ):
        yield str(day), (), _NOTHING
    yield from _worked_out_by_hand(name)
    day = max(last, terms.effect.on or last) + timedelta(days=40)
    for more in _lives(terms, day, end, len(records)):
        for later in _LATER:
            yield str(day + timedelta(days=later)), more, _NOTHING
    for left_out in (
        {"act-adopted", "act-published", "act-transmitted"},
        {"parent-signed"},
        {"parent-ends"},
        {"signed"},
        {"event"},
    ):
        if left_out & {record.fact.kind for record in records}:
            yield str(last + timedelta(days=1)), (), frozenset(left_out)


def _worked_out_by_hand(name: str) -> Iterator[Scene]:
    """The suppositions of the oracle about that example."""
    for row in (row for path in FILES for row in read(path) if row.get("of") == name):
        more = (*facts_of(row, "told"), *facts_of(row, "before"))
        said = tuple(fact.model_dump(mode="json") for fact in more) + ((row["refused"],) if "refused" in row else ())
        if "on" in row or "refused" in row:
            on = row.get("on") or row.get("at") or row["refused"]["on"]
            yield on[:10], said, frozenset(row.get("untold", ()))


def _lives(terms: Convention, day: date, end: date, known: int) -> Iterator[tuple[dict[str, Any], ...]]:
    """What happens on a day: each event alone, each letter, each step of each breach, an amendment, an end from elsewhere."""
    events = dict.fromkeys([*(one.event for one in terms.event_duty), *events_read(terms)])
    for event in events:
        if event not in DERIVED:
            yield (_event(event, day),)
    for first, second in pairwise(events):
        yield _event(first, day), _event(second, day + timedelta(days=1))
    for rule in terms.termination:
        for by in terms.parties:
            for more in (
                {"form": "lrar", "reasons": "réorganisation"},
                {"form": "lr", "reasons": "réorganisation"},
                {"form": "lrar"},
            ):
                letter = {"kind": "letter-posted", "rule": rule.id, "by": by, "on": str(day), **more}
                yield (
                    letter,
                    {"kind": "letter-delivered", "letter": f"f{known + 1}", "on": str(day + timedelta(days=3))},
                )
    for breach in terms.breach:
        steps = _steps(breach, day)
        closed = str(day + timedelta(days=40 * len(steps)))
        yield steps
        yield *steps, {"kind": "breach-closed", "on": closed, "breach": breach.id, "outcome": "maintained"}
    year = end.replace(year=end.year + 1, day=min(end.day, 28))
    amended = {"kind": "amended", "on": str(day), "ends_on": str(year)}
    yield (amended,)
    yield (
        amended,
        {"kind": "amended", "on": str(day + timedelta(days=1)), "ends_on": str(year.replace(year=end.year + 2))},
    )
    yield ({"kind": "parent-ends", "on": str(day + timedelta(days=60)), "why": "terminated"},)
    yield ({"kind": "parent-ends", "on": str(year), "why": "term"},)
    yield ({"kind": "litigation-opened", "on": str(day)},)
    yield (
        {
            "kind": "accounts-counted",
            "on": str(day),
            "number": 1 + ((terms.account_manager and terms.account_manager.accounts) or 0),
        },
    )
    yield _event("agent-absent", day), _event("agent-back", day + timedelta(days=45)), {
        "kind": "resumed", "on": str(day + timedelta(days=60)),
    }  # fmt: skip
    for payment in terms.payment:
        yield ({"kind": "received", "what": payment.id, "on": str(day)},)


def _event(name: str, day: date) -> dict[str, Any]:
    return {"kind": "event", "event": name, "on": str(day), "at": f"{day}T09:00:00+02:00"}


def _steps(breach: Breach, day: date) -> tuple[dict[str, Any], ...]:
    told: list[str] = [one.does for one in breach.steps if one.does not in {"comment", "cure", "suspend", "ends"}]
    told = told or ["found"]
    return tuple(
        {
            "kind": "breach-step", "breach": breach.id, "step": does,
            "on": str(day + timedelta(days=40 * number)), "delivered_on": str(day + timedelta(days=40 * number + 2)),
        }
        for number, does in enumerate(told)
    )  # fmt: skip
