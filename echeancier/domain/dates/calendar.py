"""Which days are worked in a place: the calendar every date of a convention is rolled on.

Two notions are kept apart, because they protect different people.

* **open**: Monday to Friday and not a statutory holiday. Only this can extend a legal period
  (CPC art. 642, « jour férié ou chômé »): `is_open`, `next_open`, `prev_open`, `add_open`.
* **workable**: open, and the place is not closed on its own account (bridge, closure of the office).
  A local closure never gives us more time, so it counts only for the days *we* act on:
  `is_workable`, `next_workable`, `prev_workable`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Zone = Literal[
    "FR",
    "ALSACE-MOSELLE",
    "GUADELOUPE",
    "MARTINIQUE",
    "GUYANE",
    "REUNION",
    "MAYOTTE",
    "SAINT-BARTHELEMY",
    "SAINT-MARTIN",
]
ZONES: Final[tuple[Zone, ...]] = get_args(Zone)

TIME_ZONES: Final[Mapping[Zone, str]] = MappingProxyType(
    {
        "FR": "Europe/Paris",
        "ALSACE-MOSELLE": "Europe/Paris",
        "GUADELOUPE": "America/Guadeloupe",
        "MARTINIQUE": "America/Martinique",
        "GUYANE": "America/Cayenne",
        "REUNION": "Indian/Reunion",
        "MAYOTTE": "Indian/Mayotte",
        "SAINT-BARTHELEMY": "America/St_Barthelemy",
        "SAINT-MARTIN": "America/Marigot",
    }
)

_ABOLITION: Final = "Abolition de l’esclavage"
_ALWAYS: Final = 9999
_FIRST_ABOLITION_YEAR: Final = 1984  # décret n° 83-1003 of 23 November 1983
# (month, day, first year, last year, name). Saint-Barthélemy and Saint-Martin kept Guadeloupe's day
# until décret n° 2012-553. For Saint-Martin the code's own date is disputed since 2018 (law of
# 28 February 2017, clerical error, circulars allowing 28 May): both days are held closed, which is
# the cautious reading in both directions, ours being rolled back and others' rolled forward.
_OVERSEAS: Final[Mapping[str, tuple[tuple[int, int, int, int, str], ...]]] = MappingProxyType(
    {
        "MAYOTTE": ((4, 27, _FIRST_ABOLITION_YEAR, _ALWAYS, _ABOLITION),),
        "MARTINIQUE": ((5, 22, _FIRST_ABOLITION_YEAR, _ALWAYS, _ABOLITION),),
        "GUADELOUPE": ((5, 27, _FIRST_ABOLITION_YEAR, _ALWAYS, _ABOLITION),),
        "GUYANE": ((6, 10, _FIRST_ABOLITION_YEAR, _ALWAYS, _ABOLITION),),
        "REUNION": ((12, 20, 1983, _ALWAYS, _ABOLITION),),
        "SAINT-BARTHELEMY": (
            (5, 27, _FIRST_ABOLITION_YEAR, 2011, _ABOLITION),
            (10, 9, 2012, _ALWAYS, _ABOLITION),
        ),
        "SAINT-MARTIN": (
            (5, 27, _FIRST_ABOLITION_YEAR, 2017, _ABOLITION),
            (5, 27, 2018, _ALWAYS, f"{_ABOLITION} (date contestée)"),
            (5, 28, 2018, _ALWAYS, _ABOLITION),
        ),
    }
)


SCHOOL_YEAR_ENDS: Final = (8, 31)
"""Month and day on which a school year ends where the text does not say: ours, no statute fixes it."""


def day_of_year(year: int, month: int, day: int) -> date:
    """A day of a year, 29 February clamped to the 28th where it does not exist."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year (Meeus/Jones/Butcher algorithm)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=4096)
