"""How much a run tries: `make long` everything, the everyday suite a tenth of it, `make quick` a fiftieth."""

import os
from typing import Final

LONG: Final = os.environ.get("ECHEANCIER_LONG") == "1"
"""Whether the whole is tried; set by `make long`."""

QUICK: Final = os.environ.get("ECHEANCIER_QUICK") == "1"
"""Whether little is tried; set by `make quick`."""


def how_many(whole: int) -> int:
    """Return how many of ``whole`` examples this run tries: all, a tenth or a fiftieth of them, one at least."""
    return whole if LONG else max(1, whole // (50 if QUICK else 10))
