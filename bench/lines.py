"""How a measurement is printed: the figure, the aim, and whether it is met."""

import os
from dataclasses import dataclass
from typing import Final

NO_AIM: Final = "none"
"""Measured to be known, not judged."""


@dataclass(frozen=True)
class Line:
    """One measurement.

    Attributes:
        name: what was measured.
        figure: in words, with its unit or as a ratio.
        aim: what it should be, in words.
        met: whether it is.
    """

    name: str
    figure: str
    aim: str
    met: bool

    def __str__(self) -> str:
        """Return the line as printed."""
        verdict = "" if self.aim == NO_AIM else "met" if self.met else "NOT MET"
        return f"{self.name:<68} {self.figure:>38}   aim {self.aim:<9} {verdict}".rstrip()


def load() -> str:
    """Return what else this machine does: figures in milliseconds mean little beside it, ratios of one run do."""
    return f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
