"""The convention that follows, at the door of the one that ends."""

from domain.door.case import Case
from domain.door.refusal import fr, refusal
from domain.follow_facts import FollowedBy


def check_followed(case: Case, fact: FollowedBy) -> None:
    """Refuse a follow-on that is the convention itself, or a second one."""
    own = case.convention.reference
    if fact.reference == own:
        raise refusal(
            f"{own} ne peut pas se suivre elle-même : donner la référence de la nouvelle convention.",
            f"{own} cannot follow itself: give the reference of the new convention.",
        )
    if known := case.s.of(FollowedBy):
        fact_id, first = known[-1]
        raise refusal(
            f"{own} a déjà une suite, {first.reference}, enregistrée au {fr(first.on)} ({fact_id}) ; pour la changer, "
            f"corriger {fact_id}.",
            f"{own} already has a follow-on, {first.reference} ({fact_id}); to change it, correct {fact_id}.",
        )
