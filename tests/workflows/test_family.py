"""A parent and its annexes on the real engine: each annex is told what it must know, and applies its own clause."""

from pathlib import Path

from echeancier.adapters.files.convention_file import load_convention
from echeancier.domain.facts.act import ActAdopted, ActPublished, ActTransmitted
from echeancier.domain.facts.letters import LetterPosted
from echeancier.domain.facts.parent import ParentEnds, ParentSigned
from echeancier.domain.facts.recorded import in_force
from echeancier.domain.facts.signing import Signed
from echeancier.domain.terms.convention import Convention
from echeancier.engine.gateway import Conventions
from tests.domain import builders as b
from tests.workflows.scene import Scene, scene

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def metz() -> tuple[Convention, Convention]:
    """A parent and its annex, each with a vote of its own: the engine whose time is moved lists no conventions that share one."""
    parent, annex = (load_convention(EXAMPLES / f"{name}.toml") for name in ("mtz-p", "mtz-a"))
    return _voted_alone(parent), _voted_alone(annex)


def _voted_alone(convention: Convention) -> Convention:
    return convention.model_copy(update={"act": tuple(a.model_copy(update={"id": None}) for a in convention.act)})


async def sign(door: Conventions, parent: Convention, day: str) -> None:
    """Record the act and every signature of the parent."""
    by = parent.coordinator
    ref = parent.reference
    await door.record(ref, ActAdopted(on=b.d("2021-03-11")), by)
    await door.record(ref, ActPublished(on=b.d("2021-03-16")), by)
    await door.record(ref, ActTransmitted(on=b.d("2021-03-16")), by)
    for party in parent.parties:
        await door.record(ref, Signed(party=party, on=b.d(day)), by)


async def told_of_parent(s: Scene, annex: str) -> list[tuple[str, str]]:
    """Return (kind, day) of what the annex knows of its parent, latest version of each fact."""
    facts = in_force(tuple((await s.door.dossier(annex)).facts))
    return [(r.fact.kind, r.fact.on.isoformat()) for r in facts if isinstance(r.fact, ParentSigned | ParentEnds)]


async def test_an_annex_learns_when_its_parent_was_signed_and_ends(tmp_path: Path) -> None:
    parent, annex = metz()
    async with scene(tmp_path, "2021-03-24") as s:
        await s.register(parent)
        await sign(s.door, parent, "2021-03-22")
        await s.register(annex)
        await s.settle()
        known = await told_of_parent(s, annex.reference)
    assert known == [("parent-ends", "2023-12-31"), ("parent-signed", "2021-03-22")]


async def test_an_annex_registered_before_its_parent_is_told_once_it_is_there(tmp_path: Path) -> None:
    parent, annex = metz()
    async with scene(tmp_path, "2021-03-24") as s:
        await s.register(annex)
        await s.register(parent)
        await sign(s.door, parent, "2021-03-22")
        await s.until("2021-05-03")
        known = await told_of_parent(s, annex.reference)
    assert ("parent-ends", "2023-12-31") in known


async def test_a_terminated_parent_tells_its_annex_once_and_the_annex_ends_by_its_own_clause(
    tmp_path: Path,
) -> None:
    parent, annex = metz()
    async with scene(tmp_path, "2021-03-24") as s:
        await s.register(parent)
        await sign(s.door, parent, "2021-03-22")
        await s.register(annex)
        await s.until("2021-06-07")
        rule = parent.termination[0]
        letter = LetterPosted(rule=rule.id, by=parent.us, on=b.d("2021-06-07"), reasons="fin de la mission")
        await s.door.record(parent.reference, letter, parent.coordinator)
        await s.until("2021-06-21")
        known = await told_of_parent(s, annex.reference)
    assert known[-1] == ("parent-ends", "2021-12-31")
    assert len(known) == 3, "the same news is kept once"
