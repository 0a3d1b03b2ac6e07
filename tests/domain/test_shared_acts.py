"""One deliberation, several conventions: who asks for its publication, and what they do not all know."""

from datetime import datetime, timedelta

import pytest

from echeancier.domain.agenda.items import State
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.catalogue import Fact, day_of
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.messages.context import Context
from echeancier.domain.overview.todo import todos
from echeancier.domain.recording.agreement import Lacking, families, lacking
from echeancier.domain.recording.shared import carriers, to_be_told
from echeancier.domain.terms.convention import Convention
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.domain.builders_life import Life, life
from tests.examples.oracle import example

ACT = "2021-118"
VOTE = ActAdopted(on=b.d("2021-12-06"), act=ACT)
SEVENTH, EIGHTH = (ActPublished(on=b.d(day), act=ACT) for day in ("2021-12-07", "2021-12-08"))
NOON = b.at("2021-12-09", 12)


def citing(reference: str, name: str | None = ACT, party: str = "town") -> Convention:
    act = {"id": name, "party": party, "body": "assemblée", "clauses": ["A1"]}
    return b.convention(reference=reference, act=act)


def dossier(reference: str, *records: Recorded, at: datetime = NOON) -> Dossier:
    return Dossier(convention=citing(reference), registered_at=at, registered_by="coordinator", facts=list(records))


def record(fact: Fact, minute: int, id: str = "f1", request: str = "", **changes: object) -> Recorded:  # noqa: A002
    at = NOON + timedelta(minutes=minute)
    given = Recorded(id=id, fact=fact, recorded_at=at, recorded_by="coordinator", request=request)
    return given.model_copy(update=changes)


def asked(lived: Life) -> list[str]:
    return [line.item for _, order in lived.sent for line in order.lines if line.item.startswith("act/")]


def test_the_first_registered_carries_then_the_first_by_reference() -> None:
    late, early, same = dossier("A", at=NOON + timedelta(days=1)), dossier("Z", at=NOON), dossier("B", at=NOON)
    assert carriers(late, (early, same)) == {ACT: "B"}
    assert carriers(early, (late,)) == {ACT: "Z"}
    assert carriers(late, ()) == {ACT: "A"}


def test_only_what_a_convention_does_not_know_is_told() -> None:
    one, other = dossier("A"), dossier("B")
    assert to_be_told(one, (one, other)) == {}
    assert to_be_told(other, (one, other)) == {ACT: "A"}
    other.carried[ACT] = "A"
    assert to_be_told(other, (one, other)) == {}
    assert to_be_told(other, (other,)) == {ACT: "B"}, "the carrier is gone: it carries again"


def test_one_convention_asks_and_the_others_say_with_which() -> None:
    vote = ActAdopted(on=b.d("2022-01-03"), act=ACT)
    carrying, other = (life(citing(name), (vote,)) for name in ("A", "B"))
    other.dossier.carried[ACT] = "A"
    for one in (carrying, other):
        one.until("2022-02-15")
    assert len(asked(carrying)) > 2
    assert asked(other) == []
    ctx = Context(other.dossier, other.now, DEFAULT_POLICY)
    item = ctx.items[f"act/{ACT}/publication"]
    assert (item.state, item.standing and item.standing.fr) == (State.WAITING, "demandé avec A")
    assert not [todo for todo in todos(ctx) if todo.item and todo.item.series == "act"]


def test_what_is_done_is_done_in_every_convention() -> None:
    other = life(citing("B"), (VOTE, EIGHTH))
    other.dossier.carried[ACT] = "A"
    item = Context(other.dossier, other.now, DEFAULT_POLICY).items[f"act/{ACT}/publication"]
    assert (item.state, item.standing) == (State.DONE, None)


def test_another_takes_over_and_asks_for_what_is_due() -> None:
    other = life(citing("B"), (ActAdopted(on=b.d("2022-01-03"), act=ACT),))
    other.dossier.carried[ACT] = "A"
    other.until("2022-01-20")
    assert asked(other) == []
    other.dossier.carried[ACT] = "B"
    other.settle()
    assert set(asked(other)) == {f"act/{ACT}/publication", f"act/{ACT}/transmission"}


