"""What a posted letter ends, and when, for clauses of every basis."""

from datetime import date

import pytest

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.notice import NoticeEffect, NoticeTerms, due_dates, if_posted_on, next_due_date
from echeancier.domain.dates.rules import Certainty

FRANCE = WorkingDays()
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)

FROM_SENDING = NoticeTerms(Delay(months=1), "sending")
UNSTATED = NoticeTerms(Delay(months=1), "unstated")
ANNUAL = NoticeTerms(Delay(months=3), "unstated", "anniversary", form="unstated")
FROM_RECEIPT = NoticeTerms(Delay(months=3), "receipt")
LETTER_DATE = NoticeTerms(Delay(months=2, bound="at_least"), "letter-date")
CEILING = NoticeTerms(Delay(months=1, bound="at_most"), "unstated")

START, END = date(2021, 1, 1), date(2023, 12, 31)
YEAR_2020 = (date(2020, 12, 31), date(2020, 1, 1))


def _days(found: NoticeEffect) -> tuple[date, date, date]:
    return found.earliest, found.expected, found.latest


def test_the_effect_ranges_from_posting_to_the_last_day_at_the_post_office() -> None:
    found = if_posted_on(date(2021, 6, 15), UNSTATED, FRANCE, END, START)

    assert _days(found) == (date(2021, 7, 15), date(2021, 7, 18), date(2021, 8, 3))
    assert found.certainty is Certainty.CONTESTED


def test_three_months_unstated_may_miss_the_end_of_the_year() -> None:
    found = if_posted_on(date(2021, 9, 20), NoticeTerms(Delay(months=3), "unstated"), METZ, END, START)

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
    found = if_posted_on(received, UNSTATED, FRANCE, date(2017, 1, 17), date(2016, 1, 18), delivered_on=received)

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
    found = if_posted_on(received, LETTER_DATE, FRANCE, *YEAR_2020, delivered_on=received, letter_date=written)

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
    terms = NoticeTerms(Delay(months=1, bound="at_most"), "receipt")
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
        "postée le 15/06/2021\u00a0; préavis de 1\u00a0mois\u00a0; "
        "au plus tôt, départ le 15/06/2021 → 15/07/2021\u00a0; "
        "attendu, départ le 18/06/2021 → 18/07/2021\u00a0; "
        "au plus tard, départ le 03/07/2021 → 03/08/2021\u00a0; "
        "le destinataire doit se fier à la date la plus proche\u00a0; "
        "si la lettre est refusée ou n’est pas retirée, la faire signifier par commissaire de justice"
    )


def test_the_due_dates_are_the_eves_of_the_anniversaries() -> None:
    assert due_dates(START, END, ANNUAL) == (date(2021, 12, 31), date(2022, 12, 31), date(2023, 12, 31))


def test_a_term_of_eighteen_months_ends_before_its_second_due_date() -> None:
    assert next_due_date(date(2022, 2, 1), START, date(2022, 6, 30), ANNUAL) == date(2022, 6, 30)


def test_an_effect_on_a_leap_day_is_due_on_the_last_of_february() -> None:
    assert next_due_date(date(2024, 6, 1), date(2024, 2, 29), None, ANNUAL) == date(2025, 2, 28)


def test_the_trace_says_on_which_days_it_may_end_and_that_the_letter_s_own_day_changes_nothing() -> None:
    terms = NoticeTerms(Delay(months=1, bound="at_least"), "sending", "month-end")
    assert "préavis d’au moins 1\u00a0mois" in if_posted_on(date(2021, 6, 15), terms, FRANCE, END, START).trace
    assert "pour finir à la fin d’un mois seulement" in if_posted_on(date(2021, 6, 15), terms, FRANCE, END, START).trace
    found = if_posted_on(date(2021, 6, 15), FROM_SENDING, FRANCE, END, START, letter_date=date(2021, 12, 31))
    assert "le jour écrit dans la lettre n’y change rien" in found.trace
