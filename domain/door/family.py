"""What is told of a parent convention, at the door of its annex."""

from domain import facts as f
from domain.door.case import Case
from domain.door.refusal import en, fr, refusal
from domain.parents import parent_signed_on


def check_parent(case: Case, fact: f.ParentSigned | f.ParentEnds) -> None:
    """Refuse what concerns a parent that the convention does not have, or an end before its beginning.

    A new fact replaces the former one: the parent's own workflow tells each change.
    """
    if case.convention.parent is None:
        raise refusal(
            "cette convention ne dépend d’aucune convention mère : il faudrait un bloc [parent] dans ses "
            "termes.",
            "this convention hangs from no parent: its terms would need a [parent] block.",
        )
    if not isinstance(fact, f.ParentEnds):
        return
    signed = parent_signed_on(case.s)
    if signed is not None and fact.on < signed:
        raise refusal(
            f"la convention mère, signée le {fr(signed)}, ne peut pas avoir fini le {fr(fact.on)}.",
            f"the parent, signed on {en(signed)}, cannot have ended on {en(fact.on)}.",
        )
