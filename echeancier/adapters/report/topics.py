"""What a message is about, thing by thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from echeancier.adapters.report.story import Story
from echeancier.adapters.report.wording import words
from echeancier.domain.agenda.items import Item, Question
from echeancier.domain.dates.words import shown
from echeancier.domain.facts.dossier import Message, Told
from echeancier.domain.messages.mails import mail_of
from echeancier.domain.overview.journal import STAGE_WORDS, function_of
from echeancier.domain.typography import in_language, said

_QUESTION: Final = "question/"
_UNDELIVERED: Final = "undelivered/"
_HELD: Final = "held/"


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


def topics_of(story: Story, message: Message) -> Iterator[Topic]:
    """Yield everything that a message told its reader."""
    for told in message.told:
        about = told.about.removeprefix("meeting/")
        if about.startswith(_QUESTION):
            yield question_topic(story, about.removeprefix(_QUESTION))
        elif about.startswith(_UNDELIVERED):
            yield _undelivered(story, about.removeprefix(_UNDELIVERED))
        elif about.startswith(_HELD):
            yield from _held(story, about.removeprefix(_HELD))
        elif (item := story.by_key.get(about)) is not None:
            yield _dated(story, item, told.day, _stage(story, told))


def _dated(story: Story, item: Item, day: date | None, stage: str) -> Topic:
    row = story.row(item)
    return Topic(item.key, row.title, shown(day, story.language, ""), stage, row.article, row.certainty)


def _held(story: Story, about: str) -> Iterator[Topic]:
    """A meeting asked about after its day: the key of the item, then the day it was fixed for."""
    key, _, day = about.rpartition("/")
    if key in story.by_key:
        asked = words(story.language)["was-held"].format(day=shown(date.fromisoformat(day), story.language))
        yield _dated(story, story.by_key[key], None, asked)


def _undelivered(story: Story, message_id: str) -> Topic:
    message = story.dossier.message(message_id)
    if message is None:
        return Topic(message_id, message_id, "", "", "", "")
    day = shown(story.local(message.at).date(), story.language)
    who = function_of(story.dossier, message.role)
    to = words(story.language)["undelivered-to"].format(who=who, day=day)
    return Topic(message_id, f"{said(mail_of(message.kind).name, story.language)} {to}", "", "", "", "")


def question_topic(story: Story, key: str) -> Topic:
    """Return a question as a topic; it has no day."""
    question = story.questions.get(key)
    if question is None:
        return Topic(key, key, "", "", "", "")
    return Topic(
        about=key,
        title=said(question.about, story.language),
        day="",
        stage="",
        article=in_language(question.clause.article, story.language),
        certainty=words(story.language)[f"question-{question.kind}"],
    )


def _stage(story: Story, told: Told) -> str:
    stage = STAGE_WORDS.get(told.stage)
    return said(stage, story.language) if stage else ""


def answer_of(question: Question, language: str) -> str:
    """Return the answer to a question in words; empty while it is open."""
    reading = next((one for one in question.readings if one.id == question.answered), None)
    if reading is not None:
        return said(reading.says, language)
    return in_language(question.answered or "", language)
