"""Who hears what, and by which way: one table, asked by every mail, the digest and the pages.

A person hears of a dated thing in one of three ways: it is to be done (``act``: in the person's mail of the day), hours are
running (``now``: a message that leaves alone, at once), or it is only to be known (``know``: a line of a digest, never a mail).
"""

from typing import Final, Literal, NamedTuple

from echeancier.domain.agenda.items import Item, Nature
from echeancier.domain.attention.stake import stake_of
from echeancier.domain.model import Text
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.item_kinds import Stake
from echeancier.domain.terms.policy import AFTER_A_MEETING, Asking, Stage

Way = Literal["now", "act", "know", ""]
"""By which way something is heard; empty: not at all."""

Place = Literal["owes", "coordinator", "manager", "informed", "stranger"]
"""Where a role stands towards a thing: it owes it, follows it as our coordinator or manager, is told beside, or has no part."""


class Heard(NamedTuple):
    """By which way a role hears of a thing, and why."""

    way: Way
    why: Text


WAYS: Final[dict[Stake, dict[Stage | Asking, dict[Place, Way]]]] = {
    "hard": {
        "notice": {"owes": "act", "coordinator": "know", "manager": "know", "informed": "know"},
        "reminder": {"owes": "act", "coordinator": "know", "manager": "know", "informed": "know"},
        "last-call": {"owes": "act", "coordinator": "act", "manager": "know", "informed": "know"},
        "overdue": {"owes": "act", "coordinator": "act", "manager": "know", "informed": "know"},
        "escalation": {"owes": "act", "coordinator": "act", "manager": "act", "informed": "know"},
        "held": {"owes": "act", "coordinator": "act", "manager": "know", "informed": ""},
        "held-again": {"owes": "act", "coordinator": "act", "manager": "act", "informed": ""},
    },
    "soft": {
        "notice": {"owes": "know", "coordinator": "know", "manager": "know", "informed": "know"},
        "reminder": {"owes": "act", "coordinator": "know", "manager": "know", "informed": "know"},
        "last-call": {"owes": "act", "coordinator": "know", "manager": "know", "informed": "know"},
        "overdue": {"owes": "act", "coordinator": "know", "manager": "know", "informed": "know"},
        "held": {"owes": "act", "coordinator": "act", "manager": "know", "informed": ""},
        "held-again": {"owes": "act", "coordinator": "act", "manager": "know", "informed": ""},
    },
}
"""What each hears at each stage, by what is at stake; a stage that is missing is never reached.

What is soft has a last call only where somebody said « vu » before (`attention.quiet`).
"""

_WHY: Final[dict[Place, Text]] = {
    "owes": Text(fr="doit s’en charger", en="has to see to it"),
    "coordinator": Text(fr="suit la convention", en="follows the convention"),
    "manager": Text(fr="répond de la convention", en="answers for the convention"),
    "informed": Text(fr="est seulement tenu au courant", en="is only kept informed"),
    "stranger": Text(fr="n’y a pas de part", en="has no part in it"),
}


def way(s: Situation, item: Item, role: str, stage: str) -> Heard:
    """Return by which way a role hears of an item at a stage, and why.

    What comes by itself, such as the last day in force, asks nothing of anybody: it is known. A delay in hours cannot wait
    for a morning; whoever is kept informed of it then hears at once that it began, and that it is over.
    """
    place = place_of(s, item, role)
    found = WAYS[stake_of(s, item)].get(stage, {}).get(place, "")  # type: ignore[call-overload]
    if found == "act" and item.nature is Nature.FACT:
        found = "know"
    told_beside = role in item.informed and stage in {"notice", "overdue"}
    if (
        item.legal_last_instant is not None
        and stage != "escalation"
        and (found == "act" or (found == "know" and told_beside))
    ):
        found = "now"
    return Heard(found, _WHY[place])


def place_of(s: Situation, item: Item, role: str) -> Place:
    """Return where a role stands towards an item.

    The date of a meeting is ours to propose, its guests hear by the invitation; what nobody is named for is the coordinator's.
    """
    convention = s.convention
    if role in owing(s, item):
        return "owes"
    if role == convention.manager:
        return "manager"
    if role == convention.coordinator:
        return "coordinator"
    return "informed" if role in item.informed or role in item.responsible else "stranger"


def owing(s: Situation, item: Item) -> tuple[str, ...]:
    """Return the roles that have to see to an item."""
    alone = item.traits.is_meeting or not item.responsible
    return (s.convention.coordinator,) if alone else item.responsible


def audience(s: Situation, item: Item, stage: str) -> tuple[str, ...]:
    """Return the roles to whom a stage of an item is written: whoever must act, then those who hear of it beside them."""
    convention = s.convention
    roles = (*owing(s, item), *item.informed, convention.coordinator, convention.manager)
    heard = [role for role in dict.fromkeys(roles) if way(s, item, role, stage).way in {"act", "now"}]
    if stage in {"escalation", AFTER_A_MEETING[-1]} and convention.manager in heard:
        heard = [convention.manager, *heard]  # whoever answers for it first: it is to him that it goes up
    return tuple(dict.fromkeys(heard))
