"""What the picture shows, as a table: every deadline, series by series."""

from dataclasses import dataclass
from datetime import date

from echeancier.adapters.report.lanes import debtor_of, lanes
from echeancier.adapters.report.outcomes import in_words, outcome
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import words
from echeancier.domain.agenda.items import Item
from echeancier.domain.agenda.labels import CERTAINTIES
from echeancier.domain.dates.words import shown
from echeancier.domain.typography import in_language, said


@dataclass(frozen=True)
class DeadlineLine:
    """One deadline in words."""

    safe: str
    legal: str
    opens: str
    title: str
    who: str
    article: str
    says: str
    certainty: str
    outcome: str
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
    language, clause = story.language, item.clause
    says = clause.says_en if language == "en" and clause.says_en else in_language(clause.says, "fr")
    return DeadlineLine(
        safe=shown(item.safe_day, language, "—"),
        legal=shown(item.legal_last_day, language, "—"),
        opens=shown(item.opens_on, language, ""),
        title=said(item.title, language),
        who=_who(story, item),
        article=in_language(clause.article, language),
        says=says,
        certainty=said(CERTAINTIES[item.certainty], language),
        outcome=outcome(story, item),
        fate=in_words(story, item),
        promised=_promised(story, item),
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
