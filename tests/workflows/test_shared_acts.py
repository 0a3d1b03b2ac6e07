"""One deliberation for several conventions, on the real engine: told once, it is recorded in each of them."""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted, AppealLodged
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.recording import Refusal
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.standing.deliberations import OF_AN_ACT
from echeancier.domain.terms.clauses import CouncilAct
from echeancier.domain.terms.convention import Convention
from echeancier.engine.agreement import EngineSharedActs
from echeancier.engine.answering import RefusedError
from echeancier.engine.errors import NoAnswerError
from echeancier.engine.gateway import Conventions
from echeancier.engine.shared_acts import Citing, refused_by_none, tell_each
from tests.domain import builders as b
from tests.support.door import new
from tests.workflows.server import Server, eventually, server

ACT = "2021-118"
VOTE = ActAdopted(on=b.d("2021-12-06"), act=ACT)


def citing(reference: str, name: str | None = ACT) -> Convention:
    act = {"id": name, "party": "town", "body": "conseil municipal", "clauses": ["A1"]}
    return b.convention(reference=reference, act=act)


async def begun(s: Server, *terms: Convention) -> None:
    """Register conventions, and wait until the engine lists them."""
    before = {row.reference for row in await s.door.rows()}
    for one in terms:
        await s.door.start(one, "coordinator")
    wanted = before | {one.reference for one in terms}

    async def listed() -> bool:
        return {row.reference for row in await s.door.rows()} >= wanted

    await eventually(listed)


async def told(s: Server, reference: str) -> list[tuple[str, str]]:
    """Return (kind, day) of what a convention knows of its act."""
    facts = in_force(tuple((await s.door.dossier(reference)).facts))
    return [(one.fact.kind, one.fact.on.isoformat()) for one in facts if isinstance(one.fact, OF_AN_ACT)]


async def test_what_is_told_of_a_deliberation_is_recorded_once_in_each_convention_that_cites_it(tmp_path: Path) -> None:
    async with server(tmp_path, "2021-12-07") as s, s.working():
        await begun(s, citing("A-1"), citing("B-1"), citing("OTHER", "2021-119"), citing("UNNAMED", None))
        first = await s.door.record("A-1", VOTE, "coordinator")
        again = await s.door.record("B-1", VOTE, "coordinator")
        await s.door.record("A-1", ActPublished(on=b.d("2021-12-07")), "coordinator")
        wanted = [("act-adopted", "2021-12-06"), ("act-published", "2021-12-07")]
        assert [await told(s, one) for one in ("A-1", "B-1")] == [wanted, wanted]
        assert [await told(s, one) for one in ("OTHER", "UNNAMED")] == [[], []]
    assert (first.fact_id, again.fact_id) == ("f1", "f1")


async def test_a_convention_that_begins_after_the_vote_learns_it_and_tells_what_it_knows(tmp_path: Path) -> None:
    async with server(tmp_path, "2021-12-07") as s, s.working():
        await begun(s, citing("A-1"))
        await s.door.record("A-1", VOTE, "coordinator")
        known = b.recorded(ActAdopted(on=b.d("2021-12-06")), ActTransmitted(on=b.d("2021-12-07")))
        await s.door.start(citing("B-1"), "coordinator", known)
        await begun(s, citing("C-1"))
        wanted = [("act-adopted", "2021-12-06"), ("act-transmitted", "2021-12-07")]
        assert [await told(s, one) for one in ("A-1", "B-1", "C-1")] == [wanted] * 3


async def test_a_convention_that_says_another_day_of_the_vote_does_not_begin(tmp_path: Path) -> None:
    async with server(tmp_path, "2021-12-07") as s, s.working():
        await begun(s, citing("A-1"))
        await s.door.record("A-1", VOTE, "coordinator")
        with pytest.raises(RefusedError, match="déjà enregistrée dans A-1"):
            await s.door.start(citing("B-1"), "coordinator", b.recorded(ActAdopted(on=b.d("2021-12-03"))))


async def test_a_day_put_right_or_taken_back_is_in_every_convention(tmp_path: Path) -> None:
    async with server(tmp_path, "2021-12-09") as s, s.working():
        await begun(s, citing("A-1"), citing("B-1"))
        await s.door.record("A-1", VOTE, "coordinator")
        await s.door.record("A-1", ActPublished(on=b.d("2021-12-08")), "coordinator")
        await s.door.correct("B-1", "f2", {"on": b.d("2021-12-07")}, "coordinator")
        assert (await told(s, "A-1"))[-1] == (await told(s, "B-1"))[-1] == ("act-published", "2021-12-07")
        await s.door.record("B-1", AppealLodged(on=b.d("2021-12-09"), appellant="neighbour"), "coordinator")
        assert (await told(s, "A-1"))[-1] == ("appeal-lodged", "2021-12-09")
        await s.door.cancel("A-1", "f3", "coordinator")
        assert len(await told(s, "B-1")) == len(await told(s, "A-1")) == 2


async def test_if_one_convention_refuses_none_is_told() -> None:
    def check(one: Dossier) -> None:
        if one.convention.reference == "B-1":
            raise Refusal(b.convention().called)

    dossiers = [new(citing("A-1")), new(citing("B-1"))]
    with pytest.raises(RefusedError, match="nulle part"):
        await refused_by_none(dossiers, check)
    await refused_by_none(dossiers[:1], check)


