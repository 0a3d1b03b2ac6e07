"""What an amendment moves to another day: one thing, once; the rule that made it stays for the others."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from echeancier.domain.agenda.items import SETTLED, Item, State
from echeancier.domain.agenda.procedure import opening, state_of
from echeancier.domain.dates.delay import over_on
from echeancier.domain.dates.proof import Proof, given, kept, note, worked
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.end import Amended
from echeancier.domain.standing.amendments import effect_of
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.changes import changed_keys

_JUDGED_AGAIN = frozenset(
    {State.UPCOMING, State.OPEN, State.LATE, State.MISSED, State.BEST_EFFORT, State.ELAPSED, State.PAST}
)


def may_move(s: Situation, item: Item) -> bool:
    """Whether an amendment may put it on another day: the paper owes it, it has a day, and nothing settled it."""
    has_a_day = (item.legal_last_day or item.safe_day) is not None and item.legal_last_instant is None
    return item.series in s.convention.titles_of_owed and item.state not in SETTLED and has_a_day


def movable(s: Situation, items: Iterable[Item]) -> frozenset[str]:
    """Return the keys of those that an amendment may move."""
    return frozenset(one.key for one in items if may_move(s, one))


def moved_by_amendments(s: Situation, items: list[Item]) -> list[Item]:
    """Return the items, those that an amendment moved on the day it gives; of several amendments, the last by its effect."""
    moves = sorted(
        (
            (effect_of(fact), fact.number or 0, fact_id, fact)
            for fact_id, fact in s.of(Amended)
            if fact.moves is not None
        ),
        key=lambda one: one[:2],
    )
    by_key = {fact.moves: (fact_id, fact) for _, _, fact_id, fact in moves}
    return [_moved(s, one, *by_key[one.key]) if one.key in by_key else one for one in items]


def _moved(s: Situation, item: Item, fact_id: str, fact: Amended) -> Item:
    day = fact.moved_to
    assert day is not None  # noqa: S101 - the model wants both
    opens, safe = item.opens_on, s.calendar.prev_workable(day)
    safe = day if opens is not None and safe < opens <= day else safe
    opens = min(opens, safe) if opens is not None and item.safe_day != item.opens_on else opening(safe, 0)
    ours = s.convention.is_ours(item.owed_by)
    over = over_on(day, s.calendar.next_open(day) + timedelta(days=1), ours=ours) - timedelta(days=1)
    number = "" if fact.number is None else f" n° {fact.number}"
    before = item.legal_last_day or item.safe_day
    sure = Certainty.CERTAIN  # an amendment that counts only from after the day it moves came too late, strictly
    if before is not None and before < effect_of(fact):
        sure = Certainty.CONTESTED
    later = _changed_since(s, item, fact)
    still: Proof = (
        () if later is None else (given(later, "amendment", " ; un avenant signé le {} le change aussi : à confirmer"),)
    )
    if item.kind == "payment":  # how much it is, and whether it is due, is known as it was: only its day is another
        sure = Certainty.CONTESTED if item.certainty is Certainty.CONTESTED else sure
        still = (*still, note(f" ; par ailleurs : {item.trace}"))
    sure = sure if later is None else Certainty.CONTESTED
    by = " ; à faire au plus tard le {}, jour ouvré" if safe != day else ""
    state = item.state
    if state in _JUDGED_AGAIN:
        state = state_of(
            s, opens_on=opens, last_day=over, done_on=item.done_on, missed=item.settled_by == "meeting-held"
        )
    return item.model_copy(
        update={
            "opens_on": opens, "legal_last_day": day, "safe_day": safe, "rule": "amended_day", "state": state,
            "certainty": sure, "effect_range": None, "anchor": None,
            "proof": (
                note(f"reporté par l’avenant{number} "), given(fact.on, fact_id, "du {}"), given(day, fact_id, " → {}", "legal"),
                worked("prev_workable", day, s.calendar.prev_workable(day), gives=""), kept(safe, by, "safe"),
                *(() if before is None else (given(before, "terms", " ; au lieu du {}"),)),
                *still,
            ),
        }
    )  # fmt: skip


def _changed_since(s: Situation, item: Item, move: Amended) -> date | None:
    """Return the day of signature of an amendment, later than the one that moved a thing, that changes its terms; None without.

    Whoever signed the move knew the terms that others had changed before.
    """
    order = move.on, move.number or 0
    later = [
        fact.on
        for _, fact in s.of(Amended)
        if fact.changes is not None
        and (fact.on, fact.number or 0) > order
        and effect_of(fact) <= (item.legal_last_day or item.safe_day or effect_of(fact))
        and _touches_its_day(fact.changes, item)
    ]
    return max(later, default=None)


def _touches_its_day(changes: Mapping[str, Any], item: Item) -> bool:
    """Whether the block that owes a thing goes away, or says otherwise when; how much, or who sees to it, moves no day."""
    return any(name == item.series and (key == "" or key in _WHEN) for _, name, key in changed_keys(changes))


_WHEN = frozenset(
    {"when", "rhythm", "delay", "threshold", "after", "before", "on", "starts", "event", "needs", "instalments"}
)
"""The keys of a block that say when it is owed."""
