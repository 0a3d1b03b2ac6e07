"""Breach: each step has its day, both readings are shown, and an answer moves the end."""

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.dates.notice import EffectRange
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.breach import BreachClosed, BreachStep
from echeancier.domain.facts.questions import QuestionAnswered
from tests.domain.builders import d, item
from tests.domain.examples_seen import agenda_by, days_of, next_id, seen_by, warned

OPUS = f"fault/{next_id('ida-o')}"
TROYES = f"data-duties-breach/{next_id('tcm-d')}"
METZ = f"recorded-breach/{next_id('mtz-p')}"


def opus(step: str, day: str, **dates: str) -> BreachStep:
    return BreachStep(breach="fault", step=step, on=d(day), **{k: d(v) for k, v in dates.items()})  # type: ignore[arg-type]


def troyes(step: str, day: str, received: str | None = None) -> BreachStep:
    return BreachStep(
        breach="data-duties-breach",
        step=step,  # type: ignore[arg-type]
        on=d(day),
        delivered_on=d(received) if received else None,
    )


def answered(question: str, reading: str, day: str) -> QuestionAnswered:
    return QuestionAnswered(on=d(day), question=question, reading=reading)


REASONS = opus("inform-reasons", "2024-09-05")
COMMENTS = opus("comment", "2024-10-04", delivered_on="2024-10-08")
DECISION = opus("decide", "2024-10-10", delivered_on="2024-10-14")


# -- Opus: reasons, comments, decision, end ------------------------------------------------------------------


def test_our_comments_leave_within_a_month_of_the_posting_on_a_day_we_work() -> None:
    found = item(agenda_by("ida-o", "2024-09-10", REASONS), f"{OPUS}/comment")
    assert days_of(found) == (d("2024-10-05"), d("2024-10-04"))
    assert (found.certainty, found.state, found.owed_by) == (Certainty.CONTESTED, State.OPEN, "commune")


def test_answered_that_receipt_counts_the_comments_have_until_the_month_after_it() -> None:
    letter = opus("inform-reasons", "2024-10-28", delivered_on="2024-10-31")
    prudent = item(agenda_by("ida-o", "2024-11-02", letter), f"{OPUS}/comment")
    moved = item(
        agenda_by("ida-o", "2024-11-02", letter, answered("comments-start", "receipt", "2024-11-02")),
        f"{OPUS}/comment",
    )
    assert days_of(prudent) == (d("2024-11-28"), d("2024-11-28"))
    assert days_of(moved) == (d("2024-11-30"), d("2024-11-29"))
    assert moved.certainty is Certainty.CERTAIN


def test_the_other_side_s_comments_are_not_over_before_the_working_day_after_a_closed_one() -> None:
    letter = opus("inform-reasons", "2024-10-28", delivered_on="2024-10-31")
    found = item(agenda_by("ida-o", "2024-12-02", letter, us="operator"), f"{OPUS}/comment")
    assert days_of(found) == (d("2024-12-02"), None)
    assert found.state is State.RUNNING


def test_the_decision_of_the_operator_waits_for_the_comments_or_for_the_end_of_their_time() -> None:
    without = item(agenda_by("ida-o", "2024-09-10", REASONS), f"{OPUS}/decide")
    after = item(agenda_by("ida-o", "2024-10-05", REASONS, COMMENTS), f"{OPUS}/decide")
    assert (without.opens_on, after.opens_on) == (d("2024-10-06"), d("2024-10-04"))
    assert (without.state, without.safe_day) == (State.WAITING, None)


def test_nothing_ends_while_no_decision_maintains_the_breach() -> None:
    assert seen_by("ida-o", "2024-12-10", REASONS, COMMENTS).ends_on is None


