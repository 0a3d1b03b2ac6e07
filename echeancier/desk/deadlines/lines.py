"""What falls due, from one list of the engine: filters, lines, and how many by month. No date is computed here."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from echeancier.desk.convention.view import KINDS, STATUSES
from echeancier.desk.reading.seen import Seen
from echeancier.desk.words import sayer
from echeancier.domain.agenda.end_shown import label_of, words_of
from echeancier.domain.agenda.item_row import item_row, title_in_words
from echeancier.domain.agenda.items import TO_DO, State
from echeancier.domain.dates.delays import add_months
from echeancier.domain.dates.words import how_far
from echeancier.domain.model import Text
from echeancier.domain.typography import french, said
from echeancier.engine.gateway import Row

WINDOWS: Final = (3, 6, 12)
"""Months ahead that may be asked for."""

PLACE: Final = ZoneInfo("Europe/Paris")
"""Where « today » is."""

FILTERS: Final = ("partner", "service", "status", "kind")
_SOON: Final = 30
_NEAR: Final = 90


@dataclass(frozen=True)
class ConventionDue:
    """One convention of the window.

    Attributes:
        level: ``late``, ``soon`` or ``calm``; ``urgency`` says it in words.
        next_step: the next step of its renewal, and what threatens it; empty while its dossier is not read.
        renews: what happens at the end of a term that renews itself; empty for any other, and while its dossier is not read.
        last_instant: day and hour, in figures, at which the first of its delays in hours ends; empty for the same reasons.
    """

    row: Row
    title: str
    level: str
    urgency: str
    status: str
    kind: str
    next_step: str
    threat: str
    renews: str = ""
    last_instant: str = ""

    @property
    def end_label(self) -> Text:
        """What the day of its end is called."""
        return label_of(renews_itself=self.row.renews_itself)

    @property
    def end_words(self) -> Text:
        """The words right before that day."""
        return words_of(renews_itself=self.row.renews_itself)

    @property
    def first_day(self) -> date | None:
        """The earliest of its days."""
        return min(days(self.row), default=None)


@dataclass(frozen=True)
class Month:
    """How many ends, renewals and posting days fall in a month."""

    first: date
    ends: int
    renewals: int
    posts: int


def window_of(asked: str) -> int:
    """Return the months asked for, a year when it is not one of those offered."""
    return int(asked) if asked in {str(months) for months in WINDOWS} else 12


def until(today: date, months: int) -> date:
    """Return the last day of a window."""
    return add_months(today, months)


def widest(now: datetime) -> date:
    """Return the last day of the widest window: the one list that every window is cut from."""
    return until(now.astimezone(PLACE).date(), WINDOWS[-1])


def days(row: Row) -> tuple[date, ...]:
    """Return the days of a row that are known."""
    return tuple(day for day in (row.next_posting_day, row.next_safe_day, row.bound_until) if day is not None)


def still_to_come(rows: Iterable[Row], today: date) -> list[Row]:
    """Leave out what is over and asks nothing: its end is behind us and no day is left."""
    return [r for r in rows if r.has_alert or r.next_safe_day or any(day >= today for day in days(r))]


def matching(rows: Iterable[Row], asked: Mapping[str, str]) -> list[Row]:
    """Return the rows that have every value asked for."""
    wanted = {name: asked[name] for name in FILTERS if asked.get(name)}
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]


def offered(rows: Iterable[Row], language: str) -> dict[str, list[tuple[str, str]]]:
    """Return, for each filter, the values found and their words."""
    found = list(rows)
    words = {"status": STATUSES, "kind": KINDS}
    return {
        name: [(v, _word(words.get(name), v, language)) for v in sorted({getattr(row, name) for row in found}) if v]
        for name in FILTERS
    }


def _word(words: Mapping[str, Text] | None, value: str, language: str) -> str:
    return said(words[value], language) if words and value in words else french(value)


def lines(rows: Iterable[Row], known: Mapping[str, Seen], today: date, language: str) -> list[ConventionDue]:
    """Return one line per convention, the most pressing first."""
    found = [_line(row, known.get(row.reference), today, language) for row in rows]
    rank = {"late": 0, "soon": 1, "near": 2, "calm": 3}
    return sorted(found, key=lambda due: (rank[due.level], due.first_day or date.max, due.row.reference))


def _line(row: Row, seen: Seen | None, today: date, language: str) -> ConventionDue:
    # An end behind us is no deadline any more; a safe day behind us is late.
    ahead = [day for day in days(row) if day >= today or day == row.next_safe_day]
    first = min(ahead, default=None)
    far = None if first is None else (first - today).days
    late = row.has_alert or (far is not None and far < 0)
    level = "late" if late else "calm" if far is None or far > _NEAR else "soon" if far <= _SOON else "near"
    step, threat = _renewal(seen, language) if seen else ("", "")
    convention = seen.ctx.dossier.convention if seen else None
    title = title_in_words(convention, language) if convention else ""
    says = seen.ctx.agenda.end.says if seen else None
    return ConventionDue(
        row=row,
        title=title,
        level=level,
        urgency=_in_words(row, far, language),
        status=_word(STATUSES, row.status, language),
        kind=_word(KINDS, row.kind, language),
        next_step=step,
        threat=threat,
        renews=said(says, language) if says else "",
        last_instant=_last_instant(seen, language) if seen else "",
    )


def _last_instant(seen: Seen, language: str) -> str:
    running = [i for i in seen.ctx.agenda.items if i.legal_last_instant is not None and i.state in TO_DO]
    first = min(running, key=lambda i: i.legal_last_instant or seen.at, default=None)
    if first is None:
        return ""
    row = item_row(seen.ctx.s, first, language)
    return f"{row.last}, {row.last_hour}"


def _in_words(row: Row, far: int | None, language: str) -> str:
    say = sayer(language)
    if far is not None and far < 0:
        return how_far(far, language) if row.has_alert else say("jour prudent passé", "safe day passed")
    if row.has_alert:
        return say("alerte", "alert")
    return "" if far is None else how_far(far, language)


def _renewal(seen: Seen, language: str) -> tuple[str, str]:
    """The next step towards what follows, and what threatens it: a step late, an undecided question."""
    if language not in seen.renewals:
        seen.renewals[language] = _renewal_of(seen, language)
    return seen.renewals[language]


def _renewal_of(seen: Seen, language: str) -> tuple[str, str]:
    say = sayer(language)
    agenda = seen.ctx.agenda
    steps = [i for i in agenda.items if i.kind == "renewal" and i.state in TO_DO and i.safe_day]
    late = [i for i in agenda.items if i.state is State.LATE]
    missed = [i for i in agenda.items if i.state is State.MISSED]
    threats = []
    if any(i.kind == "renewal" for i in late):
        threats.append(say("une étape du renouvellement est en retard", "a step of the renewal is late"))
    if late:
        threats.append(say(f"{len(late)} en retard", f"{len(late)} late"))
    if missed:
        threats.append(say(f"{len(missed)} manqué{'s' if len(missed) > 1 else ''}", f"{len(missed)} missed"))
    unanswered = sum(q.answered is None for q in agenda.questions)
    if unanswered:
        many = "s" if unanswered > 1 else ""
        threats.append(say(f"{unanswered} question{many} sans réponse", f"{unanswered} unanswered"))
    if agenda.end.day is None and agenda.end.instead is None:
        threats.append(say("fin inconnue", "end unknown"))
    step = min(steps, key=lambda i: i.safe_day or date.max, default=None)
    if step is None:
        return "", ", ".join(threats)
    row = item_row(seen.ctx.s, step, language)
    title = row.title.removeprefix(say("Renouvellement : ", "Renewal: "))
    title = title.removeprefix(say("Tacite reconduction : ", "Tacit renewal: "))
    return f"{row.safe} – {title}", ", ".join(threats)


def by_month(rows: Iterable[Row], today: date, months: int) -> tuple[Month, ...]:
    """Count ends, renewals and posting days in each month of a window, the present one first."""
    found = list(rows)
    ends = Counter(row.ends_on.replace(day=1) for row in found if row.ends_on and row.ends_on >= today)
    renewals = Counter(row.bound_until.replace(day=1) for row in found if row.renews_itself and row.bound_until)
    posts = Counter(row.next_posting_day.replace(day=1) for row in found if row.next_posting_day)
    starts = [add_months(today.replace(day=1), n) for n in range(months + 1)]
    return tuple(Month(first, ends[first], renewals[first], posts[first]) for first in starts)
