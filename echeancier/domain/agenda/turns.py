"""The times at which a duty comes back on days of the calendar, whatever the duty: what each is about, its last day, its proof.

Everything is local calendar days, both ends included. Money that falls due on such days takes them from here too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count, groupby, pairwise
from typing import Any, Final, Literal, NamedTuple

from echeancier.domain.dates.calendar import WorkingDays, day_of_year
from echeancier.domain.dates.delay import Delay, after, before_end, other_way, plus
from echeancier.domain.dates.delay_words import delay_in_words
from echeancier.domain.dates.delays import Period, add_months, periods
from echeancier.domain.dates.proof import (
    EFFECT,
    END,
    Gives,
    Proof,
    Step,
    before_the_end,
    eve,
    given,
    kept,
    months,
    note,
    worked,
)
from echeancier.domain.dates.proof import plus as added
from echeancier.domain.dates.words import figures, month_in_words
from echeancier.domain.model import Text
from echeancier.domain.terms.when import (
    MONTHS_OF_A_PART,
    AfterClose,
    BeforeTerm,
    MonthlyDay,
    PartOfYear,
    PeriodDay,
    WeeklyDay,
    When,
    YearlyDay,
)

THE_END: Final = "la fin"
"""What cuts a period short, unless one party alone leaves."""
_DAY: Final = timedelta(days=1)
_YEAR: Final = 12
_SCHOOL_YEAR_BEGINS: Final = (9, 1)
_ABOUT: Final = {"previous": -1, "current": 0, "next": 1}
"""How many years from that of the day to the one it is about."""
_WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ORDINAL: Final = {1: "1re"}


@dataclass(frozen=True)
class Span:
    """What a convention covers, as far as duties that come back depend on it.

    Attributes:
        effect: its first day.
        last: the last day that binds it.
        ends: the ends of its periods where it renews itself, else its one end; none while that is unknown.
        renews_itself: whether another period may follow one of them.
        calendar: of the place.
        source: the clause that says the duty.
        is_horizon: its end is not known: ``last`` is only how far ahead it is planned, and cuts nothing.
        cut_by: what cuts its last time short, in French: the end, or the exit of one party.
        is_at_most: its end is not known, and comes no later than ``last``.
    """

    effect: date
    last: date
    ends: tuple[date, ...]
    renews_itself: bool
    calendar: WorkingDays
    source: str
    is_horizon: bool = False
    cut_by: str = THE_END
    is_at_most: bool = False


class Turn(NamedTuple):
    """One time of a duty that comes back.

    Attributes:
        about: what it is about, stable whatever the day it is due: a year, a month, the number of a period.
        label: the same in words, in brackets after a title; empty where there is only one.
        opens: the first day on which it can be done.
        day: the day as the text says it.
        legal: the last day in time.
        proof: the steps that give ``legal``, under that name.
        rule: the name of the rule.
        relied_on: the day to act by before it is moved to one that somebody works; ``legal`` when None.
        other: what is said after everything else: the reading that is not kept.
        contested: nothing says which reading is meant, or the time is cut short.
        stretch: the days of the period it is about, where there is one; ``whole`` those of that period had nothing cut it.
        covers: the days of the month, or of the year, that its day is said of, cut by nothing.
        not_before: the first day on which anything of it can be done, where there is one; ``is_window``: it is open from then on.
        may_end: its period is cut by an end that a renewal may carry further (``later``), or that may come ``sooner``: nothing
            of it is certain.
    """

    about: str
    label: Text
    opens: date
    day: date
    legal: date
    proof: Proof
    rule: str
    relied_on: date | None = None
    other: Proof = ()
    contested: bool = False
    stretch: tuple[date, date] | None = None
    whole: tuple[date, date] | None = None
    may_end: Literal["", "later", "sooner"] = ""
    covers: tuple[date, date] | None = None
    not_before: date | None = None
    is_window: bool = False

    @property
    def about_days(self) -> tuple[date, date] | None:
        """The first and last day of the period it is about; None where it is about none."""
        return self.stretch or self.covers

    @property
    def is_partial(self) -> bool:
        """Whether its period is cut short by the effect or the end."""
        return self.stretch != self.whole


def turns(when: When, span: Span, anew: str = "") -> Iterator[Turn]:
    """Yield each time, in order, those that come due before the effect or after the end included.

    Args:
        when: what the text says.
        span: what the convention covers.
        anew: what tells them from the times counted otherwise before an amendment.
    """
    for kind, made in _MADE.items():
        if isinstance(when, kind):
            yield from (one._replace(about=f"{anew}{one.about}") if anew else one for one in made(when, span))


def _plain(words: str) -> Text:
    return Text(fr=words, en=words)


def _year_month(number: int) -> date:
    return date(number // _YEAR, number % _YEAR + 1, 1)


def _limited(
    day: date, when: YearlyDay | MonthlyDay, span: Span, says: tuple[str, str], which: str
) -> tuple[date, Proof, Proof]:
    """The last day in time of a day that is included or not; its proof, and the reading that is not kept."""
    about = note(which)
    if when.limit == "included":
        return day, (given(day, span.source, says[0], "legal"), about), ()
    other = kept(day, " ; l’autre lecture, ce jour compris : le {}")
    return day - _DAY, (given(day, span.source, says[1]), about, eve(day, " → {}", "legal")), (other,)


# -- a day of the year, of the month, of the week -------------------------------------------------------------------------------


def _yearly(when: YearlyDay, span: Span) -> Iterator[Turn]:
    shift = _ABOUT[when.covers]
    ahead = max(shift, 0) if span.is_horizon else 0  # what is due within the horizon may be about the year after it
    for about in range(span.effect.year, span.last.year + ahead + 1):
        for number, on in enumerate(when.on, 1):
            day = day_of_year(about - shift, int(on[:2]), int(on[3:]))
            says = "chaque année, au plus tard le {}", "chaque année, avant le {}"
            legal, proof, other = _limited(day, when, span, says, f", pour l’année {about}")
            if when.rolls is not None:
                legal = span.calendar.next_open(day) if when.rolls == "next" else span.calendar.prev_open(day)
            if legal != day and when.rolls is not None:
                moved = worked(
                    "next_open" if when.rolls == "next" else "prev_open",
                    day,
                    legal,
                    " ; le texte le reporte au {}",
                    "legal",
                )
                proof = (given(day, span.source, says[0]), proof[1], moved)
            several = len(when.on) > 1
            yield Turn(
                f"{about}-{number}" if several else str(about),
                Text(fr=f"{about}, {number} sur {len(when.on)}", en=f"{about}, {number} of {len(when.on)}")
                if several
                else _plain(str(about)),
                date(day.year, 1, 1), day, legal, proof, "yearly_day", other=other, contested=bool(other),
                covers=(date(about, 1, 1), date(about, _YEAR, 31)),
            )  # fmt: skip


def _monthly(when: MonthlyDay, span: Span) -> Iterator[Turn]:
    length = when.every_months
    first = span.effect.year * _YEAR + span.effect.month - 1
    if when.year == "civil":
        first -= first % _YEAR % length
    for number in count(first, length):
        month = _year_month(number)
        if month > span.last:
            return
        if month.month in when.except_months:
            continue
        due = _year_month(number + length) if when.next_month else month
        day = min(due + timedelta(days=when.day - 1), add_months(due, 1) - _DAY)
        label = Text(fr=month_in_words(month), en=month_in_words(month, "en"))
        if length > 1:
            last = _year_month(number + length - 1)
            label = Text(fr=f"{label.fr} à {month_in_words(last)}", en=f"{label.en} to {month_in_words(last, 'en')}")
        says = "au plus tard le {}", "avant le {}"
        legal, proof, other = _limited(day, when, span, says, f", pour {label.fr}")
        yield Turn(
            f"{month:%Y-%m}", label, due, day, legal, proof, "monthly_day", other=other,
            covers=(month, _year_month(number + length) - _DAY),
            contested=bool(other) or (length > 1 and not when.next_month),  # which month of the period, the text seldom says
        )  # fmt: skip


def weekly_days(when: WeeklyDay, effect: date, last: date) -> tuple[date, ...]:
    """Return the day of each time of a weekly duty, both ends included; the last day of each period where none is named."""
    weeks = timedelta(weeks=when.every_weeks)
    if when.weekday is None:
        whole = (last - effect).days // weeks.days
        ends = [effect + weeks * number - _DAY for number in range(1, whole + 2)]
        return tuple(dict.fromkeys(min(end, last) for end in ends))
    first = effect + timedelta(days=(when.weekday - effect.isoweekday()) % 7)
    return tuple(first + weeks * number for number in range((last - first).days // weeks.days + 1))


def _weekly(when: WeeklyDay, span: Span) -> Iterator[Turn]:
    """Month by month: nobody wants fifty reminders a year of what he does each Tuesday."""
    days = weekly_days(when, span.effect, span.last)
    cut = when.weekday is None and ((span.last - span.effect).days + 1) % (7 * when.every_weeks) != 0
    if cut and span.is_horizon:
        days, cut = days[:-1], False
    for month, found in groupby(days, key=lambda day: day.replace(day=1)):
        those = [*found]
        label = Text(
            fr=f"{month_in_words(month)}, {len(those)} fois", en=f"{month_in_words(month, 'en')}, {len(those)} times"
        )
        assumed = when.weekday is not None and when.every_weeks > 1  # which week is the first, the text seldom says
        partial, stretch = cut and those[-1] == days[-1], (those[0], those[-1])
        yield Turn(
            f"{month:%Y-%m}", label, month if when.weekday is None else those[0], those[-1], those[-1],
            (
                _every(when, span, days), note(f" ; en {month_in_words(month)} : "),
                *_each_week(when, span, days, those),
                *((note(f", période écourtée par {span.cut_by}"),) if partial else ()),
            ),
            "weekly_day", contested=partial or assumed, stretch=stretch,
            whole=(those[0], span.last + _DAY) if partial else stretch,
        )  # fmt: skip


def _every(when: WeeklyDay, span: Span, days: tuple[date, ...]) -> Step:
    if when.weekday is None:
        many = "chaque semaine" if when.every_weeks == 1 else f"toutes les {when.every_weeks} semaines"
        return given(span.effect, EFFECT, f"{many} depuis le {{}}")
    named = _WEEKDAYS[when.weekday - 1]
    said = f"chaque {named}" if when.every_weeks == 1 else f"un {named} toutes les {when.every_weeks} semaines"
    return given(days[0], span.source, f"{said} depuis le {{}}")


def _each_week(when: WeeklyDay, span: Span, days: tuple[date, ...], those: list[date]) -> Proof:
    steps: list[Step] = []
    start = span.effect if when.weekday is None else days[0]
    for day in those:
        says: str = ("" if day == those[0] else ", ") + "{}"
        gives: Gives = "legal" if day == those[-1] else ""
        apart = (day - start).days + (when.weekday is None)
        if apart % 7:  # the last period, which the end cuts
            steps.append(given(day, END, says, gives))
        elif when.weekday is None:
            following = day + _DAY
            steps += [added(start, Delay(weeks=apart // 7), span.source, following, ""), eve(following, says, gives)]
        else:
            steps.append(added(start, Delay(weeks=apart // 7), span.source, day, says, gives))
    return tuple(steps)


# -- a financial year, a part of a year, a period, the term ---------------------------------------------------------------------


def _after_close(when: AfterClose, span: Span) -> Iterator[Turn]:
    month, number = int(when.closes[:2]), int(when.closes[3:])
    closings = (day_of_year(year, month, number) for year in range(span.effect.year - 1, span.last.year + 2))
    for before, closing in pairwise(closings):
        if closing < span.effect or before >= span.last:
            continue
        days = after(closing, when.after_close, span.calendar)
        legal = days.legal or closing
        turned = _from_the_morrow(when.after_close) or other_way(when.after_close)
        other = legal if turned is None else plus(closing, turned, span.calendar)
        other_said: Proof = ()
        if turned is not None and other != legal:
            other_said = (added(closing, turned, span.source, other, " ; l’autre lecture, comptée autrement : le {}"),)
        yield Turn(
            str(closing.year), Text(fr=f"exercice clos le {figures(closing)}", en=f"financial year closed on {closing}"),
            closing + _DAY, legal, legal,
            (
                given(closing, span.source, "exercice clos le {}"),
                added(closing, when.after_close, span.source, legal, gives="legal"),
            ),
            "after_close", other=other_said, contested=bool(other_said), not_before=closing + _DAY,
        )  # fmt: skip


def _from_the_morrow(delay: Delay) -> Delay | None:
    """The reading of months counted from the day after the close, where the delay says none."""
    plain = delay.from_ is None and delay.month_end is None and (delay.months or delay.years)
    return delay.model_copy(update={"from_": "next-day"}) if plain else None


def _parts(when: PartOfYear, span: Span) -> Iterator[Turn]:
    length = MONTHS_OF_A_PART[when.part]
    anchor, source = year_begins(when.year, span.effect)
    for number in count():
        begins = add_months(anchor, _YEAR * number)
        if begins > span.last:
            return
        opens = _YEAR * number + length * (when.nth - 1)
        first, following = add_months(anchor, opens), add_months(anchor, opens + length)
        stretch = max(first, span.effect), following - _DAY if span.is_horizon else min(following - _DAY, span.last)
        if stretch[0] > stretch[1]:
            continue
        label = {
            "civil": _plain(str(begins.year)),
            "school": _plain(f"{begins.year}-{begins.year + 1}"),
            "contract": Text(fr=f"{_ORDINAL.get(number + 1, f'{number + 1}e')} année", en=f"year {number + 1}"),
        }[when.year]
        about = {"civil": label.fr, "school": label.fr, "contract": str(number + 1)}[when.year]
        sums: Proof = (
            given(anchor, source, ""),
            months(anchor, opens, span.source, first, "du {}"),
            months(anchor, opens + length, span.source, following),
        )
        cut = stretch[1] < following - _DAY
        yield Turn(
            about, label, stretch[0], stretch[1], stretch[1],
            (
                *sums, eve(following, " au {}", "" if cut else "legal"),
                *((given(span.effect, EFFECT, " ; elle prend effet le {}"),) if first < span.effect else ()),
                *((given(span.last, END, f" ; {_cut(span)}", "legal"),) if cut else ()),
            ),
            "part_of_year", contested=stretch != (first, following - _DAY), stretch=stretch, whole=(first, following - _DAY),
            not_before=stretch[0], is_window=True,
        )  # fmt: skip


def _cut(span: Span) -> str:
    shorter = f"écourté par {span.cut_by}, au {{}}"
    return "au moins jusqu’au {}, la suite si elle se reconduit" if span.renews_itself else shorter


def year_begins(year: str, effect: date) -> tuple[date, str]:
    """Return the first day of the year that the effect falls in (``contract``: the effect), and the source of it."""
    if year == "contract":
        return effect, EFFECT
    if year == "civil":
        return date(effect.year, 1, 1), "civil-year"
    begins = date(effect.year, *_SCHOOL_YEAR_BEGINS)
    return (begins if begins <= effect else begins.replace(year=effect.year - 1)), "school-year"


def _periods(when: PeriodDay, span: Span) -> Iterator[Turn]:
    anchor, source = year_begins(when.year, span.effect)
    for period in periods(anchor, span.last, when.every_months, span.calendar):
        if period.last < span.effect:
            continue
        first = max(period.first, span.effect)
        whole = period.first, _whole_last(anchor, when.every_months, period)
        if span.is_horizon:
            period = replace(period, last=whole[1])  # noqa: PLW2901 - nothing ends there
        is_cut = period.last < whole[1]
        day, said = _day_of_the_period(when, span, first, period.last)
        yield Turn(
            f"{period.first:%Y-%m}" if when.year == "civil" else str(period.number),
            Text(fr=f"du {figures(first)} au {figures(period.last)}", en=f"from {first} to {period.last}"),
            first if when.due == "advance" else period.last, day, day,
            (
                note(f"période {period.number} de {when.every_months} mois : du "), given(anchor, source, ""),
                months(anchor, when.every_months * (period.number - 1), span.source, period.first, "{}"),
                *_last_of_the_period(anchor, when, span, period, whole[1]), *_cut_first(period.first, first), *said,
            ),
            "period_day", other=_other_side(when, span, first, period.last),
            contested=(first, period.last) != whole or when.says_two_things, stretch=(first, period.last), whole=whole,
            may_end="later" if is_cut and span.renews_itself else "sooner" if is_cut and span.is_at_most else "",
        )  # fmt: skip


def _other_side(when: PeriodDay, span: Span, first: date, last: date) -> Proof:
    """« D’avance, en fin de période » : the reading that is not kept, which is the later one."""
    if not when.says_two_things:
        return ()
    _, said = _day_of_the_period(when.model_copy(update={"due": "arrears"}), span, first, last)
    return (said[-1]._replace(says=" ; l’autre lecture, à terme échu : le {}", gives=""),)


def _whole_last(anchor: date, length: int, period: Period) -> date:
    """The last day of a period had the end not cut it; one that ends with the term a day later is whole."""
    return max(period.last, add_months(anchor, length * period.number) - _DAY)


def _cut_first(first: date, effect: date) -> Proof:
    return () if first == effect else (given(effect, EFFECT, ", entamée (prise d’effet le {})"),)


def _last_of_the_period(anchor: date, when: PeriodDay, span: Span, period: Period, whole: date) -> Proof:
    following = add_months(anchor, when.every_months * period.number)
    if period.last == following - _DAY:
        return months(anchor, when.every_months * period.number, span.source, following), eve(following, " au {}")
    if period.last == whole:
        return (given(period.last, END, " au {}"),)
    goes_on = ", au moins jusqu’au {}, la période continue si elle se reconduit"
    ends = ", où la convention finit au plus tard" if span.is_at_most else ", où elle finit"
    cut = ends if span.cut_by == THE_END else f", écourtée par {span.cut_by}"
    return (given(period.last, END, goes_on if span.renews_itself else f" au {{}}{cut}"),)


def _day_of_the_period(when: PeriodDay, span: Span, first: date, last: date) -> tuple[date, Proof]:
    if when.due == "advance":
        day = first if when.days is None else min(first + timedelta(days=when.days - 1), last)
        if when.days is None or when.days == 1:
            return day, (kept(first, " ; d’avance : le {}", "legal"),)
        if day == last:
            return day, (kept(last, f" ; dans les {when.days} premiers jours : au plus tard le {{}}", "legal"),)
        return day, (
            added(
                first,
                Delay(days=when.days - 1),
                span.source,
                day,
                f" ; dans les {when.days} premiers jours : au plus tard le {{}}",
                "legal",
            ),
        )
    if when.days is None:
        return last, (kept(last, " ; à terme échu : le {}", "legal"),)
    day = last + timedelta(days=when.days)
    return day, (added(last, Delay(days=when.days), span.source, day, " ; à terme échu, + {o1} : le {}", "legal"),)


def _before_term(when: BeforeTerm, span: Span) -> Iterator[Turn]:
    ends = span.ends
    if when.of == "final":
        ends = () if span.renews_itself else ends[-1:]
    several = when.of != "final" and (len(ends) > 1 or span.renews_itself)
    for number, end in enumerate(ends, 1):
        days = before_end(end, when.before_term, span.calendar)
        if days.legal is None or days.safe is None:
            continue
        label = Text(fr=f"période finissant le {figures(end)}", en=f"period that ends on {end}")
        yield Turn(
            str(number) if when.of != "final" else "", label if several else Text(fr="", en=""),
            span.effect, days.legal, days.legal,
            (
                note(f"{delay_in_words(when.before_term)} avant le "), given(end, END),
                *before_the_end(end, when.before_term, days, span.source), kept(days.legal, " : le {}", "legal"),
                *(() if days.other is None else (kept(days.other, " ; au même quantième, le {}"),)),
            ),
            "before_term", relied_on=days.safe, contested=several and when.of is None,
        )  # fmt: skip


_MADE: Final[dict[type, Callable[[Any, Span], Iterator[Turn]]]] = {
    YearlyDay: _yearly, MonthlyDay: _monthly, WeeklyDay: _weekly, AfterClose: _after_close, PartOfYear: _parts,
    BeforeTerm: _before_term, PeriodDay: _periods,
}  # fmt: skip
