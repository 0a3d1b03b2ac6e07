"""The few days that rule all the others, written above the picture without covering each other."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from adapters.report.scale import LEFT, RIGHT, Scale
from adapters.report.story import Story
from adapters.report.wording import shown, words

_LETTER: Final = 6.5
"""Width given to a letter of a flag, in units of the drawing."""


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
    for day, name in _days(story):
        text = f"{name} {shown(day, story.language)}"
        x, room = drawn.x(day), len(text) * _LETTER
        backwards = x + room > RIGHT
        begins = max(x - room, LEFT) if backwards else x
        row = next((n for n, taken in enumerate(ends) if begins - taken > 8), len(ends))
        ends[row : row + 1] = [begins + room]
        planted.append(Flag(x, x - 4 if backwards else x + 4, "end" if backwards else "start", row, text))
    return tuple(planted), max(len(ends), 1)


def _days(story: Story) -> list[tuple[date, str]]:
    label, agenda = words(story.language), story.lived
    named = [
        (agenda.effect_on, label["effect"]),
        (agenda.operational_from, label["operational"]),
        (agenda.ends_on, label["ends"] if agenda.ends_on == agenda.natural_end else label["ends-early"]),
        (agenda.natural_end if agenda.natural_end != agenda.ends_on else None, label["natural-end"]),
        (story.last_day, label["closed"] if story.dossier.closed_at else label["stopped"]),
    ]
    return sorted((day, name) for day, name in named if day is not None)
