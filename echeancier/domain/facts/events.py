"""The events that procedures read by name, beside those that an ``[[event_duty]]`` waits for."""

from typing import Final

from echeancier.domain.terms.convention import Convention

DISPUTE_RAISED: Final = "dispute-raised"
AGENT_ABSENT: Final = "agent-absent"
AGENT_BACK: Final = "agent-back"
AGENT_LEFT: Final = "agent-left"
COUNCIL_CONVENED: Final = "council-convened"
MANAGER_PROPOSED: Final = "account-manager-proposed"
MANAGER_AGREED: Final = "account-manager-agreed"
MANAGER_REFUSED: Final = "account-manager-refused"
MANAGER_LEFT: Final = "account-manager-left"

SUSPENDED: Final = "suspended"
"""Derived: the day a suspension begins; never recorded."""
TERMINATED_FOR_BREACH: Final = "terminated-for-breach"
"""Derived: the last day in force after a breach was maintained; never recorded."""

DERIVED: Final = frozenset({SUSPENDED, TERMINATED_FOR_BREACH})


def events_read(convention: Convention) -> tuple[str, ...]:
    """Return the events that some block of the convention reads by name, the event duties left out."""
    found: list[str] = []
    if convention.act is not None:
        found.append(COUNCIL_CONVENED)
    if convention.dispute is not None:
        found.append(DISPUTE_RAISED)
    if convention.suspension is not None:
        found += [AGENT_ABSENT, AGENT_BACK, AGENT_LEFT]
    if convention.account_manager is not None:
        found += [MANAGER_PROPOSED, MANAGER_AGREED, MANAGER_REFUSED, MANAGER_LEFT]
    return tuple(found)
