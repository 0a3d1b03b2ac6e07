"""The long runs: `make long` tries everything, the everyday suite a tenth of it, with seeds that say themselves."""

import os
from typing import Final

LONG: Final = os.environ.get("ECHEANCIER_LONG") == "1"
"""Whether the whole is tried; set by `make long`."""


def how_many(whole: int) -> int:
    """Return how many of ``whole`` examples this run tries: all of them in a long run, else a tenth, one at least."""
    return whole if LONG else max(1, whole // 10)
