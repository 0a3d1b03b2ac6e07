"""The convention that the workflow tests live: a year, a yearly report, two meetings, a way out, a destruction."""

from datetime import datetime

from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.terms.convention import Convention
from tests.domain import builders as b

FIRST, SECOND = "point/2022-01", "point/2022-07"


def terms(**changes: object) -> Convention:
    """Return the convention; ``changes`` add or replace blocks."""
    blocks: dict[str, object] = {
        "duty": [b.duty(), b.meeting_duty()],
        "termination": [b.NOTICE],
        "end_duty": [b.end_duty()],
    }
    return b.convention(**{**blocks, **changes})


def arranged(item: str, day: str, hour: int = 10) -> MeetingArranged:
    """Return the fact that a meeting is fixed."""
    return MeetingArranged(item=item, starts_at=datetime.fromisoformat(f"{day}T{hour:02}:00:00"))