def statutory_holidays(zone: Zone, year: int, *, good_friday: bool = False) -> Mapping[date, str]:
    """The days a text declares holidays in this zone that year, with their French names.

    Args:
        zone: the part of France whose list applies.
        year: a Gregorian year; each holiday appears only in the years its text was in force.
        good_friday: add Good Friday (communes of Alsace-Moselle with a Protestant temple or a mixed church).
    """
    sunday = easter(year)
    days = {
        date(year, 1, 1): "Jour de l’an",
        sunday + timedelta(1): "Lundi de Pâques",
        # Working it as the « journée de solidarité » never stopped it being a holiday, 2005-2007 included.
        sunday + timedelta(50): "Lundi de Pentecôte",
        date(year, 7, 14): "Fête nationale",
        date(year, 8, 15): "Assomption",
        date(year, 11, 1): "Toussaint",
        date(year, 12, 25): "Noël",
    }
    if year >= 1922:  # law of 24 October 1922
        days[date(year, 11, 11)] = "Armistice de 1918"
    if year >= 1947:  # laws of 30 April 1947 and 29 April 1948
        days[date(year, 5, 1)] = "Fête du Travail"
    if 1953 <= year <= 1959 or year >= 1982:  # laws of 20 March 1953 and 2 October 1981
        days[date(year, 5, 8)] = "Victoire de 1945"
    if zone == "ALSACE-MOSELLE":
        days[date(year, 12, 26)] = "Saint-Étienne"
        if good_friday:
            days[sunday - timedelta(2)] = "Vendredi saint"
    for month, day, first, last, name in _OVERSEAS.get(zone, ()):
        if first <= year <= last:
            _add(days, date(year, month, day), name)
    _add(days, sunday + timedelta(39), "Ascension")
    return MappingProxyType(dict(sorted(days.items())))


def _add(days: dict[date, str], day: date, name: str) -> None:
    """Two feasts may share a day (Ascension on 1 or 8 May): name both rather than lose one."""
    days[day] = f"{days[day]} et {name}" if day in days else name


_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


class Calendar(ABC):
    """What a rule may ask of a calendar, whether it is one place or several at once."""

    @abstractmethod
    def holiday_name(self, day: date) -> str | None:
        """French name of the statutory holiday falling on that day, None when there is none."""

    @abstractmethod
    def is_closed_locally(self, day: date) -> bool:
        """Whether the place itself is closed that day, whatever the statutes say."""

    def is_holiday(self, day: date) -> bool:
        """Whether a text declares that day a holiday here (local closures do not count)."""
        return self.holiday_name(day) is not None

    def is_open(self, day: date) -> bool:
        """Monday to Friday and not a statutory holiday; art. 642 treats Saturday like Sunday."""
        return day.weekday() < _SATURDAY and not self.is_holiday(day)

    def is_ouvrable(self, day: date) -> bool:
        """Monday to Saturday and not a statutory holiday (« jour ouvrable »)."""
        return day.weekday() <= _SATURDAY and not self.is_holiday(day)

    def is_workable(self, day: date) -> bool:
        """Open, and not closed locally: a day we can count on to act."""
        return self.is_open(day) and not self.is_closed_locally(day)

    def next_open(self, day: date) -> date:
        """First open day on or after `day` (CPC art. 642 al. 2)."""
        while not self.is_open(day):
            day += _DAY
        return day

    def prev_open(self, day: date) -> date:
        """Last open day on or before `day`, local closures ignored; for a safe day see `prev_workable`."""
        while not self.is_open(day):
            day -= _DAY
        return day

    def next_workable(self, day: date) -> date:
        """First day on or after `day` on which we can act."""
        while not self.is_workable(day):
            day += _DAY
        return day

    def prev_workable(self, day: date) -> date:
        """Last day on or before `day` on which we can act: the safe day of an act that is ours."""
        while not self.is_workable(day):
            day -= _DAY
        return day

    def add_open(self, day: date, n: int) -> date:
        """The n-th open day after `day`, which is not counted (« jours ouvrés »).

        Raises:
            ValueError: n is negative.
        """
        if n < 0:
            raise ValueError(f"Un nombre de jours ouvrés ne peut pas être négatif\u00a0: {n}.")
        for _ in range(n):
            day = self.next_open(day + _DAY)
        return day


