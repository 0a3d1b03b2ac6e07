"""Everything enters by the door: kept once, refused at once, put right without losing what was said before."""

from datetime import timedelta
from pathlib import Path

import pytest

from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.engine.gateway import Conventions, RefusedError
from tests.domain import builders as b
from tests.smtpd import Script
from tests.workflows.scene import scene
from tests.workflows.terms import FIRST, arranged, terms
from workflows.convention import ConventionWorkflow
from workflows.messages import Record


async def test_a_fact_that_makes_no_sense_is_refused_and_the_dossier_unchanged(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        before = await s.dossier()
        with pytest.raises(RefusedError, match="n’existe pas"):
            await s.record(DutyDone(item="no-such-duty", on=b.d("2022-01-03")))
        await s.settle()
        assert await s.dossier() == before


async def test_the_same_request_asked_twice_is_recorded_once(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        first = await s.record(arranged(FIRST, "2022-03-10"), request="asked-once")
        again = await s.record(arranged(FIRST, "2022-03-10"), request="asked-once")
        known = [r for r in (await s.dossier()).facts if isinstance(r.fact, MeetingArranged)]
    assert first == again
    assert len(known) == 1


async def test_a_request_repeated_under_another_update_is_recorded_once(tmp_path: Path) -> None:
    """As after a new run of the workflow: the engine no longer knows the update's id, the dossier does."""
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        seen = (await s.dossier()).revision
        asked = Record(request="r", fact=arranged(FIRST, "2022-03-10"), recorded_at=s.now, by="coordinator", seen=seen)
        first = await s.handle.execute_update(ConventionWorkflow.record, asked, id="one")
        again = await s.handle.execute_update(ConventionWorkflow.record, asked, id="two")
        assert first == again
        assert len([r for r in (await s.dossier()).facts if r.request == "r"]) == 1


async def test_a_correction_keeps_the_former_version_and_writes_to_whoever_it_concerns(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        kept = await s.record(arranged(FIRST, "2022-03-10"))
        await s.settle()
        corrected = await s.door.correct(
            s.reference, kept.fact_id, {"starts_at": arranged(FIRST, "2022-03-11").starts_at}, "coordinator"
        )
        await s.settle()
        versions = [r.version for r in (await s.dossier()).facts if r.id == kept.fact_id]
        moved = await s.sent("meeting-moved", "partner")
    assert corrected.version == 2
    assert versions == [1, 2]
    assert len(moved) == 1


async def test_a_correction_of_a_version_already_corrected_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        kept = await s.record(arranged(FIRST, "2022-03-10"))
        other = Conventions(s.env.client, lambda: s.now)
        read, readings = Conventions.dossier, 0

        async def overtaken(door: Conventions, reference: str) -> Dossier:
            """Somebody else corrects the same fact right after the first reading."""
            nonlocal readings
            found = await read(door, reference)
            if door is not other and (readings := readings + 1) == 1:
                to: dict[str, object] = {"starts_at": arranged(FIRST, "2022-03-11").starts_at}
                await other.correct(reference, kept.fact_id, to, "coordinator")
            return found

        monkeypatch.setattr(Conventions, "dossier", overtaken)
        with pytest.raises(RefusedError, match="version 2"):
            await s.door.correct(
                s.reference, kept.fact_id, {"starts_at": arranged(FIRST, "2022-03-14").starts_at}, "manager"
            )
        assert len([r for r in (await s.dossier()).facts if r.id == kept.fact_id]) == 2


async def test_a_fact_recorded_by_mistake_is_cancelled_with_what_it_caused(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        kept = await s.record(arranged(FIRST, "2022-03-10"))
        await s.settle()
        await s.door.cancel(s.reference, kept.fact_id, "coordinator")
        await s.settle()
        last = [r for r in (await s.dossier()).facts if r.id == kept.fact_id][-1]
        cancelled = await s.sent("meeting-cancelled", "partner")
    assert last.cancelled
    assert len(cancelled) == 1


async def test_terms_put_right_keep_the_former_ones_and_move_what_was_told(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        longer = terms(term={"months": 18, "clauses": ["A1"]})
        await s.door.correct_terms(longer, "coordinator", "durée mal recopiée")
        await s.settle()
        dossier = await s.dossier()
        corrections = await s.sent("correction")
    assert dossier.convention == longer
    assert [t.convention for t in dossier.former_terms] == [terms()]
    assert corrections


async def test_terms_of_another_reference_are_refused(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        with pytest.raises(RefusedError):
            await s.door.correct_terms(terms(term={"months": 18, "clauses": ["A1"]}), "coordinator", "  ")
        assert (await s.dossier()).former_terms == []


async def test_a_convention_withdrawn_tells_everybody_cancels_its_meetings_and_ends(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.record(arranged(FIRST, "2022-03-10"))
        await s.settle()
        await s.door.withdraw(s.reference, "coordinator", "saisie deux fois")
        await s.settle()
        dossier = await s.dossier()
        ended = await s.ended()
        opened = {m.role for m in await s.sent("opening")}
        told = {m.role for m in await s.sent("ended")}
        cancelled = {m.role for m in await s.sent("meeting-cancelled")}
    assert ended
    assert dossier.withdrawn is not None
    assert told == opened >= {"coordinator", "manager", "referent", "partner"}
    assert cancelled == {"coordinator", "referent", "partner"}


async def test_what_is_recorded_while_a_message_leaves_is_not_lost(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(hang_at="MAIL")) as s:
        await s.door.start(terms(), "coordinator")
        for fact in b.signed("2022-01-03"):
            await s.record(fact)
        await s.relay.hanging.wait()
        await s.record(arranged(FIRST, "2022-03-10"))
        s.relay.script.hang_at = None
        await s.until(s.now + timedelta(hours=1))
        kinds = [m.kind for m in await s.sent(to="partner")]
    assert sorted(kinds) == ["invitation", "opening"]
