"""« Au préalable » : what may not begin until something else is done."""

from datetime import date
from typing import Any

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.terms.checks import problems_of
from tests.domain.builders import convention, d, duty, item, recorded, seen, signed
from tests.domain.examples_seen import agenda_by, warned
from tests.support.door import example, refused, take

ASSESSED: dict[str, Any] = {
    "id": "assessed", "kind": "evaluation", "title": "Évaluer", "title_en": "Assess", "owed_by": "each", "owed_to": "both",
    "on": "2022-03-01", "clauses": ["A1"],
}  # fmt: skip
GATE: dict[str, Any] = {
    "id": "first", "title": "Transmettre", "title_en": "Sending", "opens": ["report"], "needs": ["assessed"], "clauses": ["A1"],
}  # fmt: skip


def _terms(**changes: object) -> Any:
    return convention(duty=[duty()], one_off=[ASSESSED], gate=[{**GATE, **changes}])


def _done(key: str, day: str) -> DutyDone:
    return DutyDone(item=key, on=d(day))


def test_what_a_gate_keeps_waiting_is_owed_by_nobody_until_every_party_did_its_share() -> None:
    facts = [*signed("2021-12-15")]
    late = seen(_terms(), recorded(*facts), "2022-06-01")
    held = [one for one in late.items if one.series == "report"]
    assert {one.state for one in held} <= {State.WAITING, State.NOT_DUE, State.DONE}
    assert any(one.state is State.WAITING and one.standing and "Évaluer" in one.standing.fr for one in held)
    one_party = recorded(*facts, _done("assessed/town", "2022-02-01"))
    assert any(i.state is State.WAITING for i in seen(_terms(), one_party, "2022-03-02").items if i.series == "report")
    both = recorded(*facts, _done("assessed/town", "2022-02-01"), _done("assessed/agency", "2022-02-02"))
    assert all(i.state is not State.WAITING for i in seen(_terms(), both, "2022-03-02").items if i.series == "report")


def test_what_came_too_soon_is_said_until_what_was_needed_is_recorded_at_its_day() -> None:
    assert "gate/assessed-first" in warned(agenda_by("tcm-d", "2020-02-01"))
    one = _done("sensitivity-assessed/metropole", "2020-01-10")
    assert "gate/assessed-first" in warned(agenda_by("tcm-d", "2020-02-01", one))
    other = _done("sensitivity-assessed/operateur", "2020-01-14")
    assert "gate/assessed-first" not in warned(agenda_by("tcm-d", "2020-02-01", one, other))
    too_late = _done("sensitivity-assessed/operateur", "2020-01-20")
    assert "gate/assessed-first" in warned(agenda_by("tcm-d", "2020-02-01", one, too_late))


def test_an_act_that_the_text_forbids_without_an_agreement_is_refused_until_it_is_there() -> None:
    transferred = Happened(event="convention-transferred", on=date(2020, 6, 2))
    said = refused(example("tcm-d"), transferred)
    assert "accord préalable et exprès" in said.replace("\u00a0", " ")
    agreed = take(example("tcm-d"), Happened(event="transfer-agreed-by-the-other", on=date(2020, 6, 1)))
    assert take(agreed, transferred).facts[-1].fact == transferred
    after = take(example("tcm-d"), Happened(event="transfer-agreed-by-the-other", on=date(2020, 6, 3)))
    assert "ni avant" in refused(after, transferred)


def test_the_wait_is_said_where_the_dates_are() -> None:
    told = [Happened(event="data-delivered", on=date(2020, 3, 2))]
    found = agenda_by("tcm-d", "2020-03-03", *told)
    assert item(found, "sensitivity-assessed/metropole").state is State.WAITING  # its own day is asked for
    assert {q.id for q in found.questions} >= {"sensitivity-assessed-by", "rhythm/data-delivery"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"opens": ["assessed"]}, "se précéder lui-même"),
        ({"opens": ["reporrt"]}, "vouliez-vous écrire « report »"),
        ({"needs": ["effective"]}, "se déduit des dates"),
    ],
)
def test_a_gate_that_could_not_work_is_refused(changes: dict[str, object], said: str) -> None:
    problems = " ".join(problems_of(_terms(**changes)))
    assert said in problems


def test_two_gates_that_wait_for_each_other_are_refused() -> None:
    other = {**GATE, "id": "second", "opens": ["assessed"], "needs": ["report"]}
    terms = convention(duty=[duty()], one_off=[ASSESSED], gate=[GATE, other])
    assert any("s’attendent l’un l’autre" in one for one in problems_of(terms))
