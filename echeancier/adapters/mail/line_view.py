"""One dated thing of a mail, in the words of its reader's language: what and by when, its few facts, its buttons, why."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, NamedTuple

from echeancier.adapters.mail.desk_pages import forms_of
from echeancier.adapters.mail.links import LinkView
from echeancier.adapters.mail.phrases import advice, what_to_do, words
from echeancier.domain.agenda.item_row import DatedRow, without_asides
from echeancier.domain.agenda.items import Nature
from echeancier.domain.agenda.short_titles import without_details
from echeancier.domain.dates.words import hour, in_words, period_in_words
from echeancier.domain.letters.frame import named
from echeancier.domain.messages.order import Line
from echeancier.domain.terms.fields import SHORT_ROOM
from echeancier.domain.terms.item_kinds import ITEM_KINDS
from echeancier.domain.terms.policy import AFTER_A_MEETING
from echeancier.domain.typography import NBSP, quotations

_LATE = ("overdue", "escalation")
_OVER = ("past", "gone")
_WEEK, _MONTH = 7, 30
_ROUND_DAYS = {7: "week", 14: "weeks", 21: "weeks", 28: "weeks"}
_HANDED_OVER = frozenset(
    ("data", "report", "information", "document", "payment", "survey", "certificate", "statement", "incident", "answer",
     "notification", "comment", "notice")
)  # fmt: skip
"""Kinds of things that somebody gives to somebody else: a vote, a publication or a destruction is given to nobody."""
_SHORT_QUOTE = 8
"""Words of a clause that a line of reason says whole."""
_SHORT_PERIOD = 20
"""Characters of a period that a subject has room for."""


class Fact(NamedTuple):
    """One fact of a thing, with its label; the day by which it is due is ``strong``."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True)
class SubjectWords:
    """What a subject may say of a line.

    Attributes:
        names: the thing, the fullest name first.
        pattern: which of the wordings of ``words.toml``.
        kind: what such things are called, where no name of it fits.
        to: the words before the day.
        weekday, day: the day, with the day of the week and without.
        hour: where hours count.
    """

    names: tuple[str, ...]
    pattern: str
    kind: str = ""
    to: str = ""
    weekday: str = ""
    day: str = ""
    hour: str = ""


@dataclass(frozen=True)
class LineView:
    """What a mail shows of a line; an empty text is not shown.

    Attributes:
        stage: as in the line; ``pending`` when only our own prudent day is over: nothing is late then; ``hours`` for a delay
            in hours that runs.
        sentences: what is to be done, by when, what changes that.
        facts: its few facts, the day first.
        buttons: what the reader may say of it in one click, or record at the desk.
        reason: which convention and clause it comes from; ``reason_again`` the same once the convention has been named.
        latest: the day by which it is due, in words; ``subject`` the same for a subject.
        rank: how pressing it is, the most pressing first.
        former: the day told before.
        trace: how its day is found, for a mail that leads to no page.
        in_a_list: what it is called before a colon and its day.
    """

    item: str
    stage: str
    title: str
    sentences: tuple[str, ...]
    facts: tuple[Fact, ...]
    buttons: tuple[LinkView, ...]
    reason: str
    reason_again: str
    reference: str
    latest: str
    subject: SubjectWords
    rank: tuple[int, date, str]
    who: str
    former: str
    trace: str
    in_a_list: str
    asks: str
    has_links: bool
    is_late: bool
    to_do: bool


def told_apart(lines: Iterable[LineView]) -> tuple[LineView, ...]:
    """Return the lines; where each party owes its own of one thing, the title says whose, so that no two read alike."""
    found = tuple(lines)
    debtors: dict[str, set[str]] = {}
    for one in found:
        debtors.setdefault(one.title, set()).add(one.who)
    return tuple(
        replace(one, title=f"{one.title} – {one.who}") if len(debtors[one.title]) > 1 else one for one in found
    )


@dataclass(frozen=True)
class Circumstances:
    """In which circumstances a line is read.

    Attributes:
        reference, title: of the convention.
        at: the day of the mail.
        local: puts an instant in the zone of the convention's place.
        desk: address of the desk, for whoever runs the convention; None for everybody else.
        links: what the reader may say in one click, by item.
        manages: whether the reader is the manager, to whom what is over for long goes up.
    """

    reference: str
    title: str
    language: str
    at: date
    local: Callable[[datetime], datetime]
    desk: str | None = None
    links: dict[str, tuple[LinkView, ...]] | None = None
    manages: bool = False


