"""Periods in days, months and hours: one behaviour each, beside the vectors."""

from datetime import UTC, date, datetime, timedelta

import pytest

from echeancier.domain.dates import delay, delays
from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Days, Delay
from echeancier.domain.dates.delays import Bounds, RenewalPlan

FRANCE = WorkingDays()
HUITAINE = Delay(days=8, named="huitaine")
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)


def test_a_safe_day_after_the_legal_day_is_refused() -> None:
    with pytest.raises(ValueError, match="dépasse le dernier jour permis"):
        Bounds(legal=date(2021, 6, 15), safe=date(2021, 6, 16))


def test_months_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(ValueError, match="sort du calendrier"):
        delays.add_months(date(9999, 12, 1), 1)


def test_months_are_counted_from_the_anchor_not_chained() -> None:
    january = date(2024, 1, 31)

    assert delays.add_months(january, 2) == date(2024, 3, 31)
    assert delays.add_months(delays.add_months(january, 1), 1) == date(2024, 3, 29)


def test_what_is_ours_rolls_back_and_keeps_its_legal_day() -> None:
    assert delays.ours(date(2021, 2, 28), FRANCE) == Bounds(legal=date(2021, 2, 28), safe=date(2021, 2, 26))


def test_a_local_closure_moves_our_safe_day_but_not_the_right_of_others() -> None:
    bridge = WorkingDays(extra_closed=(date(2021, 6, 17),))

    assert delays.ours(date(2021, 6, 17), bridge).safe == date(2021, 6, 16)
    assert delays.franc_months(date(2021, 4, 16), 2, bridge) == date(2021, 6, 17)


def test_a_notice_given_too_late_is_not_saved_by_easter() -> None:
    assert delay.latest(date(2013, 9, 30), Delay(months=6), FRANCE) == date(2013, 3, 31)  # Easter Sunday


def test_a_notice_may_end_on_a_sunday() -> None:
    assert delay.plus(date(2020, 2, 10), Delay(months=3), FRANCE) == date(2020, 5, 10)


def test_a_huitaine_keeps_a_day_of_caution() -> None:
    huitaine = delay.after(date(2021, 5, 6), HUITAINE, FRANCE)
    assert (huitaine.legal, huitaine.safe) == (date(2021, 5, 14), date(2021, 5, 12))


def test_a_huitaine_after_a_departure_ends_on_the_eighth_day() -> None:
    assert delay.after(date(2021, 9, 6), HUITAINE, FRANCE).legal == date(2021, 9, 14)


def test_an_absence_of_months_is_exceeded_the_day_after_under_the_strict_reading() -> None:
    exceeded = delay.exceeds(date(2021, 6, 15), Delay(months=3, more_than=True, since="state"), FRANCE)

    assert (exceeded.safe, exceeded.strict) == (date(2021, 9, 15), date(2021, 9, 16))


def test_an_absence_of_days_counts_its_first_day() -> None:
    assert delay.exceeds(date(2021, 5, 3), Delay(days=30, more_than=True, since="state"), FRANCE).safe == date(
        2021, 6, 2
    )


@pytest.mark.parametrize(
    ("meeting", "n", "legal", "safe"),
    [
        (date(2016, 6, 30), 15, date(2016, 6, 15), date(2016, 6, 14)),
        (date(2016, 11, 15), 15, date(2016, 10, 31), date(2016, 10, 28)),
        (date(2016, 12, 12), 15, date(2016, 11, 27), date(2016, 11, 25)),
        (date(2024, 9, 16), 5, date(2024, 9, 11), date(2024, 9, 10)),
    ],
)
def test_word_before_a_meeting_is_safe_in_clear_days(meeting: date, n: int, legal: date, safe: date) -> None:
    assert delay.before_event(meeting, Delay(days=n), FRANCE) == Days(legal, safe, legal + timedelta(days=1))


