"""Which message this is: what is said, to whom, and for which nominal day. Pure, and never the instant at which it is planned.

Whoever says the same thing again (a plan made again, an old copy of the data put back) writes the same message, under the
same Message-ID and into the same file of the document store.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Saying(NamedTuple):
    """One thing said.

    Attributes:
        about: the key of what it is about.
        stage: which of its times.
        day: its nominal day: what the thing is due on, or the day it stands on; None for what has none.
        before: how many times the same was said to the same person before, by what is kept.
    """

    about: str
    stage: str
    day: date | None
    before: int


def identity(scope: str, kind: str, address: str, sayings: Iterable[Saying]) -> str:
    """Return the id of a message, 32 hexadecimal digits that tell nothing about anybody.

    Args:
        scope: what it speaks for: the reference of a convention, a week of digests.
        kind: of message.
        address: whom it goes to; written in capitals or not.
        sayings: what it says, in any order.
    """
    said = sorted(
        "|".join((one.about, one.stage, one.day.isoformat() if one.day else "", str(one.before))) for one in sayings
    )
    return hashlib.sha256("\x1f".join((scope, kind, address.casefold(), *said)).encode()).hexdigest()[:32]
