"""What holds for every notice, whatever the clause and the day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.notice import Basis, NoticeTerms, if_posted_on, to_end_on

METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)


START, END = date(2021, 1, 1), date(2023, 12, 31)


TERMS = st.builds(
    NoticeTerms,
    st.integers(0, 6),
    st.sampled_from(["sending", "receipt", "annual-due-date", "letter-date", "unstated"]),
    st.sampled_from(["exact", "floor", "ceiling"]),
)


@given(st.dates(START, END), TERMS, st.none() | st.dates(START, END))
def test_the_earliest_reading_never_comes_after_the_latest_nor_after_the_term(
    posted: date, terms: NoticeTerms, letter_date: date | None
) -> None:
    found = if_posted_on(posted, terms, METZ, END, START, letter_date=letter_date)

    assert posted <= found.earliest <= found.expected <= found.latest <= END


@given(st.dates(START, END), TERMS)
def test_the_advice_is_a_workable_day_within_the_legal_limit(end: date, terms: NoticeTerms) -> None:
    advice = to_end_on(end, terms, METZ, END, START)

    if advice.safe_day is None or advice.legal_last_day is None:
        assert advice.nothing_to_post
    else:
        assert advice.safe_day <= advice.legal_last_day
        assert METZ.is_workable(advice.safe_day)


@given(
    st.dates(date(2021, 7, 1), date(2023, 12, 30)),
    st.integers(0, 6),
    st.sampled_from(["sending", "receipt", "annual-due-date", "letter-date", "unstated"]),
)
def test_a_letter_posted_as_advised_ends_the_convention_in_time_under_every_reading(
    end: date, months: int, basis: Basis
) -> None:
    terms = NoticeTerms(months, basis)
    advice = to_end_on(end, terms, METZ, END, START)

    if advice.safe_day is not None:
        assert if_posted_on(advice.safe_day, terms, METZ, END, START).latest <= advice.ends_on
