"""Who owes what an event starts: where the text says « chaque partie », whoever found it, or was asked, owes it to the other."""

from domain import facts as f
from domain.duties import EventDuty
from domain.procedures.shape import roles_of
from domain.situation import Situation

_OF_ONE = frozenset({"incident", "answer"})
"""Kinds that one side alone owes, even where the text binds each: the one to whom it happened."""


def sides(s: Situation, duty: EventDuty, fact: f.Happened) -> tuple[str, str]:
    """Return (owed by, owed to) of one occurrence."""
    if duty.owed_by != "both":
        return duty.owed_by, duty.owed_to
    whose = fact.party or (s.convention.us if duty.kind in _OF_ONE else None)
    if whose is None:
        return duty.owed_by, duty.owed_to
    others = [key for key in s.convention.parties if key != whose]
    return whose, others[0] if len(others) == 1 else "both"


def responsible(s: Situation, duty: EventDuty, side: str) -> tuple[str, ...]:
    """Return who must act: of the roles named, those of the side that owes it; its first contact when none is."""
    if duty.owed_by == side:
        return roles_of(s, side, duty.responsible)
    return roles_of(s, side, tuple(r for r in duty.responsible if s.convention.roles[r].party == side))
