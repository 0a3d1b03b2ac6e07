"""When to post a notice, row by row, and the letter's way through the post."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.notice import NoticeTerms, last_collection_day, posting_plan, presentation_day, served_day

FRANCE = WorkingDays()
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)

# last day in force wanted, months, place, last posting day P0, P1, P2
ROWS = """
2021-06-30 1 FR   2021-05-28 2021-05-25 2021-04-30
2021-12-31 1 FR   2021-11-30 2021-11-25 2021-11-03
2022-06-30 1 FR   2022-05-30 2022-05-24 2022-05-03
2022-12-31 1 FR   2022-11-30 2022-11-25 2022-11-03
2023-02-28 1 FR   2023-01-27 2023-01-24 2023-01-03
2023-06-30 1 FR   2023-05-30 2023-05-24 2023-05-02
2023-12-30 1 FR   2023-11-30 2023-11-27 2023-11-03
2024-09-30 1 FR   2024-08-30 2024-08-27 2024-08-06
2024-12-31 1 FR   2024-11-29 2024-11-26 2024-11-05
2025-02-28 1 FR   2025-01-28 2025-01-23 2024-12-31
2025-06-30 1 FR   2025-05-30 2025-05-26 2025-05-02
2021-12-31 3 METZ 2021-09-30 2021-09-27 2021-09-03
2022-12-31 3 METZ 2022-09-30 2022-09-27 2022-09-06
2022-08-31 3 METZ 2022-05-31 2022-05-25 2022-05-03
2022-02-28 3 METZ 2021-11-26 2021-11-23 2021-11-02
2022-05-31 3 METZ 2022-02-28 2022-02-23 2022-02-01
2023-11-30 3 METZ 2023-08-30 2023-08-25 2023-08-03
2016-06-30 1 FR   2016-05-30 2016-05-25 2016-05-02
2016-12-31 1 FR   2016-11-30 2016-11-25 2016-11-03
2017-01-16 1 FR   2016-12-16 2016-12-13 2016-11-22
2020-09-30 3 FR   2020-06-30 2020-06-25 2020-06-03
2020-11-30 3 FR   2020-08-28 2020-08-25 2020-08-04
2020-12-30 3 FR   2020-09-30 2020-09-25 2020-09-03
"""


@pytest.mark.parametrize("row", ROWS.strip().splitlines())
def test_a_notice_is_posted_in_time_under_each_reading(row: str) -> None:
    end, months, place, p0, p1, p2 = row.split()

    terms = NoticeTerms(Delay(months=int(months)), "sending")
    plan = posting_plan(date.fromisoformat(end), terms, METZ if place == "METZ" else FRANCE)

    assert [plan.p0, plan.p1, plan.p2] == [date.fromisoformat(day) for day in (p0, p1, p2)]


def test_a_letter_is_presented_collected_or_served_in_that_order() -> None:
    posted = date(2021, 6, 15)

    assert presentation_day(posted, FRANCE) == date(2021, 6, 18)
    assert last_collection_day(date(2021, 6, 18)) == date(2021, 7, 3)
    assert served_day(posted, FRANCE) == date(2021, 7, 9)


def test_no_letter_is_planned_on_a_day_our_office_is_closed() -> None:
    closed = WorkingDays(extra_closed=(date(2021, 11, 30),))

    assert posting_plan(date(2021, 12, 31), NoticeTerms(Delay(months=1), "sending"), closed).p0 == date(2021, 11, 29)


@given(
    st.dates(date(2000, 1, 1), date(2050, 12, 31)),
    st.integers(0, 12),
    st.lists(st.dates(date(2000, 1, 1), date(2050, 12, 31)), max_size=5),
)
def test_the_plans_are_ordered_and_each_is_the_latest_that_arrives_in_time(
    end: date, n: int, closures: list[date]
) -> None:
    calendar = WorkingDays(extra_closed=tuple(closures))
    plan = posting_plan(end, NoticeTerms(Delay(months=n), "sending"), calendar)

    assert plan.p2 <= plan.p1 <= plan.p0 <= plan.lim <= plan.latest_trigger
    assert all(calendar.is_workable(day) for day in (plan.p0, plan.p1, plan.p2))
    for chosen, arrives in ((plan.p1, presentation_day), (plan.p2, served_day)):
        later = calendar.next_workable(date.fromordinal(chosen.toordinal() + 1))
        assert arrives(chosen, calendar) <= plan.lim < arrives(later, calendar)
