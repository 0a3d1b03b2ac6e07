"""When a closed file is purged, and what is asked before: its own date, a confirmation, a hold."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from echeancier.domain.afterwards.purge import (
    Confirmation,
    Outlook,
    PurgeState,
    check_confirm,
    check_hold,
    check_release,
    outlook,
    question,
)
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.recording import Refusal
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b

CLOSED = b.at("2022-04-07")
OWN_DATE = b.d("2022-05-09")
"""Thirty days after the closing is Saturday 7 May; Sunday 8 May is a holiday too."""

WAITING = PurgeState(reference="TEST-1")
CONFIRMED = WAITING.model_copy(
    update={"asked": (CLOSED,), "confirmed": Confirmation(at=CLOSED, by="coordinator", basis="visa")}
)


def dossier() -> Dossier:
    return Dossier(
        convention=b.convention(),
        registered_at=b.at("2022-01-03"),
        registered_by="coordinator",
        closed_at=CLOSED,
    )


def looked(state: PurgeState, now: datetime) -> Outlook:
    return outlook(dossier(), state, now, DEFAULT_POLICY)


def test_its_own_date_is_a_working_day_after_the_notice() -> None:
    assert looked(WAITING, CLOSED).purge_on == OWN_DATE


def test_the_coordinator_is_asked_as_the_file_closes() -> None:
    assert looked(WAITING, CLOSED).ask


def test_out_of_hours_the_question_waits_for_the_morning() -> None:
    found = looked(WAITING, b.at("2022-04-09", 10))  # a Saturday
    assert not found.ask
    assert found.wake_at == b.at("2022-04-11", 8, 30)


def test_unanswered_it_is_asked_again_on_the_day_itself_then_less_and_less_often() -> None:
    asked: list[datetime] = []
    now = CLOSED
    while len(asked) < 5:
        found = looked(WAITING.model_copy(update={"asked": tuple(asked)}), now)
        assert not found.due
        if found.ask:
            asked.append(now)
            continue
        assert found.wake_at is not None
        assert found.wake_at > now
        now = found.wake_at
    days = [at.date() for at in asked]
    assert days[:2] == [CLOSED.date(), OWN_DATE]
    gaps = [(after - before).days for before, after in pairwise(days[1:])]
    assert gaps == sorted(gaps)
    assert gaps[0] >= DEFAULT_POLICY.question_every_days


def test_unconfirmed_it_is_never_due() -> None:
    assert not looked(WAITING.model_copy(update={"asked": (CLOSED,)}), CLOSED + timedelta(days=3650)).due


def test_confirmed_early_it_waits_for_its_own_date() -> None:
    found = looked(CONFIRMED, CLOSED)
    assert not found.due
    assert found.wake_at == b.at(OWN_DATE, 8, 30)
    assert looked(CONFIRMED, b.at(OWN_DATE, 8, 30)).due


def test_held_it_is_neither_due_nor_asked_for_a_year() -> None:
    held = CONFIRMED.model_copy(update={"held_since": b.at("2022-04-20")})
    found = looked(held, b.at("2022-06-01"))
    assert not found.due
    assert not found.ask
    assert found.wake_at == b.at("2023-04-20", 8, 30)
    assert looked(held, b.at("2023-04-20", 9)).ask


def test_the_question_goes_to_the_coordinator_and_names_the_day() -> None:
    first, second = question(dossier(), WAITING, CLOSED, DEFAULT_POLICY)
    assert first.order.to.role == "coordinator"
    assert second.order.to.role == "manager"
    assert first.order.detail is not None
    assert "9\u00a0mai\u00a02022" in first.order.detail.fr


def test_the_same_question_at_the_same_instant_is_the_same_message() -> None:
    once, again = (question(dossier(), WAITING, CLOSED, DEFAULT_POLICY)[0].order for _ in range(2))
    assert once == again


def test_what_makes_no_sense_is_refused() -> None:
    held = WAITING.model_copy(update={"held_since": CLOSED})
    begun = WAITING.model_copy(update={"step": "purging"})
    refusals: tuple[Callable[[], None], ...] = (
        lambda: check_confirm(WAITING, None),
        lambda: check_confirm(held, "visa"),
        lambda: check_confirm(begun, "visa"),
        lambda: check_hold(held),
        lambda: check_hold(begun),
        lambda: check_release(WAITING),
    )
    for refused in refusals:
        with pytest.raises(Refusal):
            refused()
