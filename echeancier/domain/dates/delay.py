"""A delay as a clause says it, the one type for every place of a convention, and the days it gives.

The block of the file fixes the *place* of a delay (after an event, before one, before an end, a threshold, a notice), and the
place fixes what may be said: what has no algorithm here is refused with its code when it is read (`refusals`), never ignored.

Everything is local calendar dates; « expires on d » means d at 24:00. What we must do rolls back to a day we work; what the
others owe is called late only after the next open day; a delay counted backward is never extended (Civ. 2e, 14 Feb. 1990;
avis of 6 Nov. 2025). Sources: CPC art. 640-642.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, ConfigDict, Field, StrictInt, model_validator

from echeancier.domain.dates.calendar import Calendar
from echeancier.domain.dates.delays import add_months, term_last_day
from echeancier.domain.model import Frozen

_DAY: Final = timedelta(days=1)

FirstDay = Literal["next-day", "next-month"]
"""How a text names the first day that counts: « du lendemain », « du premier jour du mois suivant »."""


HOW: Final = (
    "écrire un nombre et une unité, comme « 15 jours », « 2 jours ouvrés », « 6 jours ouvrables », « 5 jours francs », "
    "« 3 semaines », « 1 mois et 15 jours », « 1 an », « 36 heures », « 3 heures ouvrées », « huitaine », « quinzaine » ; "
    "devant : « au moins », « au plus », « plus de » ; derrière : « fin de mois », « à compter du lendemain », « à compter du "
    "mois suivant », « , premier jour compté », « , premier jour non compté »"
)
"""What is understood where a delay is typed in words (`dates.delay_words`), in French."""


class DelayPlace(StrEnum):
    """Where a delay stands in a convention; it decides what may be said and how it is counted."""

    AFTER = "after"  # forward, from a day
    BEFORE_EVENT = "before-event"  # backward, from something that happens during a day
    BEFORE_END = "before-end"  # backward, from a last day, over at 24:00
    THRESHOLD = "threshold"  # how long a state may last
    NOTICE = "notice"  # the length of a notice, from what starts it


class Delay(Frozen):
    """A length of time in exactly one unit, or in months and days; and how the text counts it.

    Attributes:
        hours: real elapsed hours, through nights, week-ends and clock changes.
        open_hours: hours of the house, on open days.
        days: calendar days, the day of the event not counted (CPC art. 641 al. 1).
        clear_days: « jours francs »: neither end counts. They are not working days.
        open_days: « jours ouvrés »: Monday to Friday, holidays excepted.
        ouvrable_days: « jours ouvrables »: Monday to Saturday, holidays excepted.
        weeks: seven days each (Civ. 3e, avis of 6 Nov. 2025).
        months: same day number, else the last day of the month (CPC art. 641 al. 2); with ``days``, months first (al. 3).
        years: twelve months each.
        bound: « au moins » or « au plus »; ``exact`` in a notice only.
        from_: the first day that counts is named: « du lendemain », « du premier jour du mois suivant ».
        month_end: « fin de mois », counted then carried to the end of the month, or carried there first.
        named: « huitaine » is eight days, « quinzaine » fifteen.
        more_than: a threshold: the length must be exceeded.
        since: a threshold: whether the first day is one of the state (an absence), or that of an event before it.
    """

    model_config = ConfigDict(serialize_by_alias=True)  # « from » is a word of Python: written and read by its alias

    hours: Annotated[StrictInt, Field(ge=0, le=87_600)] | None = None
    open_hours: Annotated[StrictInt, Field(ge=0, le=10_000)] | None = None
    days: Annotated[StrictInt, Field(ge=0, le=18_300)] | None = None
    clear_days: Annotated[StrictInt, Field(ge=0, le=18_300)] | None = None
    open_days: Annotated[StrictInt, Field(ge=0, le=18_300)] | None = None
    ouvrable_days: Annotated[StrictInt, Field(ge=0, le=18_300)] | None = None
    weeks: Annotated[StrictInt, Field(ge=0, le=2600)] | None = None
    months: Annotated[StrictInt, Field(ge=0, le=600)] | None = None
    years: Annotated[StrictInt, Field(ge=0, le=50)] | None = None
    bound: Literal["at_least", "at_most", "exact"] | None = None
    from_: FirstDay | None = Field(default=None, alias="from")
    month_end: Literal["then", "first"] | None = None
    named: Literal["huitaine", "quinzaine"] | None = None
    more_than: bool = False
    since: Literal["state", "event"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _not_words(cls, given: object) -> object:
        if isinstance(given, str | int | float):  # pydantic wants a ValueError
            raise ValueError(f"« {given} » n’est pas un délai : dans un fichier, {{ days = 15 }} ; en mots, {HOW}")  # noqa: TRY004
        return given

    @property
    def units(self) -> tuple[str, ...]:
        """The units it is said in, in the order of ``UNITS``."""
        return tuple(unit for unit in UNITS if getattr(self, unit) is not None)

    @property
    def in_hours(self) -> bool:
        """Whether it runs in hours: its end is an instant."""
        return self.hours is not None or self.open_hours is not None

    @property
    def is_nothing(self) -> bool:
        """Whether it lasts no time at all."""
        return all(getattr(self, unit) == 0 for unit in self.units)


UNITS: Final = ("hours", "open_hours", "days", "clear_days", "open_days", "ouvrable_days", "weeks", "months", "years")
_WORKING: Final = ("open_days", "ouvrable_days")
_NAMED: Final = {"huitaine": 8, "quinzaine": 15}


# -- what may be said where -------------------------------------------------------------------------------------------------


class Meaningless(NamedTuple):
    """Why a delay cannot stand where it is: a stable code, and what would be right, in French."""

    code: str
    says: str


def refusals(delay: Delay, place: DelayPlace) -> Iterator[Meaningless]:
    """Yield everything that makes a delay meaningless at a place; nothing when its days can be computed."""
    units = delay.units
    if not units:
        yield Meaningless("D02", f"un délai s’écrit avec une unité : {', '.join(UNITS)}")
        return
    if len(units) > 1 and units != ("days", "months"):
        yield Meaningless("D03", "un délai s’écrit dans une seule unité, ou en mois et jours (months et days)")
        return
    yield from _of_the_place(delay, place, compound=len(units) > 1)
    yield from _of_the_qualifiers(delay, place, units)


_NO_HOURS: Final = {
    DelayPlace.BEFORE_EVENT: "des heures ouvrées se comptent après un événement : écrire des heures (hours), ou des jours",
    DelayPlace.BEFORE_END: "un terme finit à la fin d’un jour : écrire des jours",
    DelayPlace.THRESHOLD: "un seuil se compte en jours ou plus long",
    DelayPlace.NOTICE: "un préavis finit à la fin d’un jour : écrire des jours",
}


def _of_the_place(delay: Delay, place: DelayPlace, *, compound: bool) -> Iterator[Meaningless]:
    threshold = place is DelayPlace.THRESHOLD
    if (delay.more_than or delay.since is not None) and not threshold:
        yield Meaningless("D05", "« plus de » fait naître un droit : l’écrire dans threshold, avec since")
    if threshold and not delay.more_than:
        yield Meaningless("D05", "un seuil se dépasse : écrire more_than = true, et since")
    if threshold and (compound or delay.clear_days is not None):
        yield Meaningless("D06", "un seuil se compte en une seule unité, et pas en jours francs")
    counted_in_days = place in (DelayPlace.BEFORE_END, DelayPlace.THRESHOLD, DelayPlace.NOTICE)
    if delay.in_hours and (counted_in_days or (delay.open_hours is not None and place is not DelayPlace.AFTER)):
        yield Meaningless("D10", _NO_HOURS[place])
    if delay.bound == "exact" and place is not DelayPlace.NOTICE:
        yield Meaningless("D11", 'bound = "exact" ne va qu’à un préavis : écrire at_most ou at_least, ou rien')
    if delay.bound is not None and threshold:
        yield Meaningless("D11", "un seuil se dépasse (more_than = true) : ôter bound")
    if delay.bound == "at_most" and delay.in_hours and place is DelayPlace.BEFORE_EVENT:
        yield Meaningless("D11", "« au plus … heures avant » n’a pas de jour : écrire des jours")


def _of_the_qualifiers(delay: Delay, place: DelayPlace, units: tuple[str, ...]) -> Iterator[Meaningless]:
    rolls_by_month = set(units) <= {"days", "weeks", "months", "years"}
    if delay.month_end is not None and (place is not DelayPlace.AFTER or not rolls_by_month or delay.named is not None):
        notice = ' ; pour un préavis, écrire until = "month-end"' if place is DelayPlace.NOTICE else ""
        yield Meaningless(
            "D08", f"« fin de mois » suit des jours, des semaines ou des mois comptés après un événement{notice}"
        )
    if delay.named is not None and (
        place is not DelayPlace.AFTER or units != ("days",) or delay.days != _NAMED[delay.named]
    ):
        yield Meaningless(
            "D09", "huitaine = 8 jours (days = 8), quinzaine = 15 (days = 15), comptés après un événement"
        )
    if delay.from_ is None:
        return
    forward = place in (DelayPlace.AFTER, DelayPlace.NOTICE)
    plain = not delay.in_hours and delay.clear_days is None and delay.named is None and delay.month_end is None
    if not forward or not plain or delay.is_nothing:
        yield Meaningless(
            "D12", "« du lendemain », « du mois suivant » ne se comptent qu’en avant, en jours, semaines, mois ou ans"
        )


def fit(delay: Delay, place: DelayPlace) -> Delay:
    """Return a delay that means something at a place.

    Raises:
        ValueError: it does not; the message says what would be right (French).
    """
    if found := list(refusals(delay, place)):
        raise ValueError(" ; ".join(one.says for one in found))
    return delay


def _with_a_last_day(delay: Delay) -> Delay:
    if delay.in_hours:
        raise ValueError("ce délai a un dernier jour : l’écrire en jours ou plus long, pas en heures")
    if delay.bound is not None:
        raise ValueError("ce délai a un dernier jour : ôter bound (« au moins », « au plus »)")
    return delay


def _not_at_most(delay: Delay) -> Delay:
    if delay.bound == "at_most":
        raise ValueError("prévenir « au plus » tant de temps avant ne prévient personne : écrire at_least, ou rien")
    return delay


def _to_act_by(delay: Delay) -> Delay:
    if delay.bound == "at_most":
        raise ValueError("« au plus … avant la fin » ne dit pas de dernier jour pour agir : écrire at_least, ou rien")
    return delay


def _unbound(delay: Delay) -> Delay:
    if delay.bound not in (None, "at_most"):
        raise ValueError("une fenêtre s’ouvre au plus tôt tant de temps avant : ôter bound")
    return delay


def _at(place: DelayPlace) -> AfterValidator:
    return AfterValidator(lambda delay: fit(delay, place))


DelayAfter = Annotated[Delay, _at(DelayPlace.AFTER)]
"""A delay counted forward from a day."""

PlainDelay = Annotated[Delay, _at(DelayPlace.AFTER), AfterValidator(_with_a_last_day)]
"""A delay counted forward that has a last day: not in hours, and no « pas avant »."""

DelayBeforeEvent = Annotated[Delay, _at(DelayPlace.BEFORE_EVENT)]
"""A delay counted back from something that happens during a day."""

WarningBefore = Annotated[Delay, _at(DelayPlace.BEFORE_EVENT), AfterValidator(_not_at_most)]
"""How long before something people must have been told of it."""

WindowDelay = Annotated[Delay, _at(DelayPlace.BEFORE_END), AfterValidator(_unbound)]
"""How long before a last day a window opens: « au plus » by nature."""

DelayBeforeEnd = Annotated[Delay, _at(DelayPlace.BEFORE_END), AfterValidator(_to_act_by)]
"""How long before a last day something must be done at the latest."""

Threshold = Annotated[Delay, _at(DelayPlace.THRESHOLD)]
"""How long a state may last before something follows."""

NoticeLength = Annotated[Delay, _at(DelayPlace.NOTICE)]
"""The length of a notice."""


# -- counting ---------------------------------------------------------------------------------------------------------------


def plus(day: date, delay: Delay, calendar: Calendar) -> date:
    """Return the last day of a delay that ``day`` starts, ``day`` itself not counted (CPC art. 641).

    Args:
        day: the day of the event.
        delay: in days or longer, or in real hours, which give the day on which they run out at the latest; not in hours of
            the house (`plus_open_hours`).
        calendar: tells the working days.
    """
    if delay.from_ is not None:
        return _stretch(first_day(day, delay.from_), delay, calendar)
    if delay.month_end == "first":
        day = _end_of_month(day)
    found = add_months(day, _months(delay)) + timedelta(days=_days(delay))
    for unit in _WORKING:
        found = _counted(found, getattr(delay, unit) or 0, _counts(unit, calendar), 1)
    return _end_of_month(found) if delay.month_end == "then" else found


def minus(day: date, delay: Delay, calendar: Calendar) -> date:
    """Return the day a delay counted back from ``day`` gives by plain subtraction; by search where its first day is named."""
    if delay.from_ is not None:
        return latest(day, delay, calendar)
    found = add_months(day, -_months(delay)) - timedelta(days=_days(delay))
    for unit in _WORKING:
        found = _counted(found, getattr(delay, unit) or 0, _counts(unit, calendar), -1)
    return found


def latest(end: date, delay: Delay, calendar: Calendar) -> date:
    """Return the latest day whose delay still runs out on ``end`` at the latest: the legal maximum.

    Where the end of a month is shared by several starting days, that is the last of them: a bonus never to rely on.
    """
    day = end
    while (over := (plus(day, delay, calendar) - end).days) > 0:
        day -= timedelta(days=over)
    while plus(day + _DAY, delay, calendar) <= end:
        day += _DAY
    return day


def _months(delay: Delay) -> int:
    return (delay.months or 0) + 12 * (delay.years or 0)


def _days(delay: Delay) -> int:
    clear = 0 if delay.clear_days is None else delay.clear_days + 1
    return (delay.days or 0) + 7 * (delay.weeks or 0) + clear - (-(delay.hours or 0) // 24)


def first_day(day: date, named: FirstDay) -> date:
    """Return the first day that counts where the text names it: the next one, or the first of the next month, never this one."""
    return day + _DAY if named == "next-day" else _end_of_month(day) + _DAY


def _stretch(first: date, delay: Delay, calendar: Calendar) -> date:
    """The last day of a delay whose first day is named, and counts: whole months, whole days."""
    found = term_last_day(first, _months(delay)) if _months(delay) else first - _DAY
    found += timedelta(days=_days(delay))
    for unit in _WORKING:
        found = _counted(found, getattr(delay, unit) or 0, _counts(unit, calendar), 1)
    return found


def _counts(unit: str, calendar: Calendar) -> Callable[[date], bool]:
    return calendar.is_open if unit == "open_days" else calendar.is_ouvrable


def _counted(day: date, number: int, counts: Callable[[date], bool], step: int) -> date:
    for _ in range(number):
        day += step * _DAY
        while not counts(day):
            day += step * _DAY
    return day


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


# -- the days of a delay at its place ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Days:
    """What a delay gives at its place.

    Attributes:
        legal: the last day of the text; None where only a first day is said (« pas avant »).
        safe: the day to act by, a day we work, never after the legal one; None with ``legal``.
        late_from: the first day we may call the others late; None with ``legal``.
        opens: the first day the text allows, None where it says none.
        safe_opens: the first day on which nobody can say that it is too early.
        other: the legal day of the reading that is not kept, None where there is no other.
        contested: nothing says which reading is meant; another may be told of a day that is certain.
        closed: nobody works from what starts the delay to its last day, which is then the safe day, be it closed.
    """

    legal: date | None = None
    safe: date | None = None
    late_from: date | None = None
    opens: date | None = None
    safe_opens: date | None = None
    other: date | None = None
    contested: bool = False
    closed: bool = False


def after(day: date, delay: Delay, calendar: Calendar) -> Days:
    """Return the days of a delay that an event of ``day`` starts.

    Ours is done by the last day worked before its end; « sous huitaine » one day earlier, for usage wavers. Theirs is late
    only after the next open day (CPC art. 642, contested in a contract).
    """
    counted = run_out(day, plus(day, delay, calendar), delay, calendar)
    if counted.legal is None:
        return counted
    other = _other_reading(day, delay, calendar)
    return replace(counted, other=other, contested=other is not None and delay.ouvrable_days is None)


def run_out(day: date, last: date, delay: Delay, calendar: Calendar) -> Days:
    """Return the days of a delay that an event of ``day`` starts, and that is over on ``last`` however it is counted.

    « Au moins » opens on it. Ours is done by the last day worked before it; where none is left since the event, on the last
    day itself, be it closed.
    """
    if delay.bound == "at_least":
        return Days(opens=last, safe_opens=calendar.next_workable(last + _DAY), contested=True)
    safe = calendar.prev_workable(last - _DAY if delay.named is not None else last)
    closed = safe < day <= last
    return Days(last, last if closed else safe, calendar.next_open(last) + _DAY, closed=closed)


def other_way(delay: Delay) -> Delay | None:
    """Return the delay as it is read otherwise, None where everybody reads it one way."""
    if delay.month_end is not None:
        turned: Literal["then", "first"] = "first" if delay.month_end == "then" else "then"
        return delay.model_copy(update={"month_end": turned})
    if delay.from_ == "next-day" and _months(delay):
        return delay.model_copy(update={"from_": None})
    if delay.ouvrable_days is not None:  # « ouvrables », written by people who mean « ouvrés », is common
        return Delay(open_days=delay.ouvrable_days)
    return None


def _other_reading(day: date, delay: Delay, calendar: Calendar) -> date | None:
    turned = other_way(delay)
    other = None if turned is None else plus(day, turned, calendar)
    return None if other == plus(day, delay, calendar) else other


def before_event(day: date, delay: Delay, calendar: Calendar) -> Days:
    """Return the days of a delay counted back from something that happens on ``day``.

    The legal day is the reading most lenient to the sender; the safe one is counted in clear days, since texts seldom say.
    « Au plus » opens a window that ends on the eve.
    """
    start = minus(day, delay, calendar)
    if delay.bound == "at_most":
        return Days(day - _DAY, calendar.prev_workable(day - _DAY), day, opens=start)
    safe = calendar.prev_workable(start if delay.clear_days is not None else start - _DAY)
    other = None if delay.ouvrable_days is None else minus(day, Delay(open_days=delay.ouvrable_days), calendar)
    return Days(start, safe, start + _DAY, other=None if other == start else other)


def before_end(end: date, delay: Delay, calendar: Calendar) -> Days:
    """Return the days of a delay counted back from a last day, over at 24:00.

    Working days: so many whole ones remain after the day found, up to the end included. « Au plus » opens a window.
    """
    if delay.bound == "at_most":
        first = minus(end, delay, calendar) + _DAY
        return Days(end, max(first, calendar.prev_workable(end - _DAY)), end + _DAY, opens=first)
    if delay.clear_days is not None:
        legal = end - timedelta(days=delay.clear_days)
        return Days(legal, calendar.prev_workable(legal - _DAY), legal + _DAY)
    legal, plain = latest(end, delay, calendar), minus(end, delay, calendar)
    return Days(legal, calendar.prev_workable(min(legal, plain)), legal + _DAY, other=None if plain == legal else plain)


class Exceeded(NamedTuple):
    """The day a length is exceeded: the cautious reading, and the strict one of CPC art. 641."""

    safe: date
    strict: date


def exceeds(day: date, threshold: Delay, calendar: Calendar) -> Exceeded:
    """Return the day on which something begun on ``day`` has lasted more than a threshold.

    ``since = "state"``: the first day is one of the state, and counts; ``event``: it does not. Where the text does not say,
    the earlier day.
    """
    counted = 0 if threshold.since == "event" else 1
    months = _months(threshold)
    if threshold.months is not None or threshold.years is not None:
        reached = add_months(day, months)
        return Exceeded(reached + _DAY * (1 - counted), reached + _DAY)
    found = day - counted * _DAY
    for unit in _WORKING:
        if (number := getattr(threshold, unit)) is not None:
            found = _counted(found, number + 1, _counts(unit, calendar), 1)
            return Exceeded(found, found)
    found += timedelta(days=_days(threshold) + 1)
    return Exceeded(found, found)


def over_on(legal: date, late_from: date | None, *, ours: bool) -> date:
    """Return the first day on which a delay is over: somebody is late, or silence settles the question it was given for.

    Args:
        legal: the last day of the text.
        late_from: the first day we may call the others late, None where nothing gives them more than the text.
        ours: whether we had to act; the others have until ``late_from``.
    """
    return legal + _DAY if ours or late_from is None else late_from


# -- hours ------------------------------------------------------------------------------------------------------------------


def hours_before(instant: datetime, hours: int, zone: str, calendar: Calendar) -> tuple[datetime, date]:
    """Return the instant so many real hours before another, and the day to act by.

    Raises:
        ValueError: the datetime is naive (message in French).
    """
    if instant.utcoffset() is None:
        raise ValueError("Il faut une heure avec son fuseau\u00a0: un délai en heures court en temps réel.")
    limit = (instant.astimezone(UTC) - timedelta(hours=hours)).astimezone(ZoneInfo(zone))
    return limit, calendar.prev_workable(limit.date())


def plus_open_hours(instant: datetime, hours: int, house: tuple[time, time], zone: str, calendar: Calendar) -> datetime:
    """Return the instant at which so many hours of the house have passed.

    Args:
        instant: aware.
        hours: of the house, on open days.
        house: local hours at which it opens and closes.
        zone: IANA name of the local time zone.
        calendar: tells the open days.

    Raises:
        ValueError: the datetime is naive, or the house closes before it opens (message in French).
    """
    if instant.utcoffset() is None:
        raise ValueError("Il faut une heure avec son fuseau\u00a0: un délai en heures court en temps réel.")
    opens, closes = house
    if opens >= closes:
        raise ValueError("La maison doit ouvrir avant de fermer.")
    local = ZoneInfo(zone)
    left, day = timedelta(hours=hours), instant.astimezone(local).date()
    now = instant.astimezone(UTC)
    while True:
        if calendar.is_open(day):
            first = max(now, datetime.combine(day, opens, tzinfo=local).astimezone(UTC))
            last = datetime.combine(day, closes, tzinfo=local).astimezone(UTC)
            if first + left <= last:
                return (first + left).astimezone(local)
            left -= max(timedelta(0), last - first)
        day += _DAY
