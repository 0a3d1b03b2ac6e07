"""How long whoever was overtaken waits before he tries again: longer each time, and not the same for everybody."""

import zlib
from collections.abc import Iterator
from itertools import count

PATIENCE = 60.0
"""Seconds; the sum of the pauses after which the door gives up."""

_FIRST, _LONGEST = 0.05, 4.0


def pauses(key: str) -> Iterator[float]:
    """Yield seconds until patience is over.

    Args:
        key: of the request; two requests draw different pauses.
    """
    waited = 0.0
    for tried in count():
        drawn = zlib.crc32(f"{key}/{tried}".encode()) / 2**32
        pause = min(_FIRST * 2**tried, _LONGEST) * (0.25 + drawn)
        yield pause
        waited += pause
        if waited > PATIENCE:
            return
