"""Our statutory table against an independent one, every difference explained."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import holidays
import pytest
from dateutil.easter import easter as dateutil_easter

from echeancier.domain.dates.calendar import Zone, easter, statutory_holidays

YEARS: Final = range(2000, 2041)
SUBDIVISIONS: Final[dict[Zone, str | None]] = {
    "FR": None,
    "ALSACE-MOSELLE": "57",  # gives Good Friday to all Moselle; here compared with a commune that has it
    "GUADELOUPE": "971",
    "MARTINIQUE": "972",
    "GUYANE": "973",
    "REUNION": "974",
    "MAYOTTE": "976",
    "SAINT-BARTHELEMY": "BL",
    "SAINT-MARTIN": "MF",
}

# (zone, or None for every zone; first year; last year; (month, day) or days after Easter; why)
OURS_ONLY: Final[list[tuple[Zone | None, int, int, tuple[int, int] | int, str]]] = [
    (None, 2005, 2007, 50, "Whit Monday was worked for solidarity but stayed in L.3133-1"),
    ("SAINT-BARTHELEMY", 2000, 2011, (5, 27), "part of Guadeloupe's list until décret 2012-553"),
    ("SAINT-MARTIN", 2000, 2011, (5, 27), "part of Guadeloupe's list until décret 2012-553"),
    ("SAINT-MARTIN", 2012, 2017, (5, 27), "décret 2012-553 says 27 May; 28 May came by circular in 2018"),
    ("SAINT-MARTIN", 2018, 2040, (5, 27), "disputed since 2018: both days are held closed"),
]
THEIRS_ONLY: Final[list[tuple[Zone | None, int, int, tuple[int, int] | int, str]]] = [
    ("GUADELOUPE", 2000, 2040, -24, "Mi-Carême is custom, not in L.3422-2"),
    ("GUADELOUPE", 2000, 2040, -2, "Good Friday is custom, not in L.3422-2"),
    ("GUADELOUPE", 2000, 2040, (7, 21), "Victor Schœlcher's day is custom, not in L.3422-2"),
    ("MARTINIQUE", 2000, 2040, (7, 21), "Victor Schœlcher's day is custom, not in L.3422-2"),
    ("SAINT-MARTIN", 2012, 2040, (7, 21), "Victor Schœlcher's day is custom, not in L.3422-2"),
    ("SAINT-MARTIN", 2013, 2017, (5, 28), "27 May until 2017 under décret 2012-553"),
]


def _explained(table: list[tuple[Zone | None, int, int, tuple[int, int] | int, str]], zone: Zone) -> Iterator[date]:
    for where, first, last, day, _why in table:
        if where in {None, zone}:
            for year in range(first, last + 1):
                yield dateutil_easter(year) + timedelta(day) if isinstance(day, int) else date(year, *day)


@pytest.mark.parametrize("zone", SUBDIVISIONS)
def test_our_table_differs_from_the_independent_one_only_where_a_text_says_so(zone: Zone) -> None:
    theirs = {day for year in YEARS for day in holidays.country_holidays("FR", SUBDIVISIONS[zone], years=year)}
    ours = {day for year in YEARS for day in statutory_holidays(zone, year, good_friday=zone == "ALSACE-MOSELLE")}

    assert ours - theirs == set(_explained(OURS_ONLY, zone))
    assert theirs - ours == set(_explained(THEIRS_ONLY, zone))


def test_easter_is_that_of_the_calendar_of_gregory_in_every_year_the_independent_table_knows() -> None:
    assert [easter(year) for year in range(1583, 4100)] == [dateutil_easter(year) for year in range(1583, 4100)]


def test_the_national_list_of_the_last_century_has_no_difference_at_all() -> None:
    theirs = {day for year in range(1950, 2000) for day in holidays.country_holidays("FR", years=year)}
    ours = {day for year in range(1950, 2000) for day in statutory_holidays("FR", year)}

    assert ours == theirs


def test_easter_agrees_with_an_independent_computation() -> None:
    years = range(1583, 4100)

    assert [easter(year) for year in years] == [dateutil_easter(year) for year in years]