def test_whose_answer_is_not_said_so_the_earliest_end_is_lived_by_and_both_readings_are_shown() -> None:
    s = seen_by("ida-o", "2024-10-16", REASONS, COMMENTS, DECISION)
    found = item(agenda_by("ida-o", "2024-10-16", REASONS, COMMENTS, DECISION), f"{OPUS}/ends")
    assert s.ends_on == d("2024-11-04")
    assert found.legal_last_day == d("2024-11-04")
    assert found.effect_range == EffectRange(earliest=d("2024-11-04"), expected=d("2024-11-14"), latest=d("2024-11-14"))
    assert found.certainty is Certainty.CONTESTED
    assert "04/10/2024" in found.trace
    assert "14/10/2024" in found.trace


@pytest.mark.parametrize(("reading", "end"), [("final-decision", "2024-11-14"), ("our-comments", "2024-11-08")])
def test_an_answer_to_whose_answer_moves_the_end(reading: str, end: str) -> None:
    told = answered("whose-answer", reading, "2024-10-16")
    s = seen_by("ida-o", "2024-10-16", REASONS, COMMENTS, DECISION, told)
    found = item(agenda_by("ida-o", "2024-10-16", REASONS, COMMENTS, DECISION, told), "end")
    assert s.ends_on == d(end)
    assert (found.legal_last_day, found.certainty, found.rule) == (d(end), Certainty.CERTAIN, "answer_month")


def test_the_end_by_a_breach_reaches_what_the_end_starts() -> None:
    told = answered("whose-answer", "final-decision", "2024-10-16")
    found = agenda_by("ida-o", "2024-10-16", REASONS, COMMENTS, DECISION, told)
    assert item(found, "access-closure").legal_last_day == d("2024-11-14")
    assert found.ends_on == d("2024-11-14")


def test_a_withdrawn_breach_ends_nothing_and_asks_nothing_more() -> None:
    closed = BreachClosed(on=d("2024-09-20"), breach="fault", outcome="withdrawn")
    found = agenda_by("ida-o", "2024-09-25", REASONS, closed)
    assert item(found, f"{OPUS}/comment").state is State.CANCELLED
    assert found.ends_on is None


def test_a_second_breach_after_a_closed_one_has_its_own_keys() -> None:
    closed = BreachClosed(on=d("2024-09-20"), breach="fault", outcome="withdrawn")
    again = opus("inform-reasons", "2025-01-06")
    found = agenda_by("ida-o", "2025-01-10", REASONS, closed, again)
    assert item(found, f"fault/{next_id('ida-o', 3)}/comment").legal_last_day == d("2025-02-06")
    assert item(found, f"{OPUS}/comment").state is State.CANCELLED


def test_in_briancon_the_comments_run_from_the_letter_itself() -> None:
    letter = BreachStep(breach="fault", step="inform-reasons", on=d("2016-05-02"), delivered_on=d("2016-05-06"))
    found = item(agenda_by("bri-o", "2016-05-10", letter), f"fault/{next_id('bri-o')}/comment")
    assert found.legal_last_day == d("2016-06-02")


# -- Troyes: suspended, formal notice, one month to cure, automatic end --------------------------------------


@pytest.mark.parametrize(
    ("received", "legal", "ours", "theirs"),
    [
        ("2020-02-03", "2020-03-03", "2020-03-03", "2020-03-03"),
        ("2020-01-31", "2020-02-29", "2020-02-28", "2020-03-02"),
        ("2020-10-15", "2020-11-15", "2020-11-13", "2020-11-16"),
    ],
)
def test_a_formal_notice_gives_a_month_from_its_receipt(received: str, legal: str, ours: str, theirs: str) -> None:
    steps = (troyes("suspend", "2020-01-28"), troyes("formal-notice", "2020-01-28", received))
    cure = item(agenda_by("tcm-d", received, *steps), f"{TROYES}/cure")
    waited = item(agenda_by("tcm-d", received, *steps, us="operateur"), f"{TROYES}/cure")
    assert days_of(cure) == (d(legal), d(ours))
    assert days_of(waited) == (d(theirs), None)


