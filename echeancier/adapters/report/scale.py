"""From days to places on the picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from echeancier.adapters.report.outcomes import day_of
from echeancier.adapters.report.story import Story
from echeancier.domain.facts.catalogue import day_of as day_of_fact

WIDTH: Final = 1080.0
"""Width of the drawing, in its own units: a page of A4 in landscape at its natural size."""
LEFT: Final = 10.0
RIGHT: Final = WIDTH - 10.0


@dataclass(frozen=True)
class Scale:
    """The days drawn, from the first of a month to the last of one."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Return the place of a day; a day outside the drawing is put at its edge."""
        share = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return round(LEFT + share * (RIGHT - LEFT), 1)

    @property
    def day_width(self) -> float:
        """How wide a day is."""
        return (RIGHT - LEFT) / (self.last - self.first).days

    def months(self) -> Iterator[date]:
        """Yield the first day of each month drawn."""
        day = self.first
        while day < self.last:
            yield day
            day = next_month(day)


def next_month(day: date) -> date:
    """Return the first day of the month after the one of ``day``."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def scale(story: Story) -> Scale:
    """Return the scale that holds a whole story: terms, facts, messages, days promised and days done."""
    lived = story.lived
    days = [story.local(story.began).date(), lived.effect_on, lived.end.day, lived.operational_from]
    days += [day for item in story.items for day in (item.safe_day, item.legal_last_day, day_of(item))]
    days += [story.local(message.at).date() for message in story.dossier.outbox]
    days += [day_of_fact(record.fact) for record in story.dossier.facts]
    if story.dossier.closed_at is not None:
        days.append(story.last_day)
    known = [day for day in days if day is not None]
    return Scale(min(known).replace(day=1), next_month(max(known)))