@dataclass(frozen=True)
class WorkingDays(Calendar):
    """The calendar of one place.

    Attributes:
        zone: whose statutory list applies.
        good_friday: Good Friday is a holiday in this commune (L.3134-13: Alsace-Moselle, communes with a
            Protestant temple or a mixed church).
        extra_closed: local closures, kept sorted and unique so that equal calendars serialise alike.
        time_zone: IANA name of local time; that of the zone when left empty.

    Raises:
        ValueError: unknown zone or time zone, or Good Friday outside Alsace-Moselle (message in French).
    """

    zone: Zone = "FR"
    good_friday: bool = False
    extra_closed: tuple[date, ...] = ()
    time_zone: str = ""

    def __post_init__(self) -> None:
        if self.zone not in ZONES:
            known = ", ".join(ZONES)
            raise ValueError(f"Zone inconnue\u00a0: «\u00a0{self.zone}\u00a0». Zones admises\u00a0: {known}.")
        if self.good_friday and self.zone != "ALSACE-MOSELLE":
            raise ValueError(
                f"Le Vendredi saint n’est pas férié dans la zone {self.zone}\u00a0: il ne l’est que dans des "
                "communes du Bas-Rhin, du Haut-Rhin et de la Moselle (zone ALSACE-MOSELLE). S’il s’agit d’un "
                "usage ou d’une fermeture du service, inscrivez la date parmi les fermetures locales "
                "(extra_closed)."
            )
        time_zone = self.time_zone or TIME_ZONES[self.zone]
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"Fuseau horaire inconnu\u00a0: «\u00a0{time_zone}\u00a0». Exemple admis\u00a0: Europe/Paris."
            ) from error
        object.__setattr__(self, "time_zone", time_zone)
        object.__setattr__(self, "extra_closed", tuple(sorted(set(self.extra_closed))))

    def holiday_name(self, day: date) -> str | None:
        """French name of the statutory holiday falling on that day, None when there is none."""
        return statutory_holidays(self.zone, day.year, good_friday=self.good_friday).get(day)

    def is_closed_locally(self, day: date) -> bool:
        """Whether the day is among this place's own closures."""
        return day in self.extra_closed

    def is_open(self, day: date) -> bool:
        """Monday to Friday and not a statutory holiday; art. 642 treats Saturday like Sunday."""
        return day.weekday() < _SATURDAY and day not in self._closed_in(day.year)[0]

    def is_workable(self, day: date) -> bool:
        """Open, and not closed locally: a day we can count on to act."""
        return day.weekday() < _SATURDAY and day not in self._closed_in(day.year)[1]

    def next_open(self, day: date) -> date:
        """First open day on or after `day` (CPC art. 642 al. 2)."""
        found = self._next_open.get(day)
        if found is None:
            found = self._next_open[day] = super().next_open(day)
        return found

    def next_workable(self, day: date) -> date:
        """First day on or after `day` on which we can act."""
        found = self._next_workable.get(day)
        if found is None:
            found = self._next_workable[day] = super().next_workable(day)
        return found

    def prev_workable(self, day: date) -> date:
        """Last day on or before `day` on which we can act: the safe day of an act that is ours."""
        found = self._prev_workable.get(day)
        if found is None:
            found = self._prev_workable[day] = super().prev_workable(day)
        return found

    def _closed_in(self, year: int) -> tuple[frozenset[date], frozenset[date]]:
        """Return the holidays of a year, and the same with the local closures (asked very often)."""
        found = self._closed.get(year)
        if found is None:
            holidays = frozenset(statutory_holidays(self.zone, year, good_friday=self.good_friday))
            found = (holidays, holidays.union(self.extra_closed))
            self._closed[year] = found
        return found

    # What was already looked up: the same few hundred days come back in every agenda of a place, and all of
    # them share its calendar. Derived from the fields alone: no part of comparing or showing a calendar.

    @cached_property
    def _next_open(self) -> dict[date, date]:
        return {}

    @cached_property
    def _next_workable(self) -> dict[date, date]:
        return {}

    @cached_property
    def _prev_workable(self) -> dict[date, date]:
        return {}

    @cached_property
    def _closed(self) -> dict[int, tuple[frozenset[date], frozenset[date]]]:
        return {}


@dataclass(frozen=True)
class JointDays(Calendar):
    """Several places at once: a day counts as open only when it is open in all of them.

    For rolling *back* when the place of the act is in doubt; a right others hold against us runs on
    the calendar of one place, the tribunal's.

    Raises:
        ValueError: no place is given.
    """

    places: tuple[WorkingDays, ...]

    def __post_init__(self) -> None:
        if not self.places:
            raise ValueError("Il faut au moins un lieu pour réunir des calendriers.")

    @property
    def time_zone(self) -> str:
        """Local time of the first place, the one that acts."""
        return self.places[0].time_zone

    def holiday_name(self, day: date) -> str | None:
        """Name of the holiday in the first place that has one that day."""
        return next((name for place in self.places if (name := place.holiday_name(day))), None)

    def is_closed_locally(self, day: date) -> bool:
        """Whether any of the places is closed on its own account."""
        return any(place.is_closed_locally(day) for place in self.places)


def union(a: WorkingDays | JointDays, b: WorkingDays | JointDays) -> WorkingDays | JointDays:
    """The holidays and closures of both places together; the first keeps its local time."""
    places = tuple(dict.fromkeys((*_places(a), *_places(b))))
    return places[0] if len(places) == 1 else JointDays(places)


def _places(calendar: WorkingDays | JointDays) -> tuple[WorkingDays, ...]:
    return calendar.places if isinstance(calendar, JointDays) else (calendar,)
