"""The same story for a terminal: one line per day and subject, so that hundreds of messages stay readable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Words

from echeancier.adapters.report.figures import figures
from echeancier.adapters.report.invitations import Invitations
from echeancier.adapters.report.mailbag import Mailbag
from echeancier.adapters.report.rows import ReportRow, rows
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import a_month, counted, words
from echeancier.domain.agenda.item_row import without_asides
from echeancier.domain.dates.words import moment, shown
from echeancier.domain.messages.opening import OpeningMessage
from echeancier.domain.messages.questions import Questions
from echeancier.domain.messages.reminders import Reminders

_MANY = 3
"""Beyond so many subjects, a message is told by their number."""


@dataclass
class PrintedLine:
    """One printed line; ``fact`` says that it was told to the program rather than by it."""

    day: date
    what: str
    fact: bool
    people: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)


def console_table(story: Story, report: Path | None = None) -> RenderableType:
    """Return what to print at the end of a rehearsal: what left, to whom and why, then a sentence in sum.

    Args:
        story: what was lived.
        report: where the page is, to name it at the end.
    """
    label = words(story.language)
    table = Table(box=SIMPLE_HEAD, title=label["console-title"], title_justify="left", padding=(0, 1), expand=True)
    table.add_column(label["col-date"], no_wrap=True, min_width=10)
    table.add_column(label["col-what"], ratio=6)
    table.add_column(label["col-to"], ratio=5)
    table.add_column(label["col-article"], ratio=2, min_width=len("délibération"))
    year, former = None, None
    for line in lines_of(story):
        if year not in (None, line.day.year):
            table.add_section()
        day = shown(line.day, story.language) if line.day != former else ""
        year, former = line.day.year, line.day
        table.add_row(
            day,
            line.what,
            " · ".join(line.people),
            "\u00a0; ".join(line.why),
            style="dim" if line.fact else "",
        )
    closing = [Words(_sum(story)), Words(moment(story.ended, str(story.zone), story.language), style="dim")]
    if report is not None:
        closing.append(Words(label["console-report"].format(path=report), style="bold", overflow="fold"))
    return Group(table, *closing)


def lines_of(story: Story) -> Iterator[PrintedLine]:
    """Yield what is printed, oldest first: the people told the same thing on the same day share a line."""
    bag = Mailbag(Path(), ())
    nothing = Invitations((), {}, 0)
    found: dict[tuple[date, str], PrintedLine] = {}
    for row in rows(story, bag, nothing):
        for what, articles in _subjects(row, story.language):
            line = found.setdefault((row.at.date(), what), PrintedLine(row.at.date(), what, row.sort != "message"))
            # A function's first words are enough here: the page gives the rest.
            people = [one.name.split(",")[0] for one in row.readers if row.sort == "message"]
            line.people += [name for name in dict.fromkeys(people) if name not in line.people]
            line.why += [one for one in map(without_asides, articles) if one not in line.why]
    yield from found.values()


def _subjects(row: ReportRow, language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    if row.sort != "message":
        yield f"✓ {row.what}" + "".join(f" – {topic.title}" for topic in row.topics), row.articles
    elif row.kind in (OpeningMessage.kind, Questions.kind) or len(row.topics) > _MANY or not row.topics:
        yield f"{row.what} – {_in_short(row, language)}" if row.topics else row.what, row.articles[:_MANY]
    else:
        for topic in row.topics:
            about = " ".join(part for part in (topic.title, topic.day) if part)
            # The stage says more than « Rappels ».
            stage = topic.stage[:1].upper() + topic.stage[1:] if row.kind == Reminders.kind else ""
            sure = f" ({topic.certainty})" if topic.certainty else ""
            yield f"{stage or row.what} – {about}{sure}", (topic.article,) if topic.article else ()


def _in_short(row: ReportRow, language: str) -> str:
    if row.kind == OpeningMessage.kind:
        return counted(len(row.topics), "presented", language)
    titles = "\u00a0; ".join(topic.title for topic in row.topics[:_MANY])
    more = len(row.topics) - _MANY
    return words(language)["many-of"].format(titles=titles, count=more) if more > 0 else titles


def _sum(story: Story) -> str:
    counts, language = figures(story), story.language
    return words(language)["console-end"].format(
        mails=counted(counts.sent, "sent", language),
        people=counted(counts.people, "recipient", language),
        revisions=counted(counts.revisions, "revision", language),
        kept=counted(counts.kept, "kept-count", language),
        missed=counted(counts.missed, "missed-count", language),
        a_month=a_month(*counts.a_month, language),
    )
