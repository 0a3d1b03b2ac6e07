"""What holds for every notice, whatever the clause and the day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.notice import NoticeTerms, if_posted_on, to_end_on

METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)


START, END = date(2021, 1, 1), date(2023, 12, 31)
BOUNDS = st.sampled_from([None, "at_least", "at_most", "exact"])


LENGTHS = st.one_of(
    *(
        st.builds(
            lambda n, bound, unit=unit: Delay.model_validate({unit: n, "bound": bound}), st.integers(0, most), BOUNDS
        )
        for unit, most in {
            "months": 6,
            "weeks": 26,
            "days": 190,
            "clear_days": 60,
            "open_days": 60,
            "ouvrable_days": 60,
        }.items()
    ),
    st.builds(lambda m, d: Delay(months=m, days=d), st.integers(1, 5), st.integers(0, 40)),
    st.builds(lambda m: Delay.model_validate({"months": m, "from": "next-month"}), st.integers(1, 5)),
)
STARTS = st.sampled_from(["sending", "receipt", "first-presentation", "letter-date", "unstated"])
UNTILS = st.sampled_from(["any-day", "anniversary", "civil-year-end", "school-year-end", "month-end"])
TERMS = st.one_of(
    st.builds(NoticeTerms, LENGTHS, STARTS, UNTILS),
    st.builds(lambda starts: NoticeTerms(None, starts, "day", on=(9, 30), last_day=(5, 15)), STARTS),
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
        # Nobody writes before it takes effect: then the legal day itself is shown, even one nobody works on.
        assert METZ.is_workable(advice.safe_day) or METZ.prev_workable(advice.legal_last_day) < START


@given(st.dates(date(2021, 7, 1), date(2023, 12, 30)), TERMS)
def test_a_letter_posted_as_advised_ends_the_convention_in_time_under_every_reading(
    end: date, terms: NoticeTerms
) -> None:
    advice = to_end_on(end, terms, METZ, END, START)

    if advice.safe_day is not None and not terms.at_most:
        assert if_posted_on(advice.safe_day, terms, METZ, END, START).latest <= advice.ends_on