async def test_those_that_could_not_be_told_are_named_and_the_others_are_told() -> None:
    done: list[str] = []

    async def tell(one: Dossier) -> None:
        if one.convention.reference == "A-1":
            raise RefusedError("occupée")
        if one.convention.reference == "D-1":
            raise NoAnswerError("en panne")
        done.append(one.convention.reference)

    act = citing("A-1").act[0]
    with pytest.raises(RefusedError, match=r"A-1 \(occupée\), D-1 \(en panne\)"):
        await tell_each([new(citing(one)) for one in ("A-1", "D-1", "B-1")], (), act, tell)
    assert done == ["B-1"]
    with pytest.raises(RefusedError, match=r"C-1 \(ne répond pas\)"):
        await tell_each((), ("C-1",), act, tell)


class Deaf(Conventions):
    """A door that hears of no other convention: what it records stays where it was said, as if telling the others had failed."""

    async def _citing(self, convention: Convention, acts: Iterable[CouncilAct]) -> Citing:
        del convention, acts
        return Citing()


async def round_of(s: Server) -> tuple[Trouble, ...]:
    return await EngineSharedActs(s.door, settled=timedelta(0)).settle()


async def test_one_convention_is_told_to_carry_and_another_takes_over(tmp_path: Path) -> None:
    async with server(tmp_path, "2021-12-07") as s, s.working():
        await begun(s, citing("B-1"))
        await begun(s, citing("A-1"), citing("C-1"))

        async def carried() -> list[dict[str, str]]:
            return [(await s.door.dossier(one)).carried for one in ("B-1", "A-1", "C-1")]

        assert await carried() == [{ACT: "B-1"}, {ACT: "B-1"}, {ACT: "B-1"}]
        await s.door.correct_terms(citing("B-1", "2021-119"), "coordinator", "une autre délibération")
        assert (await carried())[1:] == [{ACT: "A-1"}] * 2
        await s.door.withdraw("A-1", "coordinator", "essai")
        assert (await carried())[2] == {ACT: "C-1"}
        for one in ("B-1", "A-1", "C-1"):
            await s.replays(one)


async def test_a_round_says_who_carries_to_those_registered_side_by_side_and_when_one_is_stuck(tmp_path: Path) -> None:
    async with server(tmp_path, "2021-12-07") as s, s.working():
        deaf, acts = Deaf(s.client, s.now), EngineSharedActs(s.door)
        await deaf.start(citing("A-1"), "coordinator")
        await deaf.start(citing("B-1"), "coordinator")
        await begun(s, citing("UNNAMED", None))

        async def carries() -> str:
            return (await s.door.dossier("B-1")).carried[ACT]

        assert await carries() == "B-1"
        assert await acts.settle() == ()
        assert await carries() == "A-1"
        await acts.settle(["A-1"])
        assert await carries() == "B-1"
        await acts.settle()
        assert await carries() == "A-1"


async def test_a_round_completes_what_a_convention_was_not_told(tmp_path: Path) -> None:
    async with server(tmp_path, "2021-12-09") as s, s.working():
        deaf, door = Deaf(s.client, s.now), s.door
        await begun(s, citing("A-1"), citing("B-1"))
        await deaf.record("A-1", VOTE, "coordinator")
        await deaf.record("A-1", ActPublished(on=b.d("2021-12-08")), "coordinator")
        await deaf.correct("A-1", "f2", {"on": b.d("2021-12-07")}, "coordinator")
        assert await told(s, "B-1") == []
        assert await EngineSharedActs(door).settle() == (), "somebody may still be telling it"
        assert await told(s, "B-1") == []
        for _ in range(2):  # a round killed half-way, or made twice, writes nothing twice
            assert await round_of(s) == ()
            assert (
                await told(s, "B-1")
                == await told(s, "A-1")
                == [("act-adopted", "2021-12-06"), ("act-published", "2021-12-07")]
            )
            assert len((await door.dossier("B-1")).facts) == 2
        await deaf.correct("A-1", "f2", {"on": b.d("2021-12-08")}, "coordinator")
        assert await round_of(s) == ()
        assert (await told(s, "B-1"))[-1] == ("act-published", "2021-12-08")
        await deaf.cancel("B-1", "f2", "coordinator")
        assert await round_of(s) == ()
        assert await told(s, "A-1") == await told(s, "B-1") == [("act-adopted", "2021-12-06")]
        await deaf.record("B-1", ActTransmitted(on=b.d("2021-12-08")), "coordinator", "by-hand")
        await round_of(s)
        await door.record("B-1", ActTransmitted(on=b.d("2021-12-08")), "coordinator", "by-hand")
        assert (await told(s, "A-1"))[1:] == (await told(s, "B-1"))[1:] == [("act-transmitted", "2021-12-08")]


async def test_of_what_contradicts_itself_a_round_makes_nothing_but_a_trouble(tmp_path: Path) -> None:
    async with server(tmp_path, "2021-12-09") as s, s.working():
        deaf = Deaf(s.client, s.now)
        await begun(s, citing("A-1"), citing("B-1"))
        await deaf.record("A-1", VOTE, "coordinator")
        await deaf.record("B-1", ActAdopted(on=b.d("2021-12-03"), act=ACT), "coordinator")
        found = await round_of(s)
        assert [(one.cause, one.reference, one.detail) for one in found] == [("act", "A-1", ACT), ("act", "B-1", ACT)]
        assert [await told(s, one) for one in ("A-1", "B-1")] == [
            [("act-adopted", "2021-12-06")],
            [("act-adopted", "2021-12-03")],
        ]
        await deaf.cancel("B-1", "f1", "coordinator")
        assert await round_of(s) == ()
        assert await told(s, "B-1") == [("act-adopted", "2021-12-06")]
