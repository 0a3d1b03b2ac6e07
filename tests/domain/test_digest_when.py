"""When the digest leaves."""

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.overview.digest_day import DigestHours, days_of, monday_of, week_of
from tests.domain import builders as b

FRANCE = days_of(())
HOURS = DigestHours()


def test_a_day_that_one_of_our_places_does_not_work_is_closed() -> None:
    both = days_of([WorkingDays(), WorkingDays("ALSACE-MOSELLE")])
    boxing_day = b.d("2022-12-26")  # a Monday, a holiday in Moselle
    assert FRANCE.is_workable(boxing_day)
    assert not both.is_workable(boxing_day)


def test_a_week_is_named_by_its_monday_whatever_the_year() -> None:
    assert week_of(b.at("2027-01-01"), HOURS) == "2026-W53"
    assert monday_of("2026-W53") == b.d("2026-12-28")
    assert week_of(b.at("2026-11-23", 0), HOURS) == "2026-W48"
