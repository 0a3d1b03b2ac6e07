"""The years and months above the picture."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from echeancier.adapters.report.scale import Scale
from echeancier.domain.dates.words import in_words


@dataclass(frozen=True)
class Band:
    """A year or a month of the axis; ``label`` is empty when there is no room for it."""

    x: float
    width: float
    label: str


def years(drawn: Scale) -> tuple[Band, ...]:
    """Return the years drawn."""
    bands = []
    for year in range(drawn.first.year, drawn.last.year + 1):
        x, end = drawn.x(date(year, 1, 1)), drawn.x(date(year + 1, 1, 1))
        if end > x:
            bands.append(Band(x, round(end - x, 1), str(year) if end - x > 30 else ""))
    return tuple(bands)


def months(drawn: Scale, language: str) -> tuple[Band, ...]:
    """Return the months drawn, named by their initial, or by quarters where they are narrow."""
    bands = []
    starts = [*drawn.months(), drawn.last]
    for start, end in pairwise(starts):
        x, width = drawn.x(start), round(drawn.x(end) - drawn.x(start), 1)
        name = in_words(start, language, weekday=False).split("\u00a0")[1]
        if width >= 24:
            label = name[:1].upper()
        elif width >= 8 and start.month in (1, 4, 7, 10):
            label = f"{'Q' if language == 'en' else 'T'}{start.month // 3 + 1}"
        else:
            label = ""
        bands.append(Band(x, width, label))
    return tuple(bands)
