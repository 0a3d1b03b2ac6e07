"""The same story for a terminal: one line per day and subject, so that four hundred messages stay readable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Words

from adapters.report.figures import figures
from adapters.report.invitations import Invitations
from adapters.report.mailbag import Mailbag
from adapters.report.rows import Row, rows
from adapters.report.story import Story
from adapters.report.wording import counted, shown, words
from domain.words import moment

_MANY = 3
"""Beyond so many subjects, a message is told by their number."""


@dataclass
class _Line:
    day: date
    what: str
    fact: bool
    people: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def console_table(story: Story, report: Path | None = None) -> RenderableType:
    """Return what to print at the end of a rehearsal: what left, to whom and why, then a sentence that sums it up.

    Args:
        story: what was lived.
        report: where the page is, to name it at the end.
    """
    label = words(story.language)
    table = Table(box=SIMPLE_HEAD, title=label["console-title"], title_justify="left", padding=(0, 1), expand=True)
    table.add_column(label["col-date"], no_wrap=True, min_width=10)
    table.add_column(label["col-what"], ratio=5)
    table.add_column(label["col-to"], ratio=3)
    table.add_column(label["col-article"], ratio=2)
    year, former = None, None
    for line in _lines(story):
        if year not in (None, line.day.year):
            table.add_section()
        day = shown(line.day, story.language) if line.day != former else ""
        year, former = line.day.year, line.day
        table.add_row(
            day, line.what, " · ".join(line.people), "\u00a0; ".join(line.why), style="dim" if line.fact else ""
        )
    closing = [Words(_sum(story)), Words(moment(story.ended, str(story.zone), story.language), style="dim")]
    if report is not None:
        closing.append(Words(label["console-report"].format(path=report), style="bold", overflow="fold"))
    return Group(table, *closing)


def _lines(story: Story) -> Iterator[_Line]:
    bag = Mailbag(Path(), ())
    nothing = Invitations((), {}, 0)
    found: dict[tuple[date, str], _Line] = {}
    for row in rows(story, bag, nothing):
        for what, articles in _subjects(row, story.language):
            line = found.setdefault((row.at.date(), what), _Line(row.at.date(), what, row.sort != "message"))
            line.people += [one.name for one in row.readers if row.sort == "message" and one.name not in line.people]
            line.why += [article for article in articles if article not in line.why]
    yield from found.values()


def _subjects(row: Row, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if row.sort != "message":
        yield f"✓ {row.what}" + "".join(f" – {topic.title}" for topic in row.topics), row.articles
    elif row.kind in ("opening", "question") or len(row.topics) > _MANY or not row.topics:
        count = words(language)["topics-more"].format(count=len(row.topics)) if row.kind == "opening" else ""
        titles = "" if row.kind == "opening" else " ; ".join(topic.title for topic in row.topics[:_MANY])
        yield " – ".join(part for part in (row.what, count, titles) if part), row.articles[:_MANY]
    else:
        for topic in row.topics:
            about = " ".join(part for part in (topic.title, topic.day) if part)
            sure = ", ".join(part for part in (topic.stage, topic.certainty) if part)
            yield f"{row.what} – {about}" + (f" ({sure})" if sure else ""), (topic.article,) if topic.article else ()


def _sum(story: Story) -> str:
    counts, language = figures(story), story.language
    return words(language)["console-end"].format(
        mails=counted(counts.sent, "sent", language),
        people=counted(counts.people, "recipient", language),
        revisions=counted(counts.revisions, "revision", language),
        kept=counted(counts.kept, "kept-count", language),
        missed=counted(counts.missed, "missed-count", language),
    )
