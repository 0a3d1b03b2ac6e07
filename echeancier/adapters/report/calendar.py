"""The whole calendar of a life as one file: an all-day entry for everything that had a day."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from echeancier.adapters.calendar.ics_feed import feed
from echeancier.adapters.report.lanes import debtor_of
from echeancier.adapters.report.outcomes import in_words
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import words
from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.labels import CERTAINTIES
from echeancier.domain.dates.words import shown
from echeancier.domain.messages.mail import DeadlineEvent
from echeancier.domain.typography import in_language, said

_FIGURES: Final = re.compile(r"\d{2}/\d{2}/\d{4}")


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
        summary=f"{story.lived.reference}\u00a0· {said(item.title, story.language)}",
        description="\n".join(line for line in _lines(story, item) if not _later(line, story.last_day)),
        dtstamp=story.ended,
    )


def _day(item: Item) -> date | None:
    if item.meeting_at is not None:
        return item.done_on or item.meeting_at.date()
    return item.safe_day or item.legal_last_day


def _lines(story: Story, item: Item) -> Iterator[str]:
    label, language, clause = words(story.language), story.language, item.clause
    yield debtor_of(story, item.owed_by)
    says = clause.says_en if language == "en" and clause.says_en else in_language(clause.says, "fr")
    yield f"{in_language(clause.article, language)}{label['colon']} {says}"
    days = [(item.safe_day, "tells-safe"), (item.legal_last_day, "tells-legal")]
    told = [label[name].format(day=shown(day, language)) for day, name in days if day is not None]
    yield ", ".join([*told, said(CERTAINTIES[item.certainty], language)])
    yield in_words(story, item)
    yield in_language(item.trace, "fr")


def _later(line: str, last: date) -> bool:
    """Whether a line speaks of a day after the end."""
    return any(datetime.strptime(day, "%d/%m/%Y").date() > last for day in _FIGURES.findall(line))  # noqa: DTZ007
