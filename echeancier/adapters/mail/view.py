"""A whole message in the words of its reader's language: the values that its templates name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from echeancier.adapters.mail.letter_view import letter_view
from echeancier.adapters.mail.line_view import LineView, line_view, told_apart
from echeancier.adapters.mail.links import NO_LINKS, Links
from echeancier.adapters.mail.phrases import words
from echeancier.domain.dates.words import hour, in_a_sentence, in_words
from echeancier.domain.letters.frame import named
from echeancier.domain.messages.order import Asked, Line, MeetingNotice, MessageOrder, NewsItem
from echeancier.domain.typography import NBSP, quotable

_STAGES = (
    "escalation", "overdue", "pending", "hours", "last-call", "soon", "ending", "held-again", "held", "reminder", "notice", "now",
    "past", "gone",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The lines of one stage, the most pressing stages first."""

    stage: str
    heading: str
    says: str
    subject: str
    lines: tuple[LineView, ...]
    first_day: str
    first_short: str


@dataclass(frozen=True)
class Series:
    """The same thing coming back: its first line, and its other days as (safe day, last day allowed)."""

    first: LineView
    later: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class QuestionView:
    """A question in words."""

    id: str
    kind: str
    about: str
    status: str
    readings: tuple[tuple[str, str], ...]
    article: str
    says: str
    expected: str
    since: str
    command: str
    about_the_file: bool


@dataclass(frozen=True)
class NewsView:
    """Something that happened, in words; an empty text is not shown."""

    title: str
    says: str
    article: str
    clause: str
    stops: tuple[str, ...]
    goes_on: tuple[str, ...]
    todo: str


@dataclass(frozen=True)
class MeetingView:
    """A meeting in words."""

    title: str
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


def values_of(
    order: MessageOrder,
    desk_url: str | None,
    local: Callable[[datetime], datetime],
    links: Links = NO_LINKS,
) -> dict[str, object]:
    """Return every value a template may name, the same names whatever the kind of message.

    Args:
        order: what is to be said.
        desk_url: address of the web desk, given only to whoever runs the convention.
        local: puts an instant in the zone of the convention's place.
        links: what the reader may say in one click.
    """
    language = order.to.language
    at = local(order.at).date()
    lines = told_apart(
        line_view(_named(line, order), order.reference, language, local, links.by_item.get(line.item, ()), at=at)
        for line in order.lines
    )
    coordinates = order.to.address.casefold() == order.ask[1].casefold()
    return {
        "reference": order.reference,
        "title": quotable(order.title.in_language(language), language),
        "number": order.number,
        "parties": _in_a_sentence(order.parties, language),
        "effect": _day(order.effect_on, language),
        "ends": _day(order.ends_on, language),
        "ends_short": in_words(order.ends_on, language, weekday=False) if order.ends_on else "",
        "bound": _day(order.bound_until, language),
        "renews": order.renews.in_language(language) if order.renews else "",
        "operational": _day(order.operational_from, language),
        "lines": lines,
        "groups": _groups(lines, language, at),
        "series": _series(lines),
        "rules": _rules(lines),
        "first_day": _first_day(lines, language),
        "first_short": _first_day(lines, language, at),
        "questions": tuple(_question(asked, language) for asked in order.questions),
        "meeting": _meeting(order.meeting, language, local(order.at).date()) if order.meeting else None,
        "function": order.to.function,
        "told": order.told,
        "ask_function": order.ask[0],
        "ask_address": order.ask[1],
        "coordinates": coordinates,
        "answer_links": links.answers,
        "has_links": bool(links.by_item),
        "desk_url": desk_url if coordinates else None,
        "warnings": tuple(text.in_language(language) for text in order.warnings),
        "reason": order.reason,
        "answers": tuple((function, says.in_language(language)) for function, says in order.answers),
        "stands_in_for": tuple((name, in_words(until, language)) for name, until in order.stands_in_for),
        "heard": tuple(said.in_language(language) for said in order.heard),
        "letters": tuple(
            letter_view(news, order.reference, language, desk_url if coordinates else None) for news in order.letters
        ),
        "enclosed": tuple(one.says.in_language(language) for one in order.enclosures),
        "news": tuple(_news(one, language) for one in order.news),
        "detail": order.detail.in_language(language) if order.detail else "",
    }


