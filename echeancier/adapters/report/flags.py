"""The few days that rule all the others, written above the picture without covering each other."""

from dataclasses import dataclass
from typing import Final

from echeancier.adapters.report.landmarks import landmarks
from echeancier.adapters.report.scale import LEFT, RIGHT, Scale
from echeancier.adapters.report.story import Story
from echeancier.domain.dates.words import shown

_LETTER: Final = 7.5
"""Width given to a letter of a flag, which is bold, in units of the drawing: a wide font may stand in for the one asked for."""


@dataclass(frozen=True)
class Flag:
    """A day with its name: where its line stands, where its text begins or ends, on which row."""

    x: float
    text_x: float
    anchor: str
    row: int
    text: str


def flags(story: Story, drawn: Scale) -> tuple[tuple[Flag, ...], int]:
    """Return the flags, and on how many rows they stand."""
    ends: list[float] = []
    planted: list[Flag] = []
    for mark in landmarks(story):
        text = f"{mark.name} {shown(mark.day, story.language)}"
        x, room = drawn.x(mark.day), len(text) * _LETTER
        backwards = x + room > RIGHT
        begins = max(x - room, LEFT) if backwards else x
        row = next((n for n, taken in enumerate(ends) if begins - taken > 8), len(ends))
        ends[row : row + 1] = [begins + room]
        planted.append(Flag(x, x - 4 if backwards else x + 4, "end" if backwards else "start", row, text))
    return tuple(planted), max(len(ends), 1)
