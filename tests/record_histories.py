"""Records the histories that every later version must replay: ``python -m tests.record_histories``.

Each life is lived on the engine with a virtual clock and written, one file per run, under ``tests/histories``. A history
recorded with a released version is kept for ever and never recorded again (``docs/versioning.md``): this writes only the
files of lives named on the command line, or of all of them while nothing is released.
"""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from temporalio.client import WorkflowHistory

from echeancier.cli.rehearsal.as_installed import AS_INSTALLED
from echeancier.cli.rehearsal.live import live
from echeancier.cli.rehearsal.stage import stage
from echeancier.domain.facts.act import ActAdopted
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.rehearsal.player import Diligent, script_of
from echeancier.engine.exit import leave
from tests.domain import builders as b
from tests.domain.test_planning_signature import ACT
from tests.smtpd import Script
from tests.support.histories import HISTORIES, write_history
from tests.support.runs import runs_of
from tests.workflows.scene import scene
from tests.workflows.terms import SECOND, arranged, terms
from workflows.ids import convention_id, mail_of

Histories = list[WorkflowHistory]


async def whole_life(directory: Path) -> Histories:
    """The cooperation convention of Saint-Quentin-Fallavier from its vote to the closing of its file, all done in time."""
    convention, known = b.sqf()
    began = min(record.recorded_at for record in known)
    async with stage(began, directory, AS_INSTALLED, in_clear=True) as s:
        lived = await live(s, convention, Diligent(convention, script_of(known)), lambda _now, _end: None)
        if not lived.closed:
            raise RuntimeError("the whole life did not come to its end")
        return await runs_of(s.client, convention_id(convention.reference))


async def early_end(directory: Path) -> Histories:
    """A convention left by one party: what was invited is cancelled, the destruction moves."""
    async with scene(directory) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.record(arranged(SECOND, "2022-09-15"))
        await s.until("2022-02-01")
        letter = await s.record(LetterPosted(rule="leave", by="agency", on=b.d("2022-02-01")))
        await s.until("2022-02-04")
        await s.record(LetterDelivered(letter=letter.fact_id, on=b.d("2022-02-03")))
        await s.until("2022-04-15")
        return await runs_of(s.env.client, convention_id(s.reference))


async def withdrawn(directory: Path) -> Histories:
    """A convention registered by mistake, with a meeting already fixed, moved and a date put right."""
    async with scene(directory) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        fixed = await s.record(arranged(SECOND, "2022-09-15"))
        await s.settle()
        moved: dict[str, object] = {"starts_at": arranged(SECOND, "2022-09-22").starts_at}
        await s.door.correct(s.reference, fixed.fact_id, moved, "coordinator")
        await s.settle()
        await s.door.correct_terms(terms(term={"months": 18, "clauses": ["A1"]}), "coordinator", "durée mal recopiée")
        await s.settle()
        await s.door.withdraw(s.reference, "coordinator", "saisie deux fois")
        await s.settle()
        return await runs_of(s.env.client, convention_id(s.reference))


async def relay_trouble(directory: Path) -> Histories:
    """Messages put off, cut short, refused: what the outbox does with them."""
    async with scene(directory, script=Script(drop_at="CONTENT")) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        s.relay.script.drop_at = None
        s.relay.script.recipients = {
            b.ADDRESSES["partner"]: "550 5.1.1 No such user",
            b.ADDRESSES["referent"]: "451 4.3.0 Try again later",
        }
        await s.until("2022-01-12")
        return await runs_of(s.env.client, convention_id(s.reference))


async def mail_of_the_day(directory: Path) -> Histories:
    """Two conventions with one mail a day: gathered, put off by the relay, refused for good, left until the next morning."""
    script = Script(recipients={b.ADDRESSES["coordinator"]: "451 4.3.0 Try again later"})
    policy = AS_INSTALLED.model_copy(update={"gather_minutes": 5})
    async with scene(directory, b.at("2022-01-03", 10), policy=policy, script=script) as s:
        for reference in ("TEST-1", "TEST-2"):
            await s.register(terms(reference=reference, act=ACT), ActAdopted(on=b.d("2022-01-03")))
        await s.until(b.at("2022-01-03", 20))
        script.recipients = {b.ADDRESSES["coordinator"]: "550 5.1.1 No such user"}
        await s.until(b.at("2022-01-04", 12))
        script.recipients.clear()
        await s.until(b.at("2022-01-12", 12))
        days = [await runs_of(s.env.client, mail_of(day)) for day in ("2022-01-03", "2022-01-04")]
        return [*await runs_of(s.env.client, convention_id("TEST-1")), *(run for runs in days for run in runs)]


LIVES: dict[str, Callable[[Path], Awaitable[Histories]]] = {
    "whole-life": whole_life,
    "early-end": early_end,
    "withdrawn": withdrawn,
    "relay-trouble": relay_trouble,
    "mail-of-the-day": mail_of_the_day,
}


async def record(names: list[str]) -> None:
    """Live the lives of these names and write their histories."""
    for name in names:
        with tempfile.TemporaryDirectory() as directory:
            histories = await LIVES[name](Path(directory))
        for former in HISTORIES.glob(f"{name}.*"):
            former.unlink()
        for number, history in enumerate(histories, start=1):
            path = HISTORIES / f"{name}.{number}.json.gz"
            write_history(path, history)
            print(f"{path.name}: {len(history.events)} events, {path.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:] or list(LIVES)))
    leave(0)