def test_the_vote_of_metz_is_published_and_transmitted_once_for_its_four_conventions() -> None:
    vote = ActAdopted(on=b.d("2021-03-11"), number="21-03-11-11")
    family = [life(example(name)[0], (vote,), "2021-03-11") for name in ("mtz-p", "mtz-a", "mtz-f", "mtz-o")]
    for one in family:
        one.dossier.carried.update(to_be_told(one.dossier, [other.dossier for other in family]))
        one.until("2021-04-15")
    shared = {f"act/21-03-11-11/{step}" for step in ("publication", "transmission")}
    assert [set(asked(one)) for one in family] == [set(), shared, set(), set()]
    waiting = [Context(one.dossier, one.now, DEFAULT_POLICY).items["act/21-03-11-11/publication"] for one in family]
    assert [item.standing and item.standing.en for item in waiting] == [
        "asked with MTZ-A", None, "asked with MTZ-A", "asked with MTZ-A",
    ]  # fmt: skip


def found(*dossiers: Dossier) -> Lacking:
    ((act, family),) = families(dossiers)
    return lacking(act, family)


def done(*dossiers: Dossier) -> list[tuple[str, str, str]]:
    """Return (convention, what, day) of each step."""
    return [
        (
            step.reference,
            "new" if step.instead_of is None else "instead",
            "" if step.fact is None else str(day_of(step.fact)),
        )
        for step in found(*dossiers).steps
    ]


def test_what_one_convention_was_not_told_is_told_it_in_the_order_of_telling() -> None:
    one = dossier("A", record(VOTE, 0, request="r1"), record(SEVENTH, 1, "f2", request="r2"))
    assert done(one, dossier("B")) == [("B", "new", "2021-12-06"), ("B", "new", "2021-12-07")]
    assert [step.request for step in found(one, dossier("B")).steps] == ["r1", "r2"]
    assert done(one, dossier("B", record(VOTE, 0, request="r1"))) == [("B", "new", "2021-12-07")]
    assert done(one, one.model_copy(update={"convention": citing("B")})) == []


def test_a_day_put_right_in_one_is_put_right_in_the_other_and_not_the_reverse() -> None:
    right = record(EIGHTH, 5, version=2)
    assert done(dossier("A", record(SEVENTH, 0), right), dossier("B", record(SEVENTH, 0))) == [
        ("B", "instead", "2021-12-08")
    ]
    back = record(SEVENTH, 9, version=3)  # put right, then back: the other never heard of it
    assert done(dossier("A", record(SEVENTH, 0), right, back), dossier("B", record(SEVENTH, 0))) == []


def test_what_was_taken_back_in_one_is_taken_back_in_the_other() -> None:
    gone = record(SEVENTH, 5, version=2, cancelled=True)
    assert done(dossier("A", record(SEVENTH, 0), gone), dossier("B", record(SEVENTH, 0))) == [("B", "instead", "")]


def test_a_request_that_reached_the_other_late_is_no_newer_than_where_it_came_from() -> None:
    gone = record(SEVENTH, 5, version=2, cancelled=True)
    slow = record(SEVENTH, 7, request="r1")
    assert done(dossier("A", record(SEVENTH, 0, request="r1"), gone), dossier("B", slow)) == [("B", "instead", "")]


def test_of_one_thing_and_its_contrary_said_at_one_instant_nothing_is_made() -> None:
    gone = record(SEVENTH, 5, version=2, cancelled=True)
    doubt = found(dossier("A", record(SEVENTH, 0), gone), dossier("B", record(SEVENTH, 5)))
    assert (doubt.steps, doubt.doubtful) == ((), ("A", "B"))


@pytest.mark.parametrize(("name", "party"), [("2021-119", "town"), (None, "town"), (ACT, "agency")])
def test_another_act_is_not_the_same_act(name: str | None, party: str) -> None:
    other = Dossier(convention=citing("B", name, party), registered_at=NOON, registered_by="coordinator")
    assert list(families((dossier("A", record(VOTE, 0)), other))) == []


def test_a_fact_that_names_no_act_says_the_same_where_there_is_only_one() -> None:
    unnamed = ActTransmitted(on=b.d("2021-12-07"), note="par la préfecture")
    named = ActTransmitted(on=b.d("2021-12-07"), act=ACT)
    assert done(dossier("A", record(unnamed, 0)), dossier("B", record(named, 3))) == []
