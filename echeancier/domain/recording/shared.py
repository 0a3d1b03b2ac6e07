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


def carrier(act: CouncilAct, of: Dossier, others: Iterable[Dossier]) -> str:
    """Return the reference of the convention that has an act published and transmitted, for all those that cite it.

    The first registered, then the first reference: two things that never change, so that whoever looks finds the same.
    """
    citing = (other for other in others if cites(other.convention, act, of.convention))
    first = min((of, *citing), key=lambda one: (one.registered_at, one.convention.reference))
    return first.convention.reference


def carriers(of: Dossier, others: Iterable[Dossier]) -> dict[str, str]:
    """Return, by the id of each act of a convention, which has it published and transmitted: itself, or another that cites it."""
    known = tuple(other for other in others if other.convention.reference != of.convention.reference)
    return {act.id: carrier(act, of, known) for act in of.convention.act if act.id is not None}


def to_be_told(of: Dossier, others: Iterable[Dossier]) -> dict[str, str]:
    """Return the carriers that a convention does not know yet; without a word it carries its acts itself."""
    reference = of.convention.reference
    return {act: by for act, by in carriers(of, others).items() if of.carried.get(act, reference) != by}


def same(records: Iterable[Recorded], fact: Fact, act: CouncilAct) -> Recorded | None:
    """Return the fact in force that says the same of the act, whatever its note; None without one."""
    wanted = said_of(fact, act)
    found = (
        one for one in in_force(tuple(records)) if isinstance(one.fact, OF_AN_ACT) and said_of(one.fact, act) == wanted
    )
    return next(found, None)


def said_of(fact: Fact, act: CouncilAct) -> Fact:
    """Return what a fact says of an act, in the words that are the same in every convention: it names it, without its note."""
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
