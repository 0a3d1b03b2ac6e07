"""The whole calendar of a life as one file: an all-day entry for everything that had a day."""

from collections.abc import Iterator
from datetime import date

from echeancier.adapters.calendar.ics_feed import feed
from echeancier.adapters.report.lanes import days_of, debtor_of
from echeancier.adapters.report.outcomes import in_words
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import words
from echeancier.domain.agenda.items import Item
from echeancier.domain.dates.words import days_in
from echeancier.domain.messages.mail import DeadlineEvent


def calendar(story: Story) -> bytes:
    """Return the calendar of a story, stamped with its end.

    Each thing stands on the day it took place when it is a meeting that was held or fixed, else on its safe
    day, else on its last day. Nothing later than the end of the rehearsal is in it, not even in words.
    """
    entries = [entry for item in story.items if (entry := _entry(story, item)) is not None]
    return feed(story.title(), f"rehearsal.{story.lived.reference}@echeancier.example", entries)


def _entry(story: Story, item: Item) -> DeadlineEvent | None:
    day = _day(item)
    if day is None or max(day, item.legal_last_day or day, item.safe_day or day) > story.last_day:
        return None
    return DeadlineEvent(
        uid=f"{item.key}.{story.lived.reference}@echeancier.example",
        day=day,
        summary=f"{story.lived.reference}\u00a0· {story.row(item).title}",
        description="\n".join(line for line in _lines(story, item) if not _later(line, story.last_day)),
        dtstamp=story.ended,
    )


def _day(item: Item) -> date | None:
    if item.meeting_at is not None:
        return item.done_on or item.meeting_at.date()
    return item.safe_day or item.legal_last_day


def _lines(story: Story, item: Item) -> Iterator[str]:
    row = story.row(item)
    yield debtor_of(story, item.owed_by)
    yield f"{row.article}{words(story.language)['colon']} {row.says}"
    yield ", ".join([*days_of(row), *([row.certainty] if row.certainty else [])])
    yield in_words(story, item)
    yield row.trace


def _later(line: str, last: date) -> bool:
    """Whether a line speaks of a day after the end."""
    return any(day > last for day in days_in(line))
