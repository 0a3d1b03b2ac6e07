"""The clause behind a fact that is about no dated thing."""

from echeancier.domain.facts.catalogue import Fact
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.signing import Signed
from echeancier.domain.terms.convention import Clause, Convention


def clauses_of(convention: Convention, fact: Fact) -> tuple[Clause, ...]:
    """Return the clause behind the act, a signature or a letter; none for other facts."""
    ids: tuple[str, ...] = ()
    if fact.IS_OF_THE_ACT:
        named = getattr(fact, "act", None)
        ids = next((act.clauses for act in convention.act if named in (None, act.id)), ())
    elif isinstance(fact, Signed):
        ids = convention.parties[fact.party].clauses
    elif isinstance(fact, LetterPosted):
        ids = next((rule.clauses for rule in convention.termination if rule.id == fact.rule), ())
    return (convention.clause_of(ids),) if ids else ()
