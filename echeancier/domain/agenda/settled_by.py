"""Which fact records the end of an item: most are simply done, some have a fact of their own, some pass by themselves."""

from typing import Final

from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.meetings import MINUTES
from echeancier.domain.facts.events import MANAGER_AGREED
from echeancier.domain.terms.convention import Convention

_OF_ITEM: Final = {
    "act/publication": "act-published",
    "act/transmission": "act-transmitted",
    "contract-publicity": "contract-publicised",
}
_OF_KIND: Final = {"signature": "signed", "notice": "letter-posted", "review": "hold-reviewed"}
_SUSPENDED_BY: Final = ("absence_exceeds_days", "suspended_at_once")
_PASSING_KINDS: Final = frozenset({"recourse", "end", "termination"})


def own_fact(convention: Convention, item: Item) -> str | None:
    """Return the kind of fact that records an item, None when it is simply done (or a meeting, or nothing at all)."""
    if item.key.startswith("certificate/"):
        return "certificate-received"
    return _OF_ITEM.get(item.key) or _OF_KIND.get(item.kind) or _of_a_procedure(convention, item)


def passes_by_itself(item: Item) -> bool:
    """Whether an item only tells a state, a right or a day that comes: nobody does it."""
    suspended = item.kind == "suspension" and item.rule in _SUSPENDED_BY
    return item.kind in _PASSING_KINDS or suspended or item.key.endswith("/court")


def _of_a_procedure(convention: Convention, item: Item) -> str | None:
    """Return the fact that records minutes, a decision, a step of a breach, a resumption, an agreement; None otherwise."""
    if item.key.startswith(MINUTES):
        return "meeting-minutes"
    head, tail = item.key.split("/")[0], item.key.rsplit("/", maxsplit=1)[-1]
    if item.kind == "renewal" and tail == "decision":
        return "renewal-decided"
    if any(breach.id == head for breach in convention.breach):
        return "breach-step"
    if convention.suspension is not None and head == convention.suspension.id and tail == "resume":
        return "resumed"
    return f"event ({MANAGER_AGREED})" if head == "manager-agreement" else None
