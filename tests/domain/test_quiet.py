"""What an acknowledgement silences: no call before its day, one on it, and never the overdue nor the manager."""

from copy import deepcopy
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from echeancier.domain.agenda.items import Item
from echeancier.domain.attention.quiet import quiet
from echeancier.domain.facts.acknowledgement import Acknowledged
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.end import Amended
from echeancier.domain.messages.context import Context
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.domain.builders_life import Life, life
from tests.domain.links import DATA, POINT, terms
from tests.support.long import how_many

SAFE = date(2022, 6, 30)
NOTICE, REMINDER, LAST_CALL = date(2022, 6, 9), date(2022, 6, 23), date(2022, 6, 29)


def said(answer: str, on: date, *, until: date | None = None, role: str = "partner", item: str = DATA) -> Acknowledged:
    return Acknowledged.model_validate(
        {"on": on, "item": item, "role": role, "answer": answer, "until": until, "note": "x"}
    )


@cache
def _told_once() -> Life:
    return life(terms(), b.signed("2021-12-15")).until(f"{NOTICE}")


def told_once() -> Life:
    """Return a life in which the first data were announced; each test goes on with its own."""
    return deepcopy(_told_once())


def calls(lived: Life, role: str = "partner", since: date = NOTICE) -> list[tuple[date, str]]:
    return [(day, stage) for day, stage in lived.told(DATA, role) if day > since]


def item_of(lived: Life, key: str = DATA) -> Item:
    return Context(lived.dossier, lived.now, DEFAULT_POLICY).items[key]


def answered(*facts: Acknowledged, when: str = "2022-06-13", until: str = "2022-08-31") -> Life:
    lived = told_once()
    lived.record(*facts, when=b.at(when))
    return lived.until(until)


def test_without_an_answer_there_is_a_reminder_and_a_last_call() -> None:
    found = calls(told_once().until(f"{SAFE}"))
    assert found == [(REMINDER, "reminder"), (LAST_CALL, "last-call")]


def test_once_seen_it_is_called_on_its_safe_day_alone_then_late_as_always() -> None:
    found = calls(answered(said("seen", date(2022, 6, 13))))
    assert found == [(SAFE, "last-call"), (date(2022, 7, 1), "overdue"), (date(2022, 7, 8), "escalation")]


def test_what_is_seen_and_not_done_goes_to_the_manager() -> None:
    lived = answered(said("seen", date(2022, 6, 13)))
    assert (date(2022, 7, 8), "escalation") in lived.told(DATA, "manager")


def test_one_party_says_nothing_for_the_other() -> None:
    ours = answered(said("seen", date(2022, 6, 13), role="coordinator"))
    assert calls(ours)[:2] == [(REMINDER, "reminder"), (LAST_CALL, "last-call")]


def test_once_done_there_is_no_call_on_the_safe_day() -> None:
    lived = told_once()
    lived.record(said("seen", date(2022, 6, 13)), when=b.at("2022-06-13"))
    lived.record(DutyDone(on=date(2022, 6, 27), item=DATA, party="agency"), when=b.at("2022-06-27"))
    assert calls(lived.until("2022-08-31")) == []


def test_seen_after_the_last_call_it_is_called_once_more_on_the_safe_day() -> None:
    terms_far = terms(duty=[b.meeting_duty(), b.duty("data", kind="report", rhythm={"every_months": 6})])
    lived = life(terms_far, b.signed("2021-12-15"))
    lived.record(said("seen", date(2022, 6, 29)), when=b.at("2022-06-29"))
    assert calls(lived.until("2022-07-01"), since=date(2022, 6, 28)) == [
        (SAFE, "last-call"),
        (date(2022, 7, 1), "overdue"),
    ]


def test_put_off_it_is_called_on_the_day_chosen_with_the_stage_then_due_and_goes_on() -> None:
    found = calls(answered(said("later", date(2022, 6, 13), until=date(2022, 6, 27))))
    assert found[:3] == [(date(2022, 6, 27), "reminder"), (LAST_CALL, "last-call"), (date(2022, 7, 1), "overdue")]


def test_put_off_to_before_the_next_stage_it_is_said_again_as_it_was() -> None:
    found = calls(answered(said("later", date(2022, 6, 13), until=date(2022, 6, 15))))
    assert found[:3] == [(date(2022, 6, 15), "notice"), (REMINDER, "reminder"), (LAST_CALL, "last-call")]


def test_put_off_to_a_sunday_it_is_called_on_the_next_working_day() -> None:
    found = calls(answered(said("later", date(2022, 6, 13), until=date(2022, 6, 26))))
    assert found[0] == (date(2022, 6, 27), "reminder")


def test_put_off_to_the_safe_day_it_is_called_then() -> None:
    assert calls(answered(said("later", date(2022, 6, 13), until=SAFE)))[0] == (SAFE, "last-call")