def _in_a_sentence(parties: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The two parties as French says them after « entre »; more of them stand in a list, by their bare names."""
    return tuple(map(named, parties)) if language != "en" and len(parties) == _TWO else parties


def _named(line: Line, order: MessageOrder) -> Line:
    """A line with its institutions joined in the reader's language, and the reader's own called « vous »."""
    names = {" et ".join(order.parties): " and ".join(order.parties)} if order.to.language == "en" else {}
    own = line.who if line.ours else line.to_whom if len(order.parties) == _TWO else ""
    if own in order.parties:
        names[own] = f"{'you' if order.to.language == 'en' else 'vous'} ({own})"
    return line.model_copy(
        update={"who": names.get(line.who, line.who), "to_whom": names.get(line.to_whom, line.to_whom)}
    )


_TWO = 2
"""With two parties, whatever is not owed by the reader's side is owed to it."""


def local_to(zone: str) -> Callable[[datetime], datetime]:
    """Return what puts an instant given in UTC in ``zone``; one with another offset is local already."""

    def local(instant: datetime) -> datetime:
        return instant if instant.utcoffset() else instant.astimezone(ZoneInfo(zone))

    return local


def _day(day: date | None, language: str) -> str:
    return in_words(day, language) if day else ""


def _first_day(lines: Iterable[LineView], language: str, at: date | None = None) -> str:
    """The first day of the lines, as a subject says it when ``at`` is the day of the mail."""
    days = [
        (line.first_day, line.first_hour) for line in lines if line.first_day and line.stage not in ("past", "gone")
    ]
    if not days:
        return ""
    day, at_hour = min(days)
    said = in_words(day, language, weekday=False) if at is None else short(day, at, language)
    return f"{said}, {at_hour}" if at_hour else said


def short(day: date, at: date, language: str) -> str:
    """Return a day as a subject says it: without its year when that is the year of the mail."""
    words_of_it = in_words(day, language, weekday=False)
    return words_of_it.rpartition(NBSP)[0] if day.year == at.year else words_of_it


def _series(lines: tuple[LineView, ...]) -> tuple[Series, ...]:
    coming = [line for line in lines if line.stage not in ("past", "gone")]
    found: dict[tuple[str, ...], list[LineView]] = {}
    for line in coming:
        found.setdefault((line.title, line.article, line.who, line.certainty, line.do), []).append(line)
    return tuple(Series(first, tuple((line.safe, line.legal) for line in later)) for first, *later in found.values())


def _rules(lines: tuple[LineView, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.rule for line in lines if line.rule and line.stage != "past"))


def _groups(lines: tuple[LineView, ...], language: str, at: date) -> tuple[Group, ...]:
    stages = words(language)["stage"]
    return tuple(
        Group(
            stage,
            stages[stage]["heading"],
            stages[stage]["says"],
            stages[stage]["subject"],
            found,
            _first_day(found, language),
            _first_day(found, language, at),
        )
        for stage in _STAGES
        if (found := tuple(line for line in lines if line.stage == stage))
    )


def _question(asked: Asked, language: str) -> QuestionView:
    label = words(language)["question"]
    return QuestionView(
        id=asked.id,
        kind=asked.kind,
        about=asked.about.in_language(language),
        status=label[asked.kind],
        readings=tuple((says.in_language(language), turns.in_language(language)) for says, turns in asked.readings),
        article=asked.article,
        says=asked.says.in_language(language),
        expected=label.get(asked.answer, label["text"]),
        since=_day(asked.since, language),
        command=f"question-answered --question {asked.id}{_flag(asked, label)}",
        about_the_file=asked.id.startswith(("close-without/", "was-done/")),
    )


def _news(one: NewsItem, language: str) -> NewsView:
    return NewsView(
        title=one.title.in_language(language),
        says=one.says.in_language(language),
        article=one.article,
        clause=one.clause.in_language(language) if one.clause else "",
        stops=tuple(text.in_language(language) for text in one.stops),
        goes_on=tuple(text.in_language(language) for text in one.goes_on),
        todo=one.todo.in_language(language) if one.todo else "",
    )


def _flag(asked: Asked, label: Mapping[str, str]) -> str:
    """How the command gives the answer: the option, and what to write after it."""
    option = {"reading": "reading", "date": "day", "months": "months", "amount": "amount"}.get(asked.answer, "text")
    return f" --{option} {'|'.join(asked.names) or label['give-' + option]}"


def _meeting(notice: MeetingNotice, language: str, at: date) -> MeetingView:
    zone = ZoneInfo(notice.time_zone)
    start = notice.starts_at.astimezone(zone)
    end = (notice.starts_at.astimezone(UTC) + timedelta(minutes=notice.minutes)).astimezone(zone)
    previous = notice.previous_start.astimezone(zone) if notice.previous_start else None
    chairs = " (chairs)" if language == "en" else " (préside)"
    return MeetingView(
        title=notice.title.in_language(language),
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
    )


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02d}" if rest else f"{hours}{NBSP}h"
