"""One deliberation that authorises several conventions: what is recorded of it in one holds for every one that cites it."""

from collections.abc import Iterable

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded, in_force
from echeancier.domain.standing.deliberations import OF_AN_ACT
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.domain.terms.convention import Convention


def shared_act(convention: Convention, fact: Fact) -> CouncilAct | None:
    """Return the act with an id that a fact is about: other conventions may cite it; None for any other fact."""
    if not isinstance(fact, OF_AN_ACT):
        return None
    named = [act for act in convention.act if fact.act == act.id or (fact.act is None and len(convention.act) == 1)]
    return next((act for act in named if act.id is not None), None)


def cites(other: Convention, act: CouncilAct, of: Convention) -> bool:
    """Whether another convention waits for the same act: the same id, of the same party or, of each, our own."""
    ours = act.party == of.us
    return any(one.id == act.id and (one.party == act.party or (ours and one.party == other.us)) for one in other.act)


def same(records: Iterable[Recorded], fact: Fact, act: CouncilAct) -> Recorded | None:
    """Return the fact in force that says the same of the act, whatever its note; None without one."""
    wanted = _said(fact, act)
    found = (
        one for one in in_force(tuple(records)) if isinstance(one.fact, OF_AN_ACT) and _said(one.fact, act) == wanted
    )
    return next(found, None)


def _said(fact: Fact, act: CouncilAct) -> Fact:
    named = getattr(fact, "act", None) or act.id
    return fact.model_copy(update={"act": named, "note": ""})


def to_tell(fact: Fact, act: CouncilAct) -> Fact:
    """Return a fact as it is told to another convention that cites the act: it names it."""
    return fact.model_copy(update={"act": act.id})


def known_of_its_acts(convention: Convention, others: Iterable[Dossier]) -> tuple[Fact, ...]:
    """Return what others that cite its acts already know of them, in the order in which it was told, each once."""
    found: list[Recorded] = []
    for other in others:
        for record in in_force(tuple(other.facts)):
            act = shared_act(other.convention, record.fact)
            if act is None or not cites(convention, act, other.convention):
                continue
            if same(found, record.fact, act) is None:
                found.append(record.model_copy(update={"fact": to_tell(record.fact, act)}))
    return tuple(one.fact for one in sorted(found, key=lambda one: one.recorded_at))
