"""One week's digests under a virtual clock: the hour, a closed day, a relay that puts off, refuses or is away."""

from __future__ import annotations

import email
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHandle

from activities.digest import DIGESTS, DigestActivities
from echeancier.adapters.mail.digest import TemplateDigestWriter
from echeancier.adapters.relay.held_or_redirected import HeldMail
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.messages.mail import Delivery, Mailbox
from echeancier.domain.overview.digest_day import DigestHours
from echeancier.domain.ports import Leaving, MailTransport, unheard
from echeancier.domain.running.health import MailboxHealth as Answers
from echeancier.domain.running.trouble import Trouble
from echeancier.domain.terms.policy import DEFAULT_POLICY
from echeancier.engine.pulse import Pulse
from tests.domain import builders as b
from tests.domain.test_digest_compose import dossier
from tests.smtpd import Script
from tests.support.replaying import replay
from tests.workflows.scene import Scene, scene
from worker import Parts, activities_of
from workflows.digest import DigestWorkflow
from workflows.ids import TASK_QUEUE
from workflows.messages import DigestEnd, DigestStart


@dataclass
class House:
    """The conventions that the digests are about; read as often as they are asked for."""

    dossiers: list[Dossier] = field(default_factory=lambda: [dossier()])
    fails: int = 0
    asked: int = 0
    stopped: bool = False

    async def all(self) -> tuple[tuple[Dossier, ...], tuple[str, ...]]:
        self.asked += 1
        if self.fails > 0:
            self.fails -= 1
            raise RuntimeError("the lists do not answer")
        return tuple(self.dossiers), ()

    async def count(self) -> int:
        return len(self.dossiers)

    async def troubles(self) -> tuple[Trouble, ...]:
        return ()

    async def keyless(self) -> tuple[str, ...]:
        return ()

    async def state(self, now: datetime) -> Answers:
        del now
        return Answers()

    def wired(self, parts: Parts) -> Sequence[Callable[..., Any]]:
        parts = replace(parts, transport=Stoppable(self, parts.transport))
        writer = TemplateDigestWriter(Mailbox(address="agenda@ville.example"), "ville.example")
        store = DirectoryStore(parts.settings.data / "documents")
        made = DigestActivities(self, writer, store, Pulse(), self, parts.shift, DEFAULT_POLICY, DigestHours(), ())
        return [*activities_of(parts), made.opening, made.write]


@dataclass
class Stoppable:
    """The relay, unless sending is stopped."""

    house: House
    carrier: MailTransport

    async def deliver(self, raw: bytes, envelope_from: str, recipient: str, leaving: Leaving = unheard) -> Delivery:
        way: MailTransport = HeldMail() if self.house.stopped else self.carrier
        return await way.deliver(raw, envelope_from, recipient, leaving)

    async def trouble(self) -> str:
        return ""


@dataclass
class Week:
    s: Scene
    house: House

    async def begin(self, name: str = "digest-1") -> WorkflowHandle[DigestWorkflow, DigestEnd]:
        return await self.s.env.client.start_workflow(DigestWorkflow.run, DigestStart(), id=name, task_queue=TASK_QUEUE)

    @property
    def sent(self) -> Counter[str]:
        return Counter(r.recipients[0] for r in self.s.relay.received)

    @property
    def message_ids(self) -> Counter[str]:
        return Counter(str(email.message_from_bytes(m.content)["Message-ID"]) for m in self.s.relay.received)

    async def replays(self, name: str = "digest-1", week: str = "digest-week-2022-W36") -> None:
        for one in (name, week):
            history = await self.s.env.client.get_workflow_handle(one).fetch_history()
            await replay(history)


@asynccontextmanager
async def week(tmp_path: Path, begins: datetime, script: Script | None = None) -> AsyncIterator[Week]:
    house = House()
    async with scene(tmp_path, begins, script=script, wired=house.wired) as s:
        yield Week(s, house)


BOTH = Counter({b.ADDRESSES["coordinator"]: 1, b.ADDRESSES["manager"]: 1})


async def test_on_a_monday_morning_each_gets_one(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8)) as w:
        end = await (await w.begin()).result()
        assert w.sent == BOTH
        assert (end.week, end.accepted, end.refused) == ("2022-W36", 2, 0)
        await w.replays()


async def test_on_a_closed_monday_it_leaves_the_next_day_at_its_hour(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-08-15", 8)) as w:  # Assumption
        await w.begin()
        await w.s.until(b.at("2022-08-16", 7, 59))
        assert w.sent == Counter()
        await w.s.until(b.at("2022-08-16", 8, 1))
        assert w.sent == Counter([b.ADDRESSES["coordinator"]])


async def test_begun_at_night_after_an_outage_it_waits_for_the_morning(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-06", 23)) as w:
        await w.begin()
        await w.s.until(b.at("2022-09-07", 7, 59))
        assert w.sent == Counter()
        await w.s.until(b.at("2022-09-07", 8, 1))
        assert w.sent == BOTH


async def test_the_same_week_begun_again_sends_nothing(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8)) as w:
        await w.begin()
        await w.s.until(b.at("2022-09-05", 9))
        again = await w.begin("digest-2")
        await w.s.until(b.at("2022-09-05", 10))
        assert w.sent == BOTH
        end = await again.result()
        assert (end.week, end.already) == ("2022-W36", True)


async def test_two_begun_at_once_send_one_each(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 6)) as w:
        for name in ("digest-1", "digest-2", "digest-3"):
            await w.begin(name)
        await w.s.until(b.at("2022-09-05", 9))
        assert w.sent == BOTH


