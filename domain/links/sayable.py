"""Which duties a role may say something of by a link, and what: decided with the plan, written in the line of the mail."""

from typing import Final

from domain.items import Item
from domain.links.acts import Act
from domain.procedures.meeting import MEETINGS
from domain.procedures.recording import own_fact, passes_by_itself
from domain.situation import Situation

_HANDED_OVER: Final = frozenset(
    {
        "data", "report", "evaluation", "information", "document", "payment", "survey", "certificate", "statement",
        "answer", "notification", "other",
    }
)  # fmt: skip
"""Kinds of which whoever waits can say that he has them: nobody sees a destruction or a closed access arrive."""

_DONE: Final = _HANDED_OVER | {"destruction", "access-closure", "amendment", "incident"}
"""Kinds that the paper makes somebody do. Steps of our own procedures are recorded by whoever runs the convention."""


def acts_of(s: Situation, item: Item, reader: str) -> tuple[Act, ...]:
    """Return what a role may say of an item: that its side did it, that it received it, that its party signed or will not.

    Meetings are answered by their invitation. Whoever runs the convention records at the desk.
    """
    side, owed_by = s.convention.roles[reader].party, item.owed_by
    if item.kind in MEETINGS or reader == s.convention.coordinator:
        return ()
    if item.kind == "signature":
        return ("signed", "refuse-sign") if owed_by == side else ()
    if item.kind not in _DONE or own_fact(s.convention, item) or passes_by_itself(item):
        return ()
    if owed_by in ("both", side):
        return ("done",)
    return ("received",) if item.owed_to in ("both", side) and item.kind in _HANDED_OVER else ()
