"""News of the parent convention: at the door."""

from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.facts.refusal import en, fr, refusal
from echeancier.domain.recording.check_context import CheckContext, check
from echeancier.domain.standing.parent import parent_signed_on


@check
def check_parent(case: CheckContext, fact: ParentSigned | ParentEnds) -> None:
    """Refuse what concerns a parent that the convention does not have, or an end before its beginning.

    A new fact replaces the former one: the parent's own workflow tells each change.
    """
    if case.convention.parent is None:
        raise refusal(
            "cette convention ne dépend d’aucune convention mère : il faudrait un bloc [parent] dans ses termes.",
            "this convention hangs from no parent: its terms would need a [parent] block.",
        )
    if not isinstance(fact, ParentEnds):
        return
    signed = parent_signed_on(case.s)
    if signed is not None and fact.on < signed:
        raise refusal(
            f"la convention mère, signée le {fr(signed)}, ne peut pas avoir fini le {fr(fact.on)}.",
            f"the parent, signed on {en(signed)}, cannot have ended on {en(fact.on)}.",
        )