async def test_the_next_week_has_its_own(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8)) as w:
        await w.begin()
        await w.s.until(b.at("2022-09-12", 8))
        await w.begin("digest-2")
        await w.s.until(b.at("2022-09-12", 9))
        # Nothing became late meanwhile: whoever manages the convention is not told the same again.
        assert w.sent == BOTH + Counter([b.ADDRESSES["coordinator"]])
        assert set(w.message_ids.values()) == {1}


async def test_put_off_by_the_relay_it_goes_later_the_same_bytes_and_never_at_night(tmp_path: Path) -> None:
    busy = Script(recipients={b.ADDRESSES["manager"]: "451 4.7.1 try later"})
    async with week(tmp_path, b.at("2022-09-05", 17, 55), busy) as w:
        await w.begin()
        await w.s.until(b.at("2022-09-05", 18, 30))
        assert w.sent == Counter({b.ADDRESSES["coordinator"]: 1})
        busy.recipients.clear()
        await w.s.until(b.at("2022-09-06", 7, 59))
        assert w.sent == Counter({b.ADDRESSES["coordinator"]: 1})
        await w.s.until(b.at("2022-09-06", 8, 1))
        assert w.sent == BOTH
        mail = email.message_from_bytes(w.s.relay.received[-1].content)
        assert mail["Date"] == "Mon, 05 Sep 2022 17:55:00 +0200"


async def test_refused_for_good_it_is_counted_and_the_others_have_theirs(tmp_path: Path) -> None:
    script = Script(recipients={b.ADDRESSES["manager"]: "550 5.1.1 unknown"})
    async with week(tmp_path, b.at("2022-09-05", 8), script) as w:
        end = await (await w.begin()).result()
        assert (end.accepted, end.refused) == (1, 1)
        assert w.sent == Counter({b.ADDRESSES["coordinator"]: 1})


async def test_a_relay_that_is_away_for_days_is_given_up_before_the_next_week(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8), Script(replies={"MAIL": "451 4.3.0 later"})) as w:
        handle = await w.begin()
        await w.s.until(b.at("2022-09-11", 23))
        end = await handle.result()
        assert (end.accepted, end.refused) == (0, 2)


async def test_an_acceptance_that_was_lost_may_come_twice_byte_for_byte(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8), Script(drop_at="CONTENT")) as w:
        await w.begin()
        await w.s.until(b.at("2022-09-05", 8) + timedelta(minutes=3))
        w.s.relay.script.drop_at = None
        await w.s.until(b.at("2022-09-05", 12))
        assert set(w.sent) == set(BOTH)
        assert len({m.content for m in w.s.relay.received}) == 2
        assert len(w.message_ids) == 2


async def test_a_fault_while_it_is_written_delays_it_and_loses_nothing(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8)) as w:
        w.house.fails = 3
        await w.begin()
        await w.s.until(b.at("2022-09-05", 12))
        assert w.sent == BOTH


async def test_without_anybody_to_write_to_the_week_simply_ends(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8)) as w:
        w.house.dossiers.clear()
        end = await (await w.begin()).result()
        assert (end.accepted, end.refused) == (0, 0)


@pytest.mark.parametrize("started", ["2022-09-05", "2022-09-06"])
async def test_what_was_written_first_is_what_leaves(tmp_path: Path, started: str) -> None:
    """A week ended by hand and begun again: the bytes that were kept go out, whatever was recorded since."""
    async with week(tmp_path, b.at("2022-09-05", 8), Script(replies={"MAIL": "451 4.3.0 later"})) as w:
        await w.begin()
        await w.s.until(b.at("2022-09-05", 8, 5))
        await w.s.env.client.get_workflow_handle("digest-week-2022-W36").terminate()
        w.s.relay.script.replies.clear()
        w.house.dossiers = [dossier(), dossier(reference="TEST-2")]
        await w.s.until(b.at(started, 9))
        await w.begin("digest-2")
        await w.s.until(b.at(started, 10))
        assert w.sent == BOTH
        assert all(b"TEST-2" not in m.content for m in w.s.relay.received)


async def test_under_the_emergency_stop_it_waits_and_leaves_when_the_stop_is_over(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8)) as w:
        w.house.stopped = True
        await w.begin()
        await w.s.until(b.at("2022-09-05", 12))
        assert w.sent == Counter()
        w.house.stopped = False
        await w.s.until(b.at("2022-09-05", 14))
        assert w.sent == BOTH


@pytest.mark.parametrize("days", [6, 10])
async def test_a_week_that_is_over_when_the_stop_ends_does_not_leave_any_more(tmp_path: Path, days: int) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8)) as w:
        w.house.stopped = True
        await w.begin()
        await w.s.until(b.at("2022-09-05", 12))
        assert len(DirectoryStore(w.s.parts.settings.data / "documents").names(DIGESTS)) == 2  # written, and held
        await w.s.until(b.at("2022-09-05", 12) + timedelta(days=days))
        w.house.stopped = False
        await w.s.until(b.at("2022-09-19", 12))
        assert w.sent == Counter()


async def test_digests_are_not_kept_for_ever(tmp_path: Path) -> None:
    async with week(tmp_path, b.at("2022-09-05", 8)) as w:
        await w.begin()
        await w.s.until(b.at("2022-09-05", 9))
        store = DirectoryStore(w.s.parts.settings.data / "documents")
        kept = store.names(DIGESTS)
        assert len(kept) == 2
        await w.s.until(b.at("2022-11-21", 8))
        await w.begin("digest-2")
        await w.s.until(b.at("2022-11-21", 9))
        assert not set(kept) & set(store.names(DIGESTS))
        assert len(store.names(DIGESTS)) == 1  # whoever manages has nothing new to read
