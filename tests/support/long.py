"""How much a run tries: `make long` everything, the everyday suite a tenth of it, `make quick` a fiftieth."""

import os
from collections.abc import Iterable
from typing import Final

LONG: Final = os.environ.get("ECHEANCIER_LONG") == "1"
"""Whether the whole is tried; set by `make long`."""

QUICK: Final = os.environ.get("ECHEANCIER_QUICK") == "1"
"""Whether little is tried; set by `make quick`."""


def how_many(whole: int) -> int:
    """Return how many of ``whole`` examples this run tries: all, a tenth or a fiftieth of them, one at least."""
    return whole if LONG else max(1, whole // (50 if QUICK else 10))


PAPERS: Final = ("aub-l", "brv-h", "cor-m", "mfc-f", "orl-g", "ors-a", "trs-c", "vlm-s")
"""The example papers of other kinds than the ten conventions."""

EVERYDAY_PAPERS: Final = ("aub-l", "brv-h", "orl-g")
"""Those least like the ten: a tacit renewal under a cap, one without, and four parties until an event."""


def examples_tried(names: Iterable[str]) -> list[str]:
    """Return which examples a costly trial takes: the ten conventions and three of the other papers; all with `make long`."""
    return [name for name in names if LONG or name not in PAPERS or name in EVERYDAY_PAPERS]
