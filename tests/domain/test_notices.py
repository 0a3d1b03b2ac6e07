"""The notice calculator: clauses of every basis, in both directions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items import Certainty
from domain.notices import Basis, EffectRange, NoticeTerms, due_dates, if_posted_on, next_due_date, to_end_on
from domain.working_days import WorkingDays

FRANCE = WorkingDays()
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)

FROM_SENDING = NoticeTerms(1, "sending")
UNSTATED = NoticeTerms(1, "unstated")
ANNUAL = NoticeTerms(3, "annual-due-date", form="unstated")
FROM_RECEIPT = NoticeTerms(3, "receipt")
LETTER_DATE = NoticeTerms(2, "letter-date", "floor")
CEILING = NoticeTerms(1, "unstated", "ceiling")

START, END = date(2021, 1, 1), date(2023, 12, 31)
YEAR_2020 = (date(2020, 12, 31), date(2020, 1, 1))


def _days(found: EffectRange) -> tuple[date, date, date]:
    return found.earliest, found.expected, found.latest


# ------------------------------------------------------------------------------------ to end on a day


def test_when_sending_counts_the_posting_day_is_the_limit_itself() -> None:
    advice = to_end_on(date(2021, 12, 31), FROM_SENDING, FRANCE, END, START)

    assert (advice.legal_last_day, advice.safe_day, advice.plan) == (
        date(2021, 11, 30),
        date(2021, 11, 30),
        "P0",
    )
    assert advice.certainty is Certainty.CERTAIN


def test_when_the_start_is_not_said_the_letter_leaves_early_enough_to_be_served() -> None:
    advice = to_end_on(date(2022, 12, 31), UNSTATED, FRANCE, END, START)

    assert (advice.legal_last_day, advice.safe_day, advice.plan) == (
        date(2022, 11, 30),
        date(2022, 11, 3),
        "P2",
    )
    assert advice.certainty is Certainty.CONTESTED


def test_when_receipt_counts_the_letter_leaves_early_and_the_limit_is_certain() -> None:
    advice = to_end_on(date(2020, 11, 30), FROM_RECEIPT, FRANCE, *YEAR_2020)

    assert (advice.legal_last_day, advice.safe_day) == (date(2020, 8, 31), date(2020, 8, 4))
    assert advice.certainty is Certainty.CERTAIN


def test_an_annual_due_date_is_met_three_months_ahead() -> None:
    advice = to_end_on(date(2021, 12, 31), ANNUAL, METZ, END, START)

    assert (advice.legal_last_day, advice.safe_day) == (date(2021, 9, 30), date(2021, 9, 3))


def test_an_end_wanted_between_two_due_dates_moves_to_the_next_one() -> None:
    assert to_end_on(date(2022, 3, 15), ANNUAL, METZ, END, START).ends_on == date(2022, 12, 31)


@pytest.mark.parametrize("terms", [ANNUAL, FROM_SENDING, CEILING], ids=lambda t: t.basis)
def test_there_is_nothing_to_post_for_the_natural_end(terms: NoticeTerms) -> None:
    advice = to_end_on(END, terms, METZ, END, START)

    assert advice.safe_day is None
    assert advice.legal_last_day is None
    assert advice.nothing_to_post is not None
    assert "s’achève d’elle-même le 31/12/2023" in advice.nothing_to_post


def test_the_last_useful_sending_is_for_the_day_before_the_term() -> None:
    assert to_end_on(date(2023, 12, 30), FROM_SENDING, FRANCE, END, START).legal_last_day == date(
        2023, 11, 30
    )


def test_a_notice_longer_than_the_time_elapsed_has_nothing_to_post() -> None:
    advice = to_end_on(date(2020, 2, 15), FROM_RECEIPT, FRANCE, *YEAR_2020)

    assert advice.nothing_to_post is not None
    assert "ne tiennent pas entre la prise d’effet du 01/01/2020" in advice.nothing_to_post


def test_an_unknown_end_does_not_prevent_a_notice() -> None:
    advice = to_end_on(date(2024, 9, 30), UNSTATED, FRANCE, None, date(2024, 4, 29))

    assert advice.safe_day == date(2024, 8, 6)


def test_a_maximum_lets_the_sender_choose_up_to_the_last_day() -> None:
    advice = to_end_on(date(2022, 6, 30), CEILING, FRANCE, END, START)

    assert (advice.legal_last_day, advice.safe_day, advice.plan) == (
        date(2022, 6, 30),
        date(2022, 5, 30),
        "P0",
    )
    assert advice.certainty is Certainty.CONTESTED


def test_an_end_before_the_effect_is_refused() -> None:
    with pytest.raises(ValueError, match="précède la prise d’effet"):
        to_end_on(date(2020, 12, 31), UNSTATED, FRANCE, END, START)


def test_an_annual_due_date_without_a_known_effect_is_refused() -> None:
    with pytest.raises(ValueError, match="prise d’effet"):
        to_end_on(date(2021, 12, 31), ANNUAL, METZ, END, None)


def test_a_negative_notice_is_refused() -> None:
    with pytest.raises(ValueError, match="ne peut pas durer"):
        NoticeTerms(-1, "sending")


def test_the_trace_says_the_computation_in_words() -> None:
    advice = to_end_on(date(2021, 12, 31), ANNUAL, METZ, END, START)

    assert advice.trace == (
        "résiliation à l’échéance annuelle seulement, ici le 31/12/2021\u00a0; "
        "3 mois avant le 31/12/2021 → 30/09/2021\u00a0; "
        "point de départ non précisé, réception supposée, délai postal P2 → "
        "à poster au plus tard le 03/09/2021\u00a0; "
        "la clause n’impose aucune forme, lettre recommandée avec avis de réception conseillée"
    )


def test_the_trace_warns_against_the_month_end_bonus() -> None:
    trace = to_end_on(date(2022, 2, 28), FROM_RECEIPT, FRANCE, END, START).trace

    assert "3 mois avant le 28/02/2022 → 28/11/2021" in trace
    assert "la fin de mois tolérerait le 30/11/2021, tolérance à ne pas utiliser" in trace


# --------------------------------------------------------------------------------- if a letter is posted


def test_the_effect_ranges_from_posting_to_the_last_day_at_the_post_office() -> None:
    found = if_posted_on(date(2021, 6, 15), UNSTATED, FRANCE, END, START)

    assert _days(found) == (date(2021, 7, 15), date(2021, 7, 18), date(2021, 8, 3))
    assert found.certainty is Certainty.CONTESTED


def test_three_months_unstated_may_miss_the_end_of_the_year() -> None:
    found = if_posted_on(date(2021, 9, 20), NoticeTerms(3, "unstated"), METZ, END, START)

    assert _days(found) == (date(2021, 12, 20), date(2021, 12, 23), date(2022, 1, 8))


def test_a_letter_that_may_arrive_late_may_lose_a_whole_year() -> None:
    found = if_posted_on(date(2021, 9, 20), ANNUAL, METZ, END, START)

    assert _days(found) == (date(2021, 12, 31), date(2021, 12, 31), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("received", "ends", "useless"),
    [
        (date(2021, 9, 30), date(2021, 12, 31), False),
        (date(2021, 10, 1), date(2022, 12, 31), False),
        (date(2022, 10, 3), date(2023, 12, 31), True),
    ],
)
def test_a_late_notice_moves_to_the_next_due_date(received: date, ends: date, useless: bool) -> None:
    found = if_posted_on(received, ANNUAL, METZ, END, START, delivered_on=received)

    assert _days(found) == (ends, ends, ends)
    assert found.useless is useless


@pytest.mark.parametrize(
    ("posted", "ends"),
    [
        (date(2021, 6, 15), date(2021, 7, 15)),
        (date(2022, 1, 31), date(2022, 2, 28)),
        (date(2022, 5, 31), date(2022, 6, 30)),
        (date(2022, 12, 30), date(2023, 1, 30)),
        (date(2023, 1, 31), date(2023, 2, 28)),
        (date(2023, 10, 31), date(2023, 11, 30)),
        (date(2023, 11, 30), date(2023, 12, 30)),
    ],
)
def test_when_sending_counts_no_doubt_is_left(posted: date, ends: date) -> None:
    found = if_posted_on(posted, FROM_SENDING, FRANCE, END, START)

    assert _days(found) == (ends, ends, ends)
    assert found.certainty is Certainty.CERTAIN
    assert not found.capped


def test_a_notice_that_would_outlive_the_term_is_capped_and_useless() -> None:
    found = if_posted_on(date(2023, 12, 1), FROM_SENDING, FRANCE, END, START)

    assert _days(found) == (END, END, END)
    assert found.capped
    assert found.useless


def test_a_notice_that_ends_on_the_natural_end_is_useless_without_being_capped() -> None:
    received = date(2016, 12, 17)
    found = if_posted_on(
        received, UNSTATED, FRANCE, date(2017, 1, 17), date(2016, 1, 18), delivered_on=received
    )

    assert found.useless
    assert not found.capped


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        (date(2020, 1, 15), date(2020, 4, 15)),
        (date(2020, 2, 10), date(2020, 5, 10)),  # a Sunday, which stays
        (date(2020, 2, 29), date(2020, 5, 29)),
        (date(2020, 3, 31), date(2020, 6, 30)),
        (date(2020, 8, 31), date(2020, 11, 30)),
        (date(2020, 9, 30), date(2020, 12, 30)),
    ],
)
def test_a_notice_runs_from_the_recorded_receipt(received: date, ends: date) -> None:
    posted = FRANCE.prev_open(received)
    found = if_posted_on(posted, FROM_RECEIPT, FRANCE, *YEAR_2020, delivered_on=received)

    assert _days(found) == (ends, ends, ends)


def test_when_the_start_is_not_said_the_posting_date_stays_the_earliest_reading() -> None:
    found = if_posted_on(
        date(2021, 6, 15), UNSTATED, FRANCE, END, START,
        presented_on=date(2021, 6, 17), delivered_on=date(2021, 6, 24),
    )  # fmt: skip

    assert _days(found) == (date(2021, 7, 15), date(2021, 7, 24), date(2021, 7, 24))


def test_when_receipt_counts_nothing_starts_before_the_first_presentation() -> None:
    found = if_posted_on(date(2020, 6, 15), FROM_RECEIPT, FRANCE, *YEAR_2020, presented_on=date(2020, 6, 17))

    assert _days(found) == (date(2020, 9, 17), date(2020, 9, 17), date(2020, 10, 2))


@pytest.mark.parametrize(
    ("written", "ends"),
    [(date(2020, 5, 15), date(2020, 5, 31)), (date(2020, 6, 30), date(2020, 6, 30))],
    ids=["too early, the floor holds", "late enough"],
)
def test_the_date_of_the_letter_counts_unless_it_is_under_the_floor(written: date, ends: date) -> None:
    received = date(2020, 3, 31)
    found = if_posted_on(
        received, LETTER_DATE, FRANCE, *YEAR_2020, delivered_on=received, letter_date=written
    )

    assert found.expected == ends


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        (date(2020, 7, 31), date(2020, 9, 30)),
        (date(2020, 8, 31), date(2020, 10, 31)),
        (date(2020, 10, 31), date(2020, 12, 31)),
    ],
)
def test_a_letter_without_a_date_takes_the_floor(received: date, ends: date) -> None:
    found = if_posted_on(received, LETTER_DATE, FRANCE, *YEAR_2020, delivered_on=received)

    assert found.earliest == ends


def test_a_date_in_the_letter_does_not_stretch_an_exact_notice() -> None:
    found = if_posted_on(date(2021, 6, 15), FROM_SENDING, FRANCE, END, START, letter_date=date(2021, 12, 31))

    assert found.expected == date(2021, 7, 15)


def test_a_maximum_may_cut_off_any_day_from_receipt() -> None:
    received = date(2021, 6, 18)
    found = if_posted_on(date(2021, 6, 15), CEILING, FRANCE, END, START, delivered_on=received)

    assert (found.earliest, found.latest) == (date(2021, 6, 15), date(2021, 7, 18))
    assert found.certainty is Certainty.CONTESTED


def test_a_date_beyond_the_maximum_is_brought_back_to_it() -> None:
    terms = NoticeTerms(1, "receipt", "ceiling")
    found = if_posted_on(
        date(2021, 6, 15), terms, FRANCE, END, START,
        delivered_on=date(2021, 6, 18), letter_date=date(2021, 9, 30),
    )  # fmt: skip

    assert _days(found) == (date(2021, 7, 18), date(2021, 7, 18), date(2021, 7, 18))


@pytest.mark.parametrize(
    "dates",
    [
        {"presented_on": date(2021, 6, 14)},
        {"delivered_on": date(2021, 6, 14)},
        {"presented_on": date(2021, 6, 18), "delivered_on": date(2021, 6, 17)},
    ],
)
def test_a_letter_delivered_before_it_was_posted_is_refused(dates: dict[str, date]) -> None:
    with pytest.raises(ValueError, match="se contredisent"):
        if_posted_on(date(2021, 6, 15), UNSTATED, FRANCE, END, START, **dates)


def test_the_trace_of_a_contested_end_names_each_reading() -> None:
    trace = if_posted_on(date(2021, 6, 15), UNSTATED, FRANCE, END, START).trace

    assert trace == (
        "postée le 15/06/2021\u00a0; préavis de 1 mois\u00a0; "
        "au plus tôt, départ le 15/06/2021 → 15/07/2021\u00a0; "
        "attendu, départ le 18/06/2021 → 18/07/2021\u00a0; "
        "au plus tard, départ le 03/07/2021 → 03/08/2021\u00a0; "
        "le destinataire doit se fier à la date la plus proche\u00a0; "
        "si la lettre est refusée ou n’est pas retirée, la faire signifier par commissaire de justice"
    )


# ------------------------------------------------------------------------------------------- due dates


def test_the_due_dates_are_the_eves_of_the_anniversaries() -> None:
    assert due_dates(START, END) == (date(2021, 12, 31), date(2022, 12, 31), date(2023, 12, 31))


def test_a_term_of_eighteen_months_ends_before_its_second_due_date() -> None:
    assert next_due_date(date(2022, 2, 1), START, date(2022, 6, 30)) == date(2022, 6, 30)


def test_an_effect_on_a_leap_day_is_due_on_the_last_of_february() -> None:
    assert next_due_date(date(2024, 6, 1), date(2024, 2, 29), None) == date(2025, 2, 28)


# ------------------------------------------------------------------------------------------ properties

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
