"""What happened, line by line: every message and every fact, those that say the same to several people joined."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from adapters.mail_typography import in_language
from adapters.report.invitations import Invitations
from adapters.report.mailbag import Mailbag
from adapters.report.story import Story
from adapters.report.wording import said, shown, words
from domain.dossier import Message, Told
from domain.convention import Clause, Convention
from domain.facts import (
    ActAdopted,
    ActPublished,
    ActTransmitted,
    Fact,
    LetterPosted,
    QuestionAnswered,
    Recorded,
    Signed,
)
from domain.items import Question
from domain.journal import MESSAGE_WORDS, STAGE_WORDS, Entry, journal
from domain.labels import CERTAINTIES

_QUESTION: Final = "question/"


@dataclass(frozen=True)
class Topic:
    """One thing a message or a fact is about.

    Attributes:
        day: the last day told, in figures; empty without one.
        stage: at which of its times it is spoken of, in words.
        certainty: how sure the day is, in words; empty when there is no day.
    """

    about: str
    title: str
    day: str
    stage: str
    article: str
    certainty: str


@dataclass(frozen=True)
class Reader:
    """Whoever received a message, and the file of its mail; ``file`` is empty when nothing was captured."""

    name: str
    file: str


@dataclass(frozen=True)
class Row:
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


def rows(story: Story, mailbag: Mailbag, sent: Invitations) -> tuple[Row, ...]:
    """Return every message and fact, oldest first; one row for the messages that say the same at the same time."""
    messages = {message.id: message for message in story.dossier.outbox}
    records = {(record.id, record.recorded_at): record for record in story.dossier.facts}
    found: dict[tuple[object, ...], Row] = {}
    for entry in journal(story.dossier):
        if entry.sort == "message":
            row = _message(story, messages[entry.ref], entry, mailbag, sent)
            alike = (row.at, row.kind, row.topics, row.result)
        else:
            row = _fact(story, records.get((entry.ref, entry.at)), entry)
            alike = (row.at, row.sort, entry.ref, row.what)
        known = found.get(alike)
        found[alike] = row if known is None else _joined(known, row)
    return tuple(found.values())


def _joined(one: Row, other: Row) -> Row:
    calendars = tuple(dict.fromkeys((*one.calendars, *other.calendars)))
    return Row(
        one.at, one.sort, one.kind, one.what, one.topics, (*one.readers, *other.readers), calendars,
        one.articles, one.result,
    )  # fmt: skip


def _message(story: Story, message: Message, entry: Entry, mailbag: Mailbag, sent: Invitations) -> Row:
    topics = tuple(_topics(story, message))
    calendar = sent.of_message.get(message.id)
    return Row(
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
    heading = said(MESSAGE_WORDS[message.kind], story.language)
    if message.meeting is None:
        return heading
    start = story.local(message.meeting.starts_at)
    label = words(story.language)
    return label["meeting-on"].format(
        what=heading, day=shown(start.date(), story.language), hour=f"{start:%H:%M}".replace(":", label["hour-mark"])
    )


def _topics(story: Story, message: Message) -> Iterator[Topic]:
    for told in message.told:
        if told.about.startswith(_QUESTION):
            yield _question(story, told.about.removeprefix(_QUESTION))
        elif (item := story.by_key.get(told.about.removeprefix("meeting/"))) is not None:
            yield Topic(
                about=item.key,
                title=said(item.title, story.language),
                day=shown(told.day, story.language, ""),
                stage=_stage(story, told),
                article=in_language(item.clause.article, story.language),
                certainty=said(CERTAINTIES[item.certainty], story.language),
            )


def _question(story: Story, key: str) -> Topic:
    question = story.questions.get(key)
    if question is None:
        return Topic(key, key, "", "", "", "")
    return Topic(
        key, said(question.about, story.language), "", "", in_language(question.clause.article, story.language),
        words(story.language)[f"question-{question.kind}"],
    )  # fmt: skip


def _stage(story: Story, told: Told) -> str:
    stage = STAGE_WORDS.get(told.stage)
    return said(stage, story.language) if stage else ""


def _fact(story: Story, record: Recorded | None, entry: Entry) -> Row:
    fact = record.fact if record else None
    key = fact.question if isinstance(fact, QuestionAnswered) else ""
    topics = (_question(story, key),) if key else ()
    articles = [entry.why] if entry.why else [topic.article for topic in topics]
    if fact is not None and not articles:
        articles = [clause.article for clause in _clauses(story.dossier.convention, fact)]
    return Row(
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
    return answer_of(question, story.language) if question else ""


def answer_of(question: Question, language: str) -> str:
    """Return the answer to a question in words; empty while it is open."""
    reading = next((one for one in question.readings if one.id == question.answered), None)
    if reading is not None:
        return said(reading.says, language)
    return in_language(question.answered or "", language)


def _clauses(convention: Convention, fact: Fact) -> tuple[Clause, ...]:
    """Return the clause behind a fact that is about no dated thing: the act, a signature, a letter."""
    ids: tuple[str, ...] = ()
    if isinstance(fact, ActAdopted | ActPublished | ActTransmitted) and convention.act:
        ids = convention.act.clauses
    elif isinstance(fact, Signed):
        ids = convention.parties[fact.party].clauses
    elif isinstance(fact, LetterPosted):
        ids = next((rule.clauses for rule in convention.termination if rule.id == fact.rule), ())
    return (convention.clause_of(ids),) if ids else ()
