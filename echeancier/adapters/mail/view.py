"""What one convention says to one person, in the words of the reader's language: the values that the templates name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from echeancier.adapters.mail.desk_pages import convention_page
from echeancier.adapters.mail.letter_view import letter_view
from echeancier.adapters.mail.line_view import (
    Circumstances,
    LineView,
    because,
    line_view,
    named_once,
    quoted,
    told_apart,
)
from echeancier.adapters.mail.links import NO_LINKS, Links
from echeancier.adapters.mail.phrases import words
from echeancier.adapters.mail.question_view import question_views
from echeancier.adapters.mail.subjects import of_lines
from echeancier.domain.agenda.short_titles import without_details
from echeancier.domain.dates.words import hour, in_a_sentence, in_words
from echeancier.domain.letters.frame import named
from echeancier.domain.messages.order import Line, MeetingNotice, MessageOrder, NewsItem
from echeancier.domain.messages.questions import Questions
from echeancier.domain.typography import NBSP, quotable


@dataclass(frozen=True)
class Coming:
    """The same thing coming back: its first line, and its other days."""

    first: LineView
    later: tuple[str, ...]


@dataclass(frozen=True)
class NewsView:
    """Something that happened, in words; an empty text is not shown."""

    title: str
    name: str
    says: str
    reason: str
    stops: tuple[str, ...]
    goes_on: tuple[str, ...]
    todo: str


@dataclass(frozen=True)
class MeetingView:
    """A meeting in words; ``name`` is its title as a subject says it."""

    title: str
    name: str
    day: str
    short: str
    day_and_hour: str
    starts: str
    ends: str
    length: str
    previous: str
    place: str
    video_link: str
    guests: tuple[str, ...]
    topics: tuple[str, ...]
    indicators: tuple[str, ...]
    reason: str
    next_dates: tuple[str, ...]
    changed: tuple[str, ...]
    is_renamed: bool


def values_of(
    order: MessageOrder,
    desk_url: str | None,
    local: Callable[[datetime], datetime],
    links: Links = NO_LINKS,
) -> dict[str, Any]:
    """Return every value a template may name, the same names whatever the kind of message.

    Args:
        order: what is to be said.
        desk_url: address of the web desk, given only to whoever runs the convention.
        local: puts an instant in the zone of the convention's place.
        links: what the reader may say in one click.
    """
    language = order.to.language
    at = local(order.at).date()
    coordinates = runs_it(order)
    desk = desk_url if coordinates else None
    title = order.title.in_language(language)
    reading = Circumstances(
        order.reference, title, language, at, local, desk, dict(links.by_item), manages=order.to.role == "manager"
    )
    told = told_apart(line_view(_named(line, order), reading) for line in order.lines)
    lines = named_once(sorted(told, key=lambda line: line.rank))
    return {
        "reference": order.reference,
        "title": title,
        "number": order.number,
        "between": _joined(order.parties, language),
        "effect": _day(order.effect_on, language),
        "ends": _day(order.ends_on, language),
        "ends_short": in_words(order.ends_on, language, weekday=False) if order.ends_on else "",
        "bound": _day(order.bound_until, language),
        "renews": order.renews.in_language(language) if order.renews else "",
        "operational": _day(order.operational_from, language),
        "lines": lines,
        "coming": _coming(lines),
        "subjects": of_lines(lines, language) if lines else (),
        "questions": question_views(
            order.questions, reading, alone=order.kind == Questions.kind, letters=len(order.letters)
        ),
        "meeting": _meeting(order.meeting, order, language, at) if order.meeting else None,
        "told": order.told,
        "ask_function": order.ask[0],
        "ask_address": order.ask[1],
        "coordinates": coordinates,
        "answer_links": links.answers,
        "desk_page": convention_page(desk, order.reference) if desk else "",
        "desk_word": words(language)["desk"]["convention"],
        "warnings": tuple(text.in_language(language) for text in order.warnings),
        "reason": order.reason,
        "answers": tuple((function, says.in_language(language)) for function, says in order.answers),
        "heard": tuple(said.in_language(language) for said in order.heard),
        "letters": tuple(letter_view(news, order.reference, language, desk) for news in order.letters),
        "enclosed": tuple(_in_a_word(one.says.in_language(language)) for one in order.enclosures),
        "news": tuple(_news(one, reading) for one in order.news),
        "detail": order.detail.in_language(language) if order.detail else "",
    }


def runs_it(order: MessageOrder) -> bool:
    """Whether the reader is who runs the convention."""
    return order.to.address.casefold() == order.ask[1].casefold()


def _joined(parties: tuple[str, ...], language: str) -> str:
    """The parties as a sentence says them after « entre »."""
    *before, last = map(named, parties) if language != "en" else parties
    return f"{', '.join(before)} {'and' if language == 'en' else 'et'} {last}" if before else last


def _named(line: Line, order: MessageOrder) -> Line:
    """A line with its institutions joined in the reader's language."""
    if order.to.language != "en":
        return line
    names = {" et ".join(order.parties): " and ".join(order.parties)}
    return line.model_copy(
        update={"who": names.get(line.who, line.who), "to_whom": names.get(line.to_whom, line.to_whom)}
    )


