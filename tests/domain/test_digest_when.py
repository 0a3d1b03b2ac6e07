"""When the digest leaves."""

from datetime import datetime, time

import pytest

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.overview.digest_day import DigestHours, days_of, monday_of, opening, week_of
from tests.domain import builders as b

FRANCE = days_of(())
HOURS = DigestHours()


@pytest.mark.parametrize(
    ("asked", "leaves"),
    [
        (b.at("2026-03-30", 8), b.at("2026-03-30", 8)),  # a Monday
        (b.at("2026-03-30", 6), b.at("2026-03-30", 8)),
        (b.at("2026-03-30", 17, 59), b.at("2026-03-30", 17, 59)),  # late, on the same day
        (b.at("2026-03-30", 18), b.at("2026-03-31", 8)),
        (b.at("2026-04-06", 8), b.at("2026-04-07", 8)),  # Easter Monday
        (b.at("2026-04-04", 12), b.at("2026-04-07", 8)),  # the Saturday before
        (b.at("2027-03-28", 2, 30), b.at("2027-03-30", 8)),  # the night of summer time, before Easter Monday
    ],
)
def test_it_leaves_at_its_hour_on_a_day_that_is_worked(asked: datetime, leaves: datetime) -> None:
    assert opening(asked, HOURS, FRANCE) == leaves


def test_an_hour_later_than_that_of_the_other_mails_holds_back_no_late_one() -> None:
    afternoon = DigestHours(at=time(14))
    assert opening(b.at("2026-03-30", 7), afternoon, FRANCE) == b.at("2026-03-30", 14)
    assert opening(b.at("2026-03-30", 9), afternoon, FRANCE) == b.at("2026-03-30", 9)


def test_a_day_that_one_of_our_places_does_not_work_is_closed() -> None:
    both = days_of([WorkingDays(), WorkingDays("ALSACE-MOSELLE")])
    boxing_day = b.at("2022-12-26", 8)  # a Monday, a holiday in Moselle
    assert opening(boxing_day, HOURS, FRANCE) == boxing_day
    assert opening(boxing_day, HOURS, both) == b.at("2022-12-27", 8)


def test_a_week_is_named_by_its_monday_whatever_the_year() -> None:
    assert week_of(b.at("2027-01-01"), HOURS) == "2026-W53"
    assert monday_of("2026-W53") == b.d("2026-12-28")
    assert week_of(b.at("2026-11-23", 0), HOURS) == "2026-W48"
