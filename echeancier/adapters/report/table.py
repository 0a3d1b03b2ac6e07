"""What the picture shows, as a table: every deadline, series by series."""

from dataclasses import dataclass
from datetime import date

from echeancier.adapters.report.lanes import debtor_of, lanes
from echeancier.adapters.report.outcomes import Outcome, in_words, outcome
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import words
from echeancier.domain.agenda.item_row import ItemRow
from echeancier.domain.agenda.items import Item
from echeancier.domain.dates.words import shown


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline, what became of it, and the day that had been promised for it where that was another one."""

    row: ItemRow
    who: str
    outcome: Outcome
    fate: str
    promised: str


@dataclass(frozen=True)
class DeadlineSeries:
    """The deadlines of one lane."""

    name: str
    title: str
    debtor: str
    lines: tuple[DeadlineLine, ...]


def table(story: Story) -> tuple[DeadlineSeries, ...]:
    """Return every deadline, in the order of the picture."""
    return tuple(
        DeadlineSeries(lane.name, lane.title, lane.debtor, tuple(_line(story, item) for item in lane.items))
        for lane in lanes(story)
    )


def _line(story: Story, item: Item) -> DeadlineLine:
    return DeadlineLine(
        story.row(item), _who(story, item), outcome(story, item), in_words(story, item), _promised(story, item)
    )


def _who(story: Story, item: Item) -> str:
    if item.kind == "recourse":
        return ""  # others may act against us: nobody owes it
    by, to = debtor_of(story, item.owed_by), debtor_of(story, item.owed_to)
    return by if by == to else f"{by} → {to}"


def _promised(story: Story, item: Item) -> str:
    """The day promised at the start, where it is another one."""
    before = story.planned.item(item.key)
    if before is None or item.key in story.gone:
        return ""
    was, now = _last(before), _last(item)
    if was is None or was == now:
        return ""
    return words(story.language)["promised"].format(day=shown(was, story.language))


def _last(item: Item) -> date | None:
    return item.legal_last_day or item.safe_day
