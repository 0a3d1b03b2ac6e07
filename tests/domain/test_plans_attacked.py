"""What a fresh eye made the plans and their proofs say wrongly, each once, the other way round."""

from datetime import date
from typing import Any

import pytest

from echeancier.domain.agenda.agenda import agenda_of, situation
from echeancier.domain.agenda.items import State
from echeancier.domain.dates.rules import Certainty
from echeancier.domain.facts.act import ActAdopted
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.questions import QuestionAnswered
from echeancier.domain.terms.checks import problems_of
from tests.domain.builders import convention, d, duty, item, seen
from tests.domain.test_tacit_life import begun
from tests.domain.test_terms_attacked import CAPPED_INSIDE, EARLIER
from tests.domain.test_terms_attacked import seen as seen_small
from tests.support.door import notice, of_day, running, small, take
from tests.support.proofs import unproved_items

ONCE = {name: value for name, value in duty("once").items() if name != "rhythm"}


def test_once_the_earlier_end_is_over_what_follows_is_planned_for_the_real_one() -> None:
    before = seen_small(running(CAPPED_INSIDE), "2023-06-01")[1]
    vote = item(before, "renewal/2023/vote")
    assert "fin si la dernière reconduction n’a pas lieu" in vote.trace
    after = seen_small(running(CAPPED_INSIDE), "2024-01-10")[1]
    signatures = [one for one in after.items if one.series == "renewal" and one.step == "signatures"]
    assert [one.legal_last_day for one in signatures] == [d("2024-06-30")]
    assert signatures[0].state is not State.LATE


def test_a_notice_is_held_against_the_latest_day_it_may_end() -> None:
    terms = small(term=EARLIER, termination=[notice(until="anniversary")])
    s, found = seen_small(running(terms), "2022-03-01")
    assert not [one for one in found.items if one.series == "notice"]
    assert s.is_pointless(terms.termination[0], d("2022-12-31"))


def test_an_end_at_most_is_not_said_to_be_the_last_day_in_force() -> None:
    found = seen_small(running(small(term=EARLIER)), "2022-03-01")[1]
    assert "fin au plus tard" in item(found, "renewal/2022/vote").trace


def test_a_rhythm_longer_than_the_term_is_asked_about_as_often_as_it_is_owed_and_sure_once_answered() -> None:
    terms = convention(duty=[duty(rhythm={"every_months": 24, "count": 3})])
    dossier = begun(terms)
    asked = next(
        one for one in seen(terms, tuple(dossier.facts), "2022-02-01").questions if one.id == "whole-period/report"
    )
    assert "3 fois" in asked.readings[0].changes.fr
    answer = QuestionAnswered(on=d("2022-02-01"), question="whole-period/report", reading="once-by-the-end")
    told = dossier.facts[-1].model_copy(update={"id": "f9", "fact": answer})
    after = seen(terms, (*dossier.facts, told), "2022-03-01")
    assert {one.certainty for one in after.items if one.series == "report"} == {Certainty.CHOSEN}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"term": {"days": 20, "clauses": ["A1"]}, "duty": [duty(rhythm={"every_months": 12, "count": 25})]},
            "20 au plus",
        ),
        ({"one_off": [{**ONCE, "after": {"months": 13}}]}, "outlives = true"),
    ],
)
def test_what_no_day_is_left_for_is_refused(changes: dict[str, Any], words: str) -> None:
    assert any(words in problem for problem in problems_of(convention(**changes)))


@pytest.mark.parametrize(("signed", "state"), [(True, State.NOT_DUE), (False, State.WAITING)])
def test_what_is_counted_from_the_effect_is_not_late_for_a_day_before_everybody_signed(
    signed: bool, state: State
) -> None:
    terms = convention(one_off=[{**ONCE, "after": {"days": 2}}])
    late = {"on": d("2022-02-01")}
    facts = tuple(
        one.model_copy(update={"fact": one.fact.model_copy(update=late)}) for one in begun(terms).facts if signed
    )
    assert item(seen(terms, facts, "2022-03-01"), "once").state is state


def test_the_prudent_day_of_a_threshold_is_the_one_to_act_by() -> None:
    event = {**ONCE, "id": "call", "kind": "answer", "event": "absent",
             "threshold": {"days": 30, "more_than": True, "since": "state"}}  # fmt: skip
    terms = convention(event_duty=[event])
    dossier = take(begun(terms), Happened(event="absent", on=d("2022-01-20")))
    call = next(one for one in seen(terms, tuple(dossier.facts), "2022-01-21").items if one.series == "call")
    assert call.safe_day == d("2022-02-21")
    assert call.trace.endswith("prudemment le 21/02/2022")


def test_the_delay_of_somebody_else_gives_no_day_for_us_to_act_by() -> None:
    terms = small(dispute={"delay": {"months": 1}, "clauses": ["T.1"]})
    dossier = take(running(terms), Happened(event="dispute-raised", on=date(2022, 3, 1)))
    phase = next(one for one in seen_small(dossier, "2022-03-02")[1].items if one.series == "dispute" and not one.step)
    assert phase.safe_day is None
    assert [step.gives for step in phase.proof if step.gives == "safe"] == []


def test_a_choice_of_ours_over_days_that_nobody_works_is_the_day_its_proof_gives() -> None:
    s = situation(small(), tuple(running(small()).facts), of_day(d("2022-03-01")))
    voted = s.records[0].model_copy(update={"id": "f0", "fact": ActAdopted(on=d("2022-01-01"))})  # a Saturday
    hurried = s.policy.model_copy(update={"transmission_days": 1})
    found = situation(small(), (voted,), of_day(d("2022-01-03")), policy=hurried)
    publish = item(agenda_of(found), "act/publication")
    assert (publish.safe_day, unproved_items(found)) == (d("2022-01-03"), {})
