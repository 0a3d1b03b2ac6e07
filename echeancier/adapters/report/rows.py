"""What happened, line by line: every message and fact, those that say the same to several people joined."""

from dataclasses import dataclass
from datetime import datetime

from echeancier.adapters.report.fact_clauses import clauses_of
from echeancier.adapters.report.invitations import Invitations
from echeancier.adapters.report.mailbag import Mailbag
from echeancier.adapters.report.story import Story
from echeancier.adapters.report.topics import Topic, answer_of, question_topic, topics_of
from echeancier.adapters.report.wording import words
from echeancier.domain.dates.words import hour, shown
from echeancier.domain.facts.dossier import Message
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.overview.journal import Entry, journal
from echeancier.domain.typography import in_language, said


@dataclass(frozen=True)
class Reader:
    """Whoever received a message, and the file of its mail; ``file`` is empty when nothing was captured."""

    name: str
    file: str


@dataclass(frozen=True)
class ReportRow:
    """One line of the report.

    Attributes:
        at: local instant.
        sort: ``message``, ``fact`` or ``terms``.
        readers: who was written to; of a fact, who recorded it.
        calendars: paths of the calendar files that went with it.
    """

    at: datetime
    sort: str
    kind: str
    what: str
    topics: tuple[Topic, ...]
    readers: tuple[Reader, ...]
    calendars: tuple[str, ...]
    articles: tuple[str, ...]
    result: str


def rows(story: Story, mailbag: Mailbag, sent: Invitations) -> tuple[ReportRow, ...]:
    """Return every message and fact, oldest first; messages that say the same at the same time share a row."""
    messages = {message.id: message for message in story.dossier.outbox}
    records = {(record.id, record.recorded_at): record for record in story.dossier.facts}
    found: dict[tuple[object, ...], ReportRow] = {}
    for entry in journal(story.dossier):
        if entry.sort == "message":
            row = _message(story, messages[entry.ref], entry, mailbag, sent)
            alike: tuple[object, ...] = (row.at, row.kind, row.topics, row.result)
        else:
            row = _fact(story, records.get((entry.ref, entry.at)), entry)
            alike = (row.at, row.sort, entry.ref, row.what)
        known = found.get(alike)
        found[alike] = row if known is None else _joined(known, row)
    return tuple(found.values())


def _joined(one: ReportRow, other: ReportRow) -> ReportRow:
    calendars = tuple(dict.fromkeys((*one.calendars, *other.calendars)))
    return ReportRow(
        one.at, one.sort, one.kind, one.what, one.topics, (*one.readers, *other.readers), calendars,
        one.articles, one.result,
    )  # fmt: skip


def _message(story: Story, message: Message, entry: Entry, mailbag: Mailbag, sent: Invitations) -> ReportRow:
    topics = tuple(topics_of(story, message))
    calendar = sent.of_message.get(message.id)
    return ReportRow(
        at=story.local(message.at),
        sort="message",
        kind=message.kind,
        what=_heading(story, message),
        topics=topics,
        readers=(Reader(entry.who, mailbag.file_of(message)),),
        calendars=(calendar,) if calendar else (),
        articles=tuple(dict.fromkeys(topic.article for topic in topics if topic.article)),
        result=said(entry.result, story.language),
    )


def _heading(story: Story, message: Message) -> str:
    heading = said(mail_of(message.kind).name, story.language)
    if message.meeting is None:
        return heading
    start = story.local(message.meeting.starts_at)
    return words(story.language)["meeting-on"].format(
        what=heading, day=shown(start.date(), story.language), hour=hour(start, story.language)
    )


def _fact(story: Story, record: Recorded | None, entry: Entry) -> ReportRow:
    fact = record.fact if record else None
    key = fact.question if isinstance(fact, QuestionAnswered) else ""
    topics = (question_topic(story, key),) if key else ()
    articles = [entry.why] if entry.why else [topic.article for topic in topics]
    if fact is not None and not articles:
        articles = [clause.article for clause in clauses_of(story.dossier.convention, fact)]
    return ReportRow(
        at=story.local(entry.at),
        sort=entry.sort,
        kind=entry.kind,
        what=said(entry.what, story.language),
        topics=topics,
        readers=(Reader(entry.who, ""),),
        calendars=(),
        articles=tuple(in_language(article, story.language) for article in articles),
        result=_answer(story, key) if key else said(entry.result, story.language),
    )


def _answer(story: Story, key: str) -> str:
    question = story.questions.get(key)
    answer = answer_of(question, story.language) if question else ""
    return words(story.language)["answered"].format(answer=answer)
