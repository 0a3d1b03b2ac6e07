"""How a measurement is printed: the figure, the aim, and whether it is met."""

from dataclasses import dataclass


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
        return f"{self.name:<58} {self.figure:>34}   aim {self.aim:<12} {'met' if self.met else 'NOT MET'}"
