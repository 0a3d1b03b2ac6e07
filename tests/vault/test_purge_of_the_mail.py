"""After a purge nothing of that convention is left in the mails of the day: neither in one that is over, nor in one that runs."""

import asyncio
import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import ActivityEnvironment

from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.mail import Delivery
from echeancier.domain.ports import Leaving, MailTransport, unheard
from echeancier.domain.running.keys import KeyGoneError, mails_of
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.codec import ConventionCodec
from echeancier.engine.gateway import utc_now
from echeancier.engine.pulse import Pulse
from tests.domain import builders as b
from tests.support.processes import until
from tests.support.runs import runs_of
from tests.support.sealed import payloads, sealed_by
from tests.vault.stage import ADDRESS, SECRETS, Installation, installation
from worker import build_worker, watch_activities_of
from workflows.ids import mail_of

pytestmark = pytest.mark.timeout(300)

MERGED = DEFAULT_POLICY.model_copy(update={"one_mail_a_day": True, "gather_minutes": 0})
LIVED, WITHDRAWN, PURGED = "2022-01-04", "2022-01-05", "2022-02-07"
"""The days on which mail spoke of it, and a Monday after its own date."""

WORDS = ("TEST-1", *SECRETS)


class Held:
    """A relay that answers once it is let go."""

    def __init__(self, relay: MailTransport) -> None:
        self._relay = relay
        self.asked, self.let_go = 0, asyncio.Event()

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        self.asked += 1
        await self.let_go.wait()
        return await self._relay.deliver(raw, envelope_from, recipient, leaving)

    async def trouble(self) -> str:
        return ""


async def letterboxes(place: Installation) -> dict[str, WorkflowExecutionStatus | None]:
    """The mails of the day that the engine keeps, with where each stands."""
    kinds = "WorkflowType = 'DailyMail' OR WorkflowType = 'Morning'"
    return {run.id: run.status async for run in place.client.list_workflows(kinds)}


async def until_over(place: Installation) -> None:
    while WorkflowExecutionStatus.RUNNING in (await letterboxes(place)).values():  # noqa: ASYNC110 - the engine decides
        await asyncio.sleep(0.05)


async def round_made(place: Installation) -> None:
    """Have the robot forget what its rounds forget."""
    watching = watch_activities_of(place.client, place.parts(), Pulse())
    forget = next(one for one in watching if one.__name__ == "forget")
    await ActivityEnvironment().run(forget, utc_now())


async def said_in(place: Installation, names: Iterable[str]) -> str:
    """All that the engine and the store hold of mails of the day: opened and unpacked."""
    assert place.ring is not None
    codec, found = ConventionCodec(place.ring), list[str]()
    for name in names:
        described = (await place.client.get_workflow_handle(name).describe()).raw_description
        events = [event for history in await runs_of(place.client, name) for event in history.events]
        for message in (described, *events):
            found += [str(message)]
            found += [one for _, payload in payloads(message) for one in _texts(codec.opened(payload).data)]
    store = DirectoryStore(place.directory / "documents", place.ring)
    for name in store.names("_mail"):
        found += [name]
        with suppress(KeyGoneError):  # that somebody was written to on a day that is over
            found += [(store.get(name) or b"").decode()]
    return "\n".join(found)


def _texts(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")
    for packed in re.findall(rb'"packed":"([\w=-]+)"', content):
        yield zlib.decompress(base64.urlsafe_b64decode(packed)).decode()


def keys_in_the_file(place: Installation, day: str) -> set[str]:
    """Whose keys seal what the engine's file still holds of handing over and settling a day's mails, free pages included."""
    kept = b"".join(path.read_bytes() for path in sorted(place.directory.glob("engine.db*")))
    places = re.finditer(rb"sealed-for\x12." + mail_of(day).encode() + rb"/(?:send|daily-mail-settle)", kept)
    around = b"|".join(kept[found.start() - 100 : found.end() + 100] for found in places)
    return {key.decode() for key in re.findall(rb"encryption-key-id\x12.([\w-]+)/", around)}


def is_told(dossier: Dossier) -> bool:
    return any(m.mail and m.address == ADDRESS and m.status == "accepted" for m in dossier.outbox)


async def test_after_a_purge_no_mail_of_the_day_running_or_closed_holds_anything_of_it(tmp_path: Path) -> None:
    async with installation(tmp_path / "var") as place:
        assert place.ring is not None
        place.policy = MERGED
        await place.neighbour()
        async with place.working(cached=0):
            await place.lived()
            await place.until(is_told)
        place.later(timedelta(days=1))
        async with place.working(cached=0):
            await place.withdraw()
            await place.purge_once(lambda state: len(state.asked) == 1)
            await until_over(place)
        before = await letterboxes(place)
        said = await said_in(place, before)
        assert set(before) == {mail_of(LIVED), mail_of(WITHDRAWN)}
        assert "TEST-1" in said
        assert ADDRESS in said
        answers = sealed_by(await runs_of(place.client, mail_of(LIVED)))
        assert answers[".activity_task_completed_event_attributes.result.payloads"] == {mails_of(LIVED)}

        place.later(b.at(PURGED) - b.at(WITHDRAWN))
        held = Held(place.parts().transport)
        async with build_worker(place.client, replace(place.parts(), transport=held)):
            for fact in b.signed(PURGED):  # the other one has something to say meanwhile, and the relay does not answer
                await place.door.record("NEXT", fact, "coordinator")
            await until(lambda: held.asked > 0)
            await place.purges.decide("TEST-1", "confirm", "coordinator", "visa")
            await place.purge_once(lambda state: state.step == "purged")
            assert await letterboxes(place) == {mail_of(PURGED): WorkflowExecutionStatus.RUNNING}
            said = await said_in(place, [mail_of(PURGED)])
            assert "NEXT" in said
            assert [word for word in WORDS if word in said] == []
            for day in (LIVED, WITHDRAWN):
                assert keys_in_the_file(place, day) == {mails_of(day)}  # deleted, and not erased: their keys are
                assert not place.ring.holds(mails_of(day))
            assert place.ring.owners() == ["NEXT", "_house", mails_of(PURGED)]
            held.let_go.set()  # the mail of this day goes on
            await place.until(lambda dossier: any(m.mail and m.status == "accepted" for m in dossier.outbox), "NEXT")
            await until_over(place)
        for day, kept in ((PURGED, [mails_of(PURGED)]), ("2022-02-08", [])):
            place.later(b.at(day) - b.at(PURGED))
            await round_made(place)
            assert place.ring.owners() == ["NEXT", "_house", *kept]
