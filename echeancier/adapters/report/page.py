"""The page of a dossier: one file that needs nothing else, read on a phone as on paper."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from echeancier.adapters.report.figures import figures
from echeancier.adapters.report.invitations import Invitations
from echeancier.adapters.report.landmarks import landmarks
from echeancier.adapters.report.rows import ReportRow
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.table import table
from echeancier.adapters.report.timeline import timeline
from echeancier.adapters.report.topics import answer_of
from echeancier.adapters.report.wording import a_month, counted, words
from echeancier.domain.agenda.item_row import certainties_in_words, clause_in_words
from echeancier.domain.agenda.items import Question
from echeancier.domain.dates.words import hour, in_words, shown
from echeancier.domain.overview.journal import function_of
from echeancier.domain.typography import in_language, said


@dataclass(frozen=True)
class _Reading:
    says: str
    changes: str
    prudent: bool


@dataclass(frozen=True)
class _Asked:
    about: str
    kind: str
    ask: str
    article: str
    says: str
    readings: tuple[_Reading, ...]
    answer: str


def page(story: Story, lived: tuple[ReportRow, ...], sent: Invitations) -> str:
    """Return the page of a story.

    Args:
        story: what was lived.
        lived: its messages and facts, oldest first.
        sent: the calendar files beside it.
    """
    language, counts = story.language, figures(story)
    return _environment().get_template("report.html").render(
        story=story,
        convention=story.dossier.convention,
        title=in_language(story.title(), language),
        scenario=in_language(story.scenario, language),
        parties=_parties(story),
        end=story.lived.end,
        said=lambda text: said(text, language),
        t=words(language),
        language=language,
        day=lambda day: shown(day, language, "—"),
        # A narrow column may cut after the weekday.
        in_words=lambda day: in_words(day, language).replace("\u00a0", " ", 1),
        sure=certainties_in_words(language),
        landmarks=landmarks(story),
        hour=lambda at: hour(at, language),
        counted=lambda count, one: counted(count, one, language),
        href=quote,
        figures=counts,
        a_month=a_month(*counts.a_month, language),
        picture=timeline(story),
        series=table(story),
        years=[(year, tuple(found)) for year, found in groupby(lived, key=lambda row: row.at.year)],
        questions=tuple(_asked(story, one) for one in story.questions.values()),
        warnings=tuple(
            (said(one.text, language), *clause_in_words(one.clause, language), one.permanent)
            for one in story.lived.warnings
        ),
        invitations=len(sent.files),
        beyond=sent.beyond,
    )  # fmt: skip


def _parties(story: Story) -> tuple[tuple[str, tuple[str, ...]], ...]:
    became = words(story.language)["became"]
    return tuple(
        (
            story.party(key),
            tuple(
                became.format(name=later.name, day=shown(later.on, story.language))
                for later in party.renamed
                if later.on <= story.last_day and later.name != story.party(key)
            ),
        )
        for key, party in story.dossier.convention.parties.items()
    )


def _asked(story: Story, question: Question) -> _Asked:
    language = story.language
    article, says = clause_in_words(question.clause, language)
    return _Asked(
        about=said(question.about, language),
        kind=words(language)[f"question-{question.kind}"],
        ask=function_of(story.dossier, question.ask),
        article=article,
        says=says,
        readings=tuple(
            _Reading(said(one.says, language), said(one.changes, language), one.id == question.prudent)
            for one in question.readings
        ),
        answer=answer_of(question, language),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("echeancier", "templates/report"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