@pytest.mark.parametrize(
    ("effect", "n", "last"),
    [
        (date(2021, 1, 1), 36, date(2023, 12, 31)),  # a Sunday: a term never moves
        (date(2015, 12, 15), 12, date(2016, 12, 14)),
        (date(2020, 1, 1), 12, date(2020, 12, 31)),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(effect: date, n: int, last: date) -> None:
    assert delays.term_last_day(effect, n) == last


def test_destruction_two_months_after_a_term_knows_leap_years() -> None:
    assert delays.ours(delays.months(date(2023, 12, 31), 2), FRANCE).safe == date(2024, 2, 29)


def test_a_formal_notice_of_one_month_from_the_last_of_january_ends_with_february() -> None:
    assert delay.plus(date(2020, 1, 31), Delay(months=1), FRANCE) == date(2020, 2, 29)


def test_a_file_received_on_the_last_of_march_is_kept_two_months() -> None:
    assert delays.months(date(2020, 3, 31), 2) == date(2020, 5, 31)


def test_bimonthly_periods_are_due_on_their_last_working_day() -> None:
    due = [p.due for p in delays.periods(date(2021, 1, 1), date(2023, 12, 31), 2, FRANCE)]

    assert due == [
        date(2021, 2, 26), date(2021, 4, 30), date(2021, 6, 30), date(2021, 8, 31), date(2021, 10, 29),
        date(2021, 12, 31), date(2022, 2, 28), date(2022, 4, 29), date(2022, 6, 30), date(2022, 8, 31),
        date(2022, 10, 31), date(2022, 12, 30), date(2023, 2, 28), date(2023, 4, 28), date(2023, 6, 30),
        date(2023, 8, 31), date(2023, 10, 31), date(2023, 12, 29),
    ]  # fmt: skip


def test_quarterly_periods_follow_one_another_to_the_end_of_the_term() -> None:
    quarters = delays.periods(date(2021, 1, 1), date(2021, 12, 31), 3, FRANCE)

    assert [(q.number, q.first, q.last) for q in quarters] == [
        (1, date(2021, 1, 1), date(2021, 3, 31)),
        (2, date(2021, 4, 1), date(2021, 6, 30)),
        (3, date(2021, 7, 1), date(2021, 9, 30)),
        (4, date(2021, 10, 1), date(2021, 12, 31)),
    ]


def test_a_period_cut_by_the_term_says_so() -> None:
    last = delays.periods(date(2021, 1, 1), date(2021, 5, 15), 3, FRANCE)[-1]

    assert (last.last, last.due, last.truncated) == (date(2021, 5, 15), date(2021, 5, 14), True)


def test_a_term_begun_on_the_last_of_a_month_gets_no_period_of_a_single_day() -> None:
    last = delays.term_last_day(date(2021, 8, 31), 6)

    assert [p.last for p in delays.periods(date(2021, 8, 31), last, 6, FRANCE)] == [date(2022, 2, 28)]


def test_periods_of_no_month_are_refused() -> None:
    with pytest.raises(ValueError, match="au moins un mois"):
        delays.periods(date(2021, 1, 1), date(2021, 12, 31), 0, FRANCE)


@pytest.mark.parametrize(
    ("calendar", "plan"),
    [
        (
            FRANCE,
            RenewalPlan(
                kick_off=date(2016, 7, 15),
                committee=date(2016, 9, 16),
                text_agreed=date(2016, 11, 17),
                vote=date(2016, 12, 16),
                executory=date(2016, 12, 23),
                signatures=date(2017, 1, 16),
                absolute_limit=date(2017, 1, 17),
            ),
        ),
        (
            METZ,
            RenewalPlan(
                kick_off=date(2023, 6, 30),
                committee=date(2023, 8, 31),
                text_agreed=date(2023, 10, 31),
                vote=date(2023, 11, 30),
                executory=date(2023, 12, 7),
                signatures=date(2023, 12, 29),
                absolute_limit=date(2023, 12, 31),
            ),
        ),
    ],
    ids=["ends 2017-01-17", "ends 2023-12-31"],
)
def test_a_renewal_is_planned_back_from_the_term(calendar: WorkingDays, plan: RenewalPlan) -> None:
    assert delays.renewal_plan(plan.absolute_limit, calendar) == plan


@pytest.mark.parametrize(
    ("found", "tell_by"),
    [
        ("2020-11-06T17:00+01:00", "2020-11-08T05:00:00+01:00"),  # over a weekend
        ("2020-10-24T10:00+02:00", "2020-10-25T21:00:00+01:00"),  # over the change of clocks
    ],
)
def test_thirty_six_hours_stop_for_nothing(found: str, tell_by: str) -> None:
    assert delays.plus_hours(datetime.fromisoformat(found), 36, "Europe/Paris").isoformat() == tell_by


def test_hours_are_shown_in_the_local_time_of_the_place() -> None:
    found = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)

    assert delays.plus_hours(found, 36, "Indian/Reunion").isoformat() == "2024-06-03T00:00:00+04:00"


def test_hours_from_a_naive_time_are_refused() -> None:
    with pytest.raises(ValueError, match="avec son fuseau"):
        delays.plus_hours(datetime(2020, 10, 25, 2, 30), 36, "Europe/Paris")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("typed", "instants"),
    [
        ("2020-10-25T02:30", ["2020-10-25T02:30:00+02:00", "2020-10-25T02:30:00+01:00"]),
        ("2021-03-28T02:30", []),
        ("2021-06-15T09:00", ["2021-06-15T09:00:00+02:00"]),
    ],
    ids=["twice", "never", "once"],
)
def test_a_local_time_exists_never_once_or_twice(typed: str, instants: list[str]) -> None:
    found = delays.local_instants(datetime.fromisoformat(typed), "Europe/Paris")

    assert [instant.isoformat() for instant in found] == instants


def test_a_time_that_already_has_an_offset_is_not_resolved_again() -> None:
    with pytest.raises(ValueError, match="porte déjà un fuseau"):
        delays.local_instants(datetime(2021, 6, 15, 9, tzinfo=UTC), "Europe/Paris")
