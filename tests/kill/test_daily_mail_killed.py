"""A worker killed outright around the mail of the day: each gets it once, and each convention knows in the end."""

import asyncio
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.act import ActAdopted, ActPublished
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.recorded import Recorded
from tests.domain.test_planning_signature import ACT
from tests.kill.test_a_worker_killed import MORNING_AFTER_THE_VOTE, Stage, all_accepted, stage
from tests.support.insisting import insisting
from tests.support.keys import ring_of
from tests.support.killable_mailer import STEPS
from tests.support.processes import until
from tests.workflows.terms import terms

__all__ = ["stage"]

# Some fifteen seconds each, in which the engine waits for signs of life; a busy machine takes longer.
pytestmark = pytest.mark.timeout(240)

TWO = ("TEST-1", "TEST-2")


async def voted_two(stage: Stage) -> None:
    """Register two conventions that were voted the day before, with the same people."""
    voted = Recorded(
        id="f1", fact=ActAdopted(on=date(2021, 4, 12)), recorded_at=MORNING_AFTER_THE_VOTE, recorded_by="coordinator"
    )
    for reference in TWO:
        await stage.door.start(terms(reference=reference, act=ACT), "coordinator", (voted,))


async def no_mail_runs(stage: Stage) -> None:
    running = "WorkflowType = 'DailyMail' AND ExecutionStatus = 'Running'"
    while (await stage.client.count_workflows(running)).count:  # noqa: ASYNC110 - the engine raises no event here
        await asyncio.sleep(0.1)


def waiting(stage: Stage) -> set[bytes | None]:
    store = DirectoryStore(stage.directory / "documents", ring_of(stage.directory))
    return {store.get(name) for name in store.names("_mail") if name.endswith(".eml")}


@pytest.mark.parametrize("step", STEPS)
async def test_killed_at_any_step_each_gets_one_mail_and_each_convention_knows(
    stage: Stage, tmp_path: Path, step: str
) -> None:
    mark = tmp_path / "reached"
    await voted_two(stage)
    async with stage.worker(module="killable_mailer", before=(step, str(mark))) as worker:
        await until(mark.exists, 90)
        worker.kill()
        await worker.wait()
    left, written = [mail.content for mail in stage.relay.received], waiting(stage)
    assert (bool(left), bool(written)) == (step != "composed", step == "composed")
    async with stage.worker():
        one, other = [await stage.dossier_once(all_accepted, reference) for reference in TWO]
        published = ActPublished(
            on=date(2021, 4, 13)
        )  # the conventions turn once more: what they would repeat, they repeat
        for reference in TWO:
            await insisting(partial(stage.door.record, reference, published, "coordinator", "published"))
            await stage.dossier_once(lambda dossier: len(dossier.facts) == 2, reference)
        await no_mail_runs(stage)
    assert {mail.content for mail in stage.relay.received} == set(left) | written
    assert set(stage.message_ids().values()) == {1}
    assert mails_of(one) == mails_of(other)
    assert not any(m.maybe_twice for m in (*one.outbox, *other.outbox))
    assert waiting(stage) == set()


def mails_of(dossier: Dossier) -> dict[str, str]:
    return {m.address: m.mail for m in dossier.outbox}
