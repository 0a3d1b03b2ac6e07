"""Until when a message may leave as it was written: looked at when it is handed over, whatever kept it until then.

What is too old is dropped as superseded, and the next plan says again what is still true.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from echeancier.domain.messages.order import Line

AGE: Final = timedelta(days=5)
"""What is true on the day it is written is read some days later without harm; a week later it names another week."""

AGE_IN_HOURS: Final = timedelta(hours=2)
"""A message that says how many hours are left; the next call comes within four."""


def good_until(at: datetime, lines: Sequence[Line] = ()) -> datetime:
    """Return the last instant at which a message may be handed over.

    Args:
        at: the instant that dates it.
        lines: what it says of dated things.
    """
    counted = any(line.hours_left for line in lines)
    return at + (AGE_IN_HOURS if counted else AGE)
