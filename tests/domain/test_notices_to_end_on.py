"""When to post, for clauses of every basis."""

from datetime import date

import pytest

from echeancier.domain.dates.calendar import WorkingDays
from echeancier.domain.dates.delay import Delay
from echeancier.domain.dates.notice import NoticeTerms, to_end_on
from echeancier.domain.dates.rules import Certainty

FRANCE = WorkingDays()
METZ = WorkingDays("ALSACE-MOSELLE", good_friday=True)

FROM_SENDING = NoticeTerms(Delay(months=1), "sending")
UNSTATED = NoticeTerms(Delay(months=1), "unstated")
ANNUAL = NoticeTerms(Delay(months=3), "unstated", "anniversary", form="unstated")
FROM_RECEIPT = NoticeTerms(Delay(months=3), "receipt")
CEILING = NoticeTerms(Delay(months=1, bound="at_most"), "unstated")

START, END = date(2021, 1, 1), date(2023, 12, 31)
YEAR_2020 = (date(2020, 12, 31), date(2020, 1, 1))


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


@pytest.mark.parametrize("terms", [ANNUAL, FROM_SENDING, CEILING], ids=lambda t: f"{t.starts} {t.until}")
def test_there_is_nothing_to_post_for_the_natural_end(terms: NoticeTerms) -> None:
    advice = to_end_on(END, terms, METZ, END, START)

    assert advice.safe_day is None
    assert advice.legal_last_day is None
    assert advice.nothing_to_post is not None
    assert "s’achève d’elle-même le 31/12/2023" in advice.nothing_to_post


def test_the_last_useful_sending_is_for_the_day_before_the_term() -> None:
    assert to_end_on(date(2023, 12, 30), FROM_SENDING, FRANCE, END, START).legal_last_day == date(2023, 11, 30)


def test_a_notice_longer_than_the_time_elapsed_has_nothing_to_post() -> None:
    advice = to_end_on(date(2020, 2, 15), FROM_RECEIPT, FRANCE, *YEAR_2020)

    assert advice.nothing_to_post is not None
    assert "ne tient pas entre la prise d’effet du 01/01/2020" in advice.nothing_to_post


def test_a_notice_that_just_fits_after_the_effect_can_be_posted() -> None:
    assert to_end_on(date(2020, 4, 1), FROM_RECEIPT, FRANCE, *YEAR_2020).legal_last_day == date(2020, 1, 1)


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


def test_the_trace_says_the_computation_in_words() -> None:
    advice = to_end_on(date(2021, 12, 31), ANNUAL, METZ, END, START)

    assert advice.trace == (
        "résiliation à l’échéance annuelle seulement, ici le 31/12/2021\u00a0; "
        "3\u00a0mois avant le 31/12/2021 → 30/09/2021\u00a0; "
        "point de départ non précisé, réception supposée, délai postal P2 → "
        "à poster au plus tard le 03/09/2021\u00a0; "
        "la clause n’impose aucune forme, lettre recommandée avec avis de réception conseillée"
    )


def test_the_trace_warns_against_the_month_end_bonus() -> None:
    trace = to_end_on(date(2022, 2, 28), FROM_RECEIPT, FRANCE, END, START).trace

    assert "3\u00a0mois avant le 28/02/2022 → 28/11/2021" in trace
    assert "la fin de mois tolérerait le 30/11/2021, tolérance à ne pas utiliser" in trace