def test_without_a_cure_it_ends_by_itself_and_the_other_side_does_not_say_so_too_early() -> None:
    steps = (troyes("suspend", "2020-01-28"), troyes("formal-notice", "2020-01-28", "2020-01-31"))
    assert seen_by("tcm-d", "2020-02-10", *steps).ends_on == d("2020-02-29")
    assert seen_by("tcm-d", "2020-02-10", *steps, us="operateur").ends_on == d("2020-03-02")
    found = item(agenda_by("tcm-d", "2020-02-10", *steps), f"{TROYES}/ends")
    assert found.effect_range == EffectRange(earliest=d("2020-02-29"), expected=d("2020-02-29"), latest=d("2020-03-02"))


def test_the_end_after_a_formal_notice_is_certain_when_its_last_day_is_worked() -> None:
    steps = (troyes("suspend", "2020-01-28"), troyes("formal-notice", "2020-01-28", "2020-02-03"))
    found = item(agenda_by("tcm-d", "2020-02-10", *steps), "end")
    assert (found.legal_last_day, found.certainty, found.rule) == (
        d("2020-03-03"),
        Certainty.CERTAIN,
        "automatic_end",
    )


def test_a_month_to_cure_that_went_by_is_over_not_chased() -> None:
    steps = (troyes("suspend", "2020-01-28"), troyes("formal-notice", "2020-01-28", "2020-01-31"))
    assert item(agenda_by("tcm-d", "2020-03-02", *steps), f"{TROYES}/cure").state is State.ELAPSED


def test_a_cure_keeps_the_convention_and_lifts_the_suspension() -> None:
    steps = (troyes("suspend", "2020-01-28"), troyes("formal-notice", "2020-01-28", "2020-02-03"))
    cured = (
        troyes("cure", "2020-02-20"),
        BreachClosed(on=d("2020-02-25"), breach="data-duties-breach", outcome="cured"),
    )
    s = seen_by("tcm-d", "2020-03-10", *steps, *cured)
    assert s.ends_on == d("2020-12-31")
    assert [pause.covers(s.today) for pause in s.pauses] == [False]


def test_the_exchange_is_suspended_at_once_and_what_the_operator_owes_stops() -> None:
    rhythm = QuestionAnswered(on=d("2020-01-20"), question="rhythm/data-delivery", months=3)
    steps = (troyes("suspend", "2020-02-10"),)
    found = agenda_by("tcm-d", "2020-02-12", rhythm, *steps)
    assert item(found, "data-delivery/1").state is State.SUSPENDED
    assert item(found, f"data-duties-breach/{next_id('tcm-d', 2)}/suspend").state is State.SUSPENDED
    assert f"suspended/{next_id('tcm-d', 2)}" in warned(found)


# -- Metz: no delay, no form, hence no timer -----------------------------------------------------------------


def test_a_breach_without_steps_starts_no_timer() -> None:
    found = BreachStep(breach="recorded-breach", step="found", on=d("2022-03-01"))
    seen = agenda_by("mtz-p", "2022-04-01", found)
    assert days_of(item(seen, f"{METZ}/found")) == (None, None)
    assert seen.ends_on == d("2023-12-31")


def test_only_a_recorded_end_ends_it_and_the_advances_are_then_due_without_a_day() -> None:
    found = BreachStep(breach="recorded-breach", step="found", on=d("2022-03-01"))
    closed = BreachClosed(on=d("2022-05-31"), breach="recorded-breach", outcome="maintained")
    seen = agenda_by("mtz-p", "2022-06-01", found, closed)
    back = item(seen, f"advances-paid-back/{next_id('mtz-p', 2)}")
    assert seen.ends_on == d("2022-05-31")
    assert days_of(back) == (None, d("2022-05-31"))
    assert (item(seen, "end").rule, item(seen, "end").certainty) == ("breach_recorded", Certainty.CERTAIN)
