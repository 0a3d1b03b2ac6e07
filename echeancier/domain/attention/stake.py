"""What is at stake with a dated thing: how often it is worth a person's attention."""

from echeancier.domain.agenda.items import Item
from echeancier.domain.standing.situation import Situation
from echeancier.domain.terms.item_kinds import Stake

_OF_THE_LAW = frozenset({"incident-report"})
"""Series of a soft kind that the law asks for (GDPR, article 33(5): a breach is documented)."""


def stake_of(s: Situation, item: Item) -> Stake:
    """Return what is at stake: as the convention says of this duty, else as the installation says of its kind.

    What the end of a convention asks for (data to give back, accesses to close) cannot be made up for: it is never soft
    unless the convention itself says so.
    """
    said, at_the_end = s.computed_once("stakes", "", s.convention, lambda: _said_by_the_terms(s))
    if (own := said.get(item.series)) is not None:
        return own
    return "hard" if item.series in at_the_end or item.series in _OF_THE_LAW else s.policy.stake_of(item.kind)


def is_hard(s: Situation, item: Item) -> bool:
    """Whether a right, a proof, money or a duty of the law is lost when it is not done in time."""
    return stake_of(s, item) == "hard"


def _said_by_the_terms(s: Situation) -> tuple[dict[str, Stake], frozenset[str]]:
    said = {one.id: one.stake for one in s.convention.owed if one.stake is not None}
    return said, frozenset(duty.id for duty in s.convention.end_duty)
