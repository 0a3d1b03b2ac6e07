"""The statutory holidays of each French zone, computed for any year, named in French.

Sources: C. trav. L.3133-1 (national list), L.3134-13 (Alsace-Moselle), L.3422-2 and décret
n° 83-1003 (commemoration of the abolition of slavery overseas). Bridges, strikes, the « journée de
solidarité » and customary days (Mi-Carême, 21 July…) are not holidays: only a text makes one
(Civ. 2e, 16 July 1976, n° 75-12.260).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, get_args

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