def line_view(line: Line, reading: Circumstances) -> LineView:
    """Return a line in words."""
    return _Said(line, reading).view()


class _Said:
    """A line being put into words."""

    def __init__(self, line: Line, reading: Circumstances) -> None:
        self.line, self.reading, self.language = line, reading, reading.language
        self.words = words(reading.language)
        self.row = DatedRow(line, reading.language, reading.local, str)
        self.stage = self._stage()
        self.links = (reading.links or {}).get(line.item, ())
        self.day = self._day()
        self.hour = hour(reading.local(line.legal_last_instant), self.language) if line.legal_last_instant else ""

    def view(self) -> LineView:
        line, reading = self.line, self.reading
        forms = forms_of(reading.desk, reading.reference, line, self.words["desk"]) if reading.desk else ()
        said = {link.words for link in self.links}
        return LineView(
            item=line.item,
            stage=self.stage,
            title=self._title(),
            sentences=self._sentences(),
            facts=tuple(self._facts()),
            buttons=_likeliest_first(self.links, tuple(form for form in forms if form.words not in said)),
            reason=self._reason("full"),
            reason_again=self._reason("again"),
            reference=reading.reference,
            latest=self._latest(),
            subject=self._subject(),
            rank=(_PRESSING.index(self.stage), self.day or date.max, self.row.title),
            who=line.who,
            former=in_words(line.former_day, self.language) if line.former_day else "",
            trace=self._trace(),
            in_a_list=self._in_a_list(),
            asks=self._asks(),
            has_links=bool(self.links),
            is_late=self.stage in _LATE,
            to_do=self.stage not in _OVER and not passes_by_itself(line),
        )

    def _trace(self) -> str:
        """How the day is found, where that matters to who acts; not where it counts back from a day that does not count."""
        line = self.line
        shown = line.certainty == "contested" and line.told_on is None and "avant" not in line.trace
        return self.row.trace if shown else ""

    def _stage(self) -> str:
        line = self.line
        if line.stage == "overdue" and line.legal_last_day is None and line.legal_last_instant is None:
            return "pending"
        if line.hours_left is not None and line.stage in ("notice", "reminder", "last-call", "now"):
            return "hours"
        return line.stage

    def _day(self) -> date | None:
        """The day by which it is known: whoever owes it acts by the safe one; whoever waits, and once over, the last one."""
        line = self.line
        last = line.legal_last_day or line.safe_day
        passes = line.nature in (Nature.FACT, Nature.RUNNING)
        if passes or not line.ours or line.stage in _LATE or line.legal_last_instant is not None:
            return last
        return line.safe_day or last

    def _title(self) -> str:
        period = self._period()
        return f"{self.row.title} ({period})" if period and "(" not in self.row.title else self.row.title

    def _in_a_list(self) -> str:
        """Its title before a colon and its day; a title that has a colon gives way to its short name."""
        return self._subject().names[0] if " : " in self.row.title or ": " in self.row.title else self._title()

    def _period(self) -> str:
        return period_in_words(*self.line.covers, self.language) if self.line.covers else ""

    def _latest(self) -> str:
        if self.hour and self.line.legal_last_instant is not None:
            return self.row.last_in_a_sentence
        return in_words(self.day, self.language) if self.day else ""

    def _advice(self, what: str) -> str:
        return advice(what, self.line.kind, self.language, series=self.line.series, step=self.line.step)  # type: ignore[arg-type]

    def _sentences(self) -> tuple[str, ...]:
        line, says = self.line, self.words["says"]
        if self.stage == "gone":
            was = says["was"].format(day=in_words(line.former_day, self.language)) if line.former_day else ""
            return tuple(filter(None, (says["gone"], was)))
        if line.stage in AFTER_A_MEETING:
            return (self._asks(), self._advice("held"))
        found = [self._main()]
        if self.stage not in (*_LATE, "pending") and line.ours and self._days_differ() and line.told_on is None:
            found.append(
                says["both_days"].format(legal=self._spoken(line.legal_last_day), safe=self._spoken(line.safe_day))
            )
        if line.certainty == "contested":
            found.append(says["unsure"])
        return tuple(filter(None, found))

    def _main(self) -> str:
        line, says = self.line, self.words["says"]
        todo = what_to_do(line.kind, line.stage, self.language, ours=line.ours, series=line.series, step=line.step)
        if self.stage in (*_LATE, "pending"):
            over = "alert" if self.stage == "escalation" and self.reading.manages else self.stage
            return f"{says[over]} {todo if self.stage != 'pending' else self._advice('late') if line.ours else todo}"
        main = todo if not line.ours or todo[:1].isupper() else self._time_left(todo)
        if line.told_on is None:
            return main
        key = "reminded" if line.ours and not todo[:1].isupper() else "silence"
        said = says[key].format(day=self._spoken(line.told_on), sentence=main[:1].lower() + main[1:])
        return said if key == "reminded" else f"{said} {main}"

    def _time_left(self, todo: str) -> str:
        line, says = self.line, self.words["says"]
        if line.hours_left is not None:
            return str(says["hours"].format(left=self._hours(line.hours_left), do=todo))
        if self.day is None:
            return f"{todo[:1].upper()}{todo[1:]}. {says['no_day']}"
        days = (self.day - self.reading.at).days
        if days <= 0:
            return str(says["today"].format(do=todo))
        if days == 1:
            return str(says["tomorrow"].format(do=todo))
        return str(says["left"].format(left=self._days(days), do=todo))

    def _days(self, days: int) -> str:
        left = self.words["left"]
        if days in _ROUND_DAYS:
            return str(left[_ROUND_DAYS[days]].format(n=days // _WEEK))
        if days > 2 * _MONTH:
            return str(left["months"].format(n=round(days / 30.4)))
        return str(left["days"].format(n=days))

    def _hours(self, hours: int) -> str:
        left = self.words["left"]
        return str(left["no_hour"] if hours == 0 else left["hour"] if hours == 1 else left["hours"].format(n=hours))

    def _days_differ(self) -> bool:
        line = self.line
        days = {line.safe_day, line.legal_last_day}
        return len(days) > 1 and None not in days and line.legal_last_instant is None and not passes_by_itself(line)

    def _spoken(self, day: date | None) -> str:
        """A day in a sentence: its month only where it is not that of the mail, its year likewise."""
        if day is None:
            return ""
        at = self.reading.at
        said = in_words(day, self.language)
        return said.rpartition(NBSP)[0] if day.year == at.year else said

    def _facts(self) -> Iterable[Fact]:
        line, label = self.line, self.words["facts"]
        again = line.told_on is not None
        if self.stage == "gone" or line.stage in AFTER_A_MEETING:
            return
        if self.row.meeting_in_a_sentence:
            yield Fact(label["meeting_at"], self.row.meeting_in_a_sentence, strong=True)
        elif self._latest():
            over = self.stage in (*_LATE, "pending")
            to = self._advice("to" if line.ours else "get")
            head = (
                label["advised" if line.legal_last_day is None and line.legal_last_instant is None else "over"]
                if over
                else label["last_day"]
                if passes_by_itself(line)
                else label["latest"].format(to=to)
            )
            yield Fact(head, self._latest(), strong=True)
        if line.proposed and not line.meeting_at:
            yield Fact(label["proposed"], in_words(line.proposed, self.language))
        if self._is_handed_over() and not again:
            yield Fact(label["to_whom"], self._institution(line.to_whom))
        if not line.ours and line.who:
            yield Fact(label["by"], self._institution(line.who))
        for function, address in line.tell:
            yield Fact(label["tell"], f"{function}, {address}")
        if self.row.standing:
            yield Fact(label["standing"], _in_short(self.row.standing))

    def _is_handed_over(self) -> bool:
        line = self.line
        return line.kind in _HANDED_OVER and line.ours and bool(line.to_whom) and line.to_whom != line.who

    def _institution(self, name: str) -> str:
        return named(name) if self.language != "en" else name

    def _reason(self, which: Literal["full", "again"]) -> str:
        says = quoted(self.row.says) if self.line.told_on is None else ""
        return because(self.reading, self.row.article, says, again=which == "again")

    def _asks(self) -> str:
        line = self.line
        if line.stage not in AFTER_A_MEETING or line.meeting_at is None:
            return ""
        day = in_words(line.meeting_at.date(), self.language, weekday=False).rpartition(NBSP)[0]
        asked: dict[str, str] = self.words["held"]
        return asked.get(line.kind, asked["meeting"]).format(day=day)

    def _subject(self) -> SubjectWords:
        line = self.line
        title = self.row.title
        short = line.short.in_language(self.language) if line.short else without_details(title)
        period = self._period()
        if line.covers and line.covers[1].year == self.reading.at.year:
            period = period.removesuffix(f"{NBSP}{line.covers[1].year}")
        with_period = f"{short} {period}" if period and len(period) <= _SHORT_PERIOD and period not in short else ""
        kind = ITEM_KINDS[line.kind].called.in_language(self.language).capitalize()
        names = [with_period, title if len(title) <= SHORT_ROOM and ":" not in title else "", short, title]
        if self._asks():
            return SubjectWords((self._asks(),), "no_day")
        kept = tuple(dict.fromkeys(name for name in names if name))
        if self.day is None:
            return SubjectWords(kept, "no_day")
        return SubjectWords(
            kept,
            self._pattern(),
            kind=kind,
            to=self._advice("to" if line.ours else "get").lower(),
            weekday=self._spoken(self.day),
            day=_without_weekday(self._spoken(self.day)),
            hour=self.hour,
        )

    def _pattern(self) -> str:
        line = self.line
        if self.stage == "overdue" and not line.ours:
            return "awaited"
        if self.stage in ("overdue", "pending", "escalation", "hours"):
            return self.stage
        if passes_by_itself(line):
            return "end"
        if line.kind == "notice":
            return "faculty"
        return "last-call" if self.stage == "last-call" else "due"


_PRESSING = (
    "hours", "escalation", "overdue", "last-call", "held-again", "held", "pending", "reminder", "notice", "now", "past", "gone",
)  # fmt: skip


def passes_by_itself(line: Line) -> bool:
    """Whether nothing is to be done by that day: it comes by itself."""
    return line.nature in (Nature.FACT, Nature.RUNNING, Nature.RIGHT_OF_OTHERS)


def _without_weekday(spoken: str) -> str:
    return spoken.partition(NBSP)[2]


def quoted(says: str) -> str:
    """Return a clause as a line of reason says it: whole where it is short, else the words it quotes, or nothing."""
    return says if len(says.split()) <= _SHORT_QUOTE else ", ".join(quotations(says))


def because(reading: Circumstances, article: str, says: str, *, again: bool = False) -> str:
    """Return the line of reason: the convention (by its reference alone once it was named), where it is written, what it says."""
    patterns: dict[str, str] = words(reading.language)["reason"]
    origin = reading.reference if again else patterns["origin"].format(title=reading.title, reference=reading.reference)
    said = patterns["says" if says else "where"].format(origin=origin, article=without_asides(article), says=says)
    return said if said.endswith((".", "…", "!", "?")) else f"{said}."


_PERIOD = re.compile(r"^(?:du|from) [^:]*?\s?: ")


def _in_short(standing: str) -> str:
    """Where a thing stands, without the days of its period nor what follows the first semicolon."""
    return _PERIOD.sub("", re.split(r"\s?; ", standing, maxsplit=1)[0])


_SETTLES = re.compile(r"fait|reçu|signé|décidé|done|received|signed|decided", re.IGNORECASE)


def _likeliest_first(links: tuple[LinkView, ...], forms: tuple[LinkView, ...]) -> tuple[LinkView, ...]:
    """What settles the thing comes first, be it a link or a form of the desk."""
    settled = any(_SETTLES.search(link.words) for link in links)
    return (*links, *forms) if settled or not forms else (*forms[:1], *links, *forms[1:])


def named_once(lines: Iterable[LineView]) -> tuple[LineView, ...]:
    """Return the lines in their order; each convention is named in full the first time only."""
    found, seen = [], set[str]()
    for line in lines:
        found.append(replace(line, reason=line.reason_again) if line.reference in seen else line)
        seen.add(line.reference)
    return tuple(found)