def test_a_problem_silences_nothing() -> None:
    found = calls(answered(said("problem", date(2022, 6, 13))))
    assert found[:2] == [(REMINDER, "reminder"), (LAST_CALL, "last-call")]


def test_the_last_thing_said_counts() -> None:
    lived = answered(said("seen", date(2022, 6, 13)), said("later", date(2022, 6, 13), until=date(2022, 6, 20)))
    assert calls(lived)[0] == (date(2022, 6, 20), "notice")


def test_withdrawn_it_silences_nothing() -> None:
    lived = told_once()
    lived.record(said("seen", date(2022, 6, 13)), when=b.at("2022-06-13"))
    lived.correct(lived.dossier.facts[-1].id, said("seen", date(2022, 6, 13)), cancelled=True)
    assert calls(lived.until(f"{SAFE}")) == [(REMINDER, "reminder"), (LAST_CALL, "last-call")]


@pytest.mark.parametrize(("of_day", "holds"), [(None, True), (SAFE, True), (date(2022, 6, 15), False)])
def test_it_holds_only_for_the_day_it_was_said_of(of_day: date | None, holds: bool) -> None:
    lived = told_once()
    lived.record(said("seen", date(2022, 6, 13)).model_copy(update={"of_day": of_day}), when=b.at("2022-06-13"))
    ctx = Context(lived.dossier, lived.now, DEFAULT_POLICY)
    assert (quiet(ctx.s, ctx.items[DATA], "agency") is not None) is holds


def test_what_was_said_of_another_day_does_not_bring_back_what_was_said_before() -> None:
    later = said("later", date(2022, 6, 13), until=date(2022, 6, 20)).model_copy(update={"of_day": date(2022, 7, 29)})
    lived = answered(said("seen", date(2022, 6, 13)), later, until="2022-06-30")
    assert calls(lived) == [(REMINDER, "reminder"), (LAST_CALL, "last-call")]


def test_a_date_that_a_later_fact_moves_is_called_for_again() -> None:
    """An amendment moves the day after it was seen; nobody had said of which day that was."""
    lived = told_once()
    lived.record(said("seen", date(2022, 6, 13)), when=b.at("2022-06-13"))
    lived.record(Amended(on=date(2022, 6, 14), moves=DATA, moved_to=date(2022, 7, 29)), when=b.at("2022-06-14"))
    assert item_of(lived).legal_last_day == date(2022, 7, 29)
    assert "last-call" in [stage for day, stage in calls(lived.until("2022-07-28")) if day < date(2022, 7, 29)]


def test_a_meeting_to_arrange_may_be_taken_in_charge() -> None:
    lived = life(terms(), b.signed("2021-12-15")).until("2022-06-01")
    usual = deepcopy(lived).until("2023-01-31").told(POINT, "coordinator")
    lived.record(said("seen", date(2022, 6, 1), role="coordinator", item=POINT))
    told = lived.until("2023-01-31").told(POINT, "coordinator")
    assert [stage for _, stage in usual] == ["now", "reminder", "overdue"]
    assert [stage for _, stage in told] == ["now", "last-call", "overdue"]
    assert told[1][0] == date(2022, 12, 23), "on its safe day it is to be held: its call comes while it can still be"


ANSWERS = st.tuples(
    st.dates(date(2022, 5, 2), SAFE), st.sampled_from(["seen", "later", "problem"]), st.integers(1, 60),
    st.sampled_from(["partner", "coordinator"]),
)  # fmt: skip


@cache
def _before_any_call() -> Life:
    return life(terms(), b.signed("2021-12-15")).until("2022-05-01")


@settings(max_examples=how_many(200), deadline=None)
@given(st.lists(ANSWERS, max_size=4))
def test_whatever_is_answered_nobody_who_saw_it_is_called_before_its_safe_day_and_all_hear_that_it_is_late(
    given_answers: list[tuple[date, str, int, str]],
) -> None:
    lived = deepcopy(_before_any_call())
    last: dict[str, tuple[date, str]] = {}
    for day, answer, days, role in sorted(given_answers, key=lambda one: one[0]):
        until = min(day + timedelta(days=days), SAFE) if answer == "later" else None
        if until is not None and until <= day:
            continue
        lived.record(said(answer, day, until=until, role=role), when=b.at(day, 7))
        if answer != "problem":
            last[role] = (day, answer)
    lived.until("2022-07-31")
    for role, (day, answer) in last.items():
        after = [(when, stage) for when, stage in lived.told(DATA, role) if when >= day and when <= SAFE]
        if answer == "seen":
            assert after == [(SAFE, "last-call")]
    late = {stage for _, stage in lived.told(DATA, "partner")}
    assert {"overdue", "escalation"} <= late
    assert "escalation" in {stage for _, stage in lived.told(DATA, "manager")}
