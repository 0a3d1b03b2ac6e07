"""What several conventions of one deliberation ask alike is asked once: a party signs them all in one go."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from echeancier.desk.reading.seen import Seen
from echeancier.domain.overview.todo import Todo
from echeancier.domain.recording.shared import cites
from echeancier.domain.terms.clauses import CouncilAct


@dataclass(frozen=True)
class AskedOnce:
    """One thing to do, in one convention or in several.

    Attributes:
        seen: the convention; of several, the most pressing.
        act: the deliberation that they share; None of what one convention asks.
        also: the references of the others that ask the same.
    """

    seen: Seen
    todo: Todo
    act: CouncilAct | None = None
    also: tuple[str, ...] = ()


def once(found: Iterable[tuple[Seen, Todo]]) -> list[AskedOnce]:
    """Return things to do in their order, the signatures of one party under one deliberation put together.

    What is late stays apart from what is not.
    """
    kept: list[AskedOnce] = []
    signatures: dict[tuple[str, str, bool], list[int]] = {}
    for seen, todo in found:
        act, party = _signed_under(seen, todo)
        if act is None:
            kept.append(AskedOnce(seen, todo))
            continue
        alike = signatures.setdefault((str(act.id), party, todo.late), [])
        first = next((at for at in alike if cites(seen.convention, act, kept[at].seen.convention)), None)
        if first is None:
            alike.append(len(kept))
            kept.append(AskedOnce(seen, todo, act))
        else:
            kept[first] = replace(kept[first], also=(*kept[first].also, seen.reference))
    return [one if one.also else replace(one, act=None) for one in kept]


def _signed_under(seen: Seen, todo: Todo) -> tuple[CouncilAct | None, str]:
    """The act with an id that a signature to collect waits for, and the name of who signs; no act of anything else."""
    if todo.item is None or todo.item.kind != "signature":
        return None, ""
    party = todo.item.occurrence
    named = [act for act in seen.convention.act if act.id is not None]
    own = [act for act in named if act.party == party]
    return next(iter((*own, *named)), None), seen.convention.parties[party].name_on(seen.ctx.s.today)