def local_to(zone: str) -> Callable[[datetime], datetime]:
    """Return what puts an instant given in UTC in ``zone``; one with another offset is local already."""

    def local(instant: datetime) -> datetime:
        return instant if instant.utcoffset() else instant.astimezone(ZoneInfo(zone))

    return local


def _in_a_word(says: str) -> str:
    """What is joined, without what it holds."""
    return re.split(r"\s?: ", says, maxsplit=1)[0]


def _day(day: date | None, language: str) -> str:
    return in_words(day, language) if day else ""


def short(day: date, at: date, language: str) -> str:
    """Return a day as a subject says it: without its year when that is the year of the mail."""
    words_of_it = in_words(day, language, weekday=False)
    return words_of_it.rpartition(NBSP)[0] if day.year == at.year else words_of_it


def _coming(lines: tuple[LineView, ...]) -> tuple[Coming, ...]:
    """The lines to come, each series once, the soonest first."""
    found: dict[tuple[str, str], list[LineView]] = {}
    for line in sorted((line for line in lines if line.stage not in ("past", "gone")), key=lambda line: line.rank[1]):
        name = line.subject.names[-1] if line.subject.names else line.title
        found.setdefault((name, line.who), []).append(line)
    return tuple(Coming(first, tuple(line.latest for line in later)) for first, *later in found.values())


def _news(one: NewsItem, reading: Circumstances) -> NewsView:
    language = reading.language
    clause = quoted(one.clause.in_language(language)) if one.clause else ""
    title = one.title.in_language(language)
    return NewsView(
        title=title,
        name=without_details(title),
        says=one.says.in_language(language),
        reason=because(reading, one.article, clause) if one.article else "",
        stops=tuple(text.in_language(language) for text in one.stops),
        goes_on=tuple(text.in_language(language) for text in one.goes_on),
        todo=one.todo.in_language(language) if one.todo else "",
    )


def _meeting(notice: MeetingNotice, order: MessageOrder, language: str, at: date) -> MeetingView:
    zone = ZoneInfo(notice.time_zone)
    start = notice.starts_at.astimezone(zone)
    end = (notice.starts_at.astimezone(UTC) + timedelta(minutes=notice.minutes)).astimezone(zone)
    previous = notice.previous_start.astimezone(zone) if notice.previous_start else None
    chairs = " (chairs)" if language == "en" else " (préside)"
    title = notice.title.in_language(language)
    shorter = next((line.short.in_language(language) for line in order.lines if line.short), without_details(title))
    return MeetingView(
        title=title,
        name=shorter,
        day=in_words(start.date(), language, weekday=False),
        short=short(start.date(), at, language),
        day_and_hour=in_a_sentence(start, language),
        starts=hour(start, language),
        ends=hour(end, language),
        length=_length(notice.minutes),
        previous=in_a_sentence(previous, language) if previous else "",
        place=notice.place,
        video_link=notice.video_link,
        guests=tuple(guest.function + (chairs if guest.chairs else "") for guest in notice.guests),
        topics=tuple(quotable(one.in_language(language), language) for one in notice.topics),
        indicators=tuple(quotable(one.in_language(language), language) for one in notice.indicators),
        reason=notice.reason,
        next_dates=tuple(in_words(day, language) for day in notice.next_dates),
        changed=tuple(words(language)["changed"][name] for name in notice.changed),
        is_renamed="names" in notice.changed,
    )


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"
