"""Breach procedures, resumptions and counts of accounts at the door."""

from datetime import date

import pytest

from echeancier.domain.facts.accounts import AccountsCounted
from echeancier.domain.facts.breach import BreachClosed, BreachStep, Resumed
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.events import Happened
from echeancier.domain.recording import Refusal, cancel
from tests.support.door import at, example, refused, running, small, take

START = date(2021, 6, 1)


def step(name: str, on: date = START, breach: str = "fault", **more: object) -> BreachStep:
    return BreachStep.model_validate({"breach": breach, "step": name, "on": on, **more})


def opened() -> Dossier:
    """The Opus convention of Metz, reasons posted on 1 June 2021: f8."""
    return take(example("mtz-o"), step("inform-reasons"))


def test_the_steps_of_a_breach_are_taken_in_the_order_of_the_clause() -> None:
    dossier = take(opened(), step("comment", date(2021, 6, 21)), step("decide", date(2021, 7, 5)))
    assert dossier.facts[-1].id == "f10"


def test_an_unknown_procedure_is_refused_with_the_nearest() -> None:
    assert "« fault »" in refused(example("mtz-o"), step("inform-reasons", breach="faults"))


def test_a_step_that_the_clause_does_not_have_is_refused_with_those_it_has() -> None:
    assert "inform-reasons, comment, decide" in refused(example("mtz-o"), step("formal-notice"))


def test_a_clause_without_steps_only_takes_what_was_found() -> None:
    assert "les étapes sont : found" in refused(example("mtz-p"), step("decide", breach="recorded-breach"))
    assert take(example("mtz-p"), step("found", breach="recorded-breach")).facts[-1].id == "f8"


def test_an_answer_needs_the_letter_it_answers() -> None:
    assert "inform-reasons" in refused(example("mtz-o"), step("comment"))


def test_an_answer_does_not_precede_its_letter() -> None:
    assert "mardi 1er juin 2021" in refused(opened(), step("comment", date(2021, 5, 31)), told=at(2021, 6, 7))


def test_a_step_is_not_taken_twice_in_one_procedure() -> None:
    assert "déjà enregistrée" in refused(opened(), step("inform-reasons", date(2021, 6, 8)))


def test_a_closed_procedure_can_be_opened_again() -> None:
    dossier = take(opened(), BreachClosed(breach="fault", on=date(2021, 6, 30), outcome="withdrawn"))
    assert take(dossier, step("inform-reasons", date(2021, 9, 1))).facts[-1].id == "f10"


def test_a_letter_is_not_delivered_before_it_is_posted() -> None:
    fact = step("inform-reasons", delivered_on=date(2021, 5, 31))
    assert "se contredisent" in refused(example("mtz-o"), fact)


def test_a_breach_is_not_found_before_the_convention_is_in_force() -> None:
    assert "pas en vigueur" in refused(example("mtz-o"), step("inform-reasons", date(2021, 3, 17)))


def test_a_procedure_nobody_opened_is_not_closed() -> None:
    fact = BreachClosed(breach="fault", on=START, outcome="cured")
    assert "breach-step" in refused(example("mtz-o"), fact)


def test_a_breach_maintained_gives_a_last_day_that_may_lie_ahead() -> None:
    fact = BreachClosed(breach="fault", on=date(2021, 8, 31), outcome="maintained")
    assert take(opened(), fact, told=at(2021, 7, 5)).facts[-1].id == "f9"


def test_a_breach_cured_does_not_lie_ahead() -> None:
    fact = BreachClosed(breach="fault", on=date(2021, 8, 31), outcome="cured")
    assert "pas encore venu" in refused(opened(), fact, told=at(2021, 7, 5))


def test_what_is_not_suspended_does_not_resume() -> None:
    assert "rien à reprendre" in refused(example("mtz-a"), Resumed(on=START))


def test_a_suspension_by_departure_is_resumed() -> None:
    dossier = take(example("mtz-a"), Happened(event="agent-left", on=date(2021, 5, 3)))
    assert take(dossier, Resumed(on=START)).facts[-1].id == "f9"


def test_a_derived_event_is_not_recorded() -> None:
    assert "se déduit" in refused(example("mtz-a"), Happened(event="suspended", on=START))


def test_accounts_are_counted_only_where_they_are_limited() -> None:
    assert "account_manager" in refused(running(small()), AccountsCounted(on=date(2022, 2, 1), number=3))


def test_the_letter_that_opened_a_breach_is_not_cancelled_under_its_answer() -> None:
    dossier = take(opened(), step("comment", date(2021, 6, 21)))
    with pytest.raises(Refusal, match="f9 \\(breach-step\\)"):
        cancel(dossier, "f8", at(2021, 7, 5), "coordinator")
