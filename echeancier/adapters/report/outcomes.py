"""What became of each dated thing, in few words and shapes, told apart without colours."""

from datetime import date
from enum import StrEnum
from typing import Final

from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import words
from echeancier.domain.agenda.items import Item, State
from echeancier.domain.dates.words import shown


class Outcome(StrEnum):
    """Every fate; each has a shape, a colour and a name in ``words.toml``."""

    KEPT = "kept"
    KEPT_LATE = "kept-late"
    LATE = "late"
    MISSED = "missed"
    BEST_EFFORT = "best-effort"
    OPEN = "open"
    ELAPSED = "elapsed"
    RUNNING = "running"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    NOT_DUE = "not-due"
    WAITING = "waiting"


_OF_STATE: Final = {
    State.NOT_DUE: Outcome.NOT_DUE,
    State.PAST: Outcome.ELAPSED,
    State.BEST_EFFORT: Outcome.BEST_EFFORT,
    State.WAITING: Outcome.WAITING,
    State.UPCOMING: Outcome.OPEN,
    State.OPEN: Outcome.OPEN,
    State.ARRANGED: Outcome.OPEN,
    State.LATE: Outcome.LATE,
    State.MISSED: Outcome.MISSED,
    State.CANCELLED: Outcome.CANCELLED,
    State.RUNNING: Outcome.RUNNING,
    State.ELAPSED: Outcome.ELAPSED,
    State.SUSPENDED: Outcome.SUSPENDED,
}


def outcome(story: Story, item: Item) -> Outcome:
    """Return what became of an item at the end of the story."""
    if item.key in story.gone:
        return Outcome.CANCELLED
    if item.state is not State.DONE:
        return _OF_STATE[item.state]
    if item.done_on is None:
        return Outcome.ELAPSED  # a last day in force: it came, nobody did it
    late = item.legal_last_day is not None and item.done_on > item.legal_last_day
    return Outcome.KEPT_LATE if late else Outcome.KEPT


def day_of(item: Item) -> date | None:
    """Return the day at which an item stands in a calendar: done, else fixed, else its last day."""
    if item.done_on is not None:
        return item.done_on
    if item.meeting_at is not None:
        return item.meeting_at.date()
    return item.legal_last_day or item.safe_day


def in_words(story: Story, item: Item) -> str:
    """Return what became of an item in one sentence, its day included."""
    label = words(story.language)
    found = outcome(story, item)
    if item.key in story.gone:
        return label["gone"]
    if found is Outcome.KEPT:
        return label["done-on"].format(day=shown(item.done_on, story.language))
    if found is Outcome.KEPT_LATE and item.done_on and item.legal_last_day:
        late = (item.done_on - item.legal_last_day).days
        return label["done-late"].format(day=shown(item.done_on, story.language), days=late)
    if item.state is State.ARRANGED and item.meeting_at is not None:
        return label["arranged-on"].format(day=shown(item.meeting_at.date(), story.language))
    return label[found]
