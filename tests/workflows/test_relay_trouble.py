"""What the relay does to a message, from its first refusal to its arrival: nothing lost, the same bytes each time."""

import email
import email.policy
import errno
import hashlib
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.dossier import Message
from echeancier.domain.messages.tried_again import AFTER_UNKNOWN, PATIENCE, WAITS
from echeancier.domain.overview.journal import result_of
from tests.domain import builders as b
from tests.smtpd import Received, Script, Step
from tests.workflows.scene import Scene, scene
from tests.workflows.terms import FIRST, arranged, terms

BUSY = "451 4.3.0 Try again later"
UNKNOWN = "550 5.1.1 No such user"
PARTNER = b.ADDRESSES["partner"]
MARGIN = timedelta(minutes=1)


async def to_partner(s: Scene) -> list[Message]:
    return [m for m in (await s.dossier()).outbox if m.role == "partner"]


def handed(s: Scene, address: str = PARTNER) -> list[Received]:
    return [r for r in s.relay.received if address in r.recipients]


async def test_a_message_put_off_is_tried_again_after_each_wait_of_the_plan(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(recipients={PARTNER: BUSY})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        for tries, wait in enumerate(WAITS[:3], start=1):
            message = (await to_partner(s))[0]
            assert message.next_try is not None
            assert (message.tries, round((message.next_try - s.now) / MARGIN)) == (
                tries,
                round(wait / MARGIN) - 1,
            )
            await s.until(message.next_try - MARGIN)
            assert (await to_partner(s))[0].tries == tries
            await s.until(message.next_try + MARGIN)
            assert (await to_partner(s))[0].tries == tries + 1


async def test_a_message_put_off_arrives_with_the_bytes_it_was_written_with(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(replies={"CONTENT": BUSY})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        first = (await to_partner(s))[0]
        written = (tmp_path / "documents" / "TEST-1" / "mail" / f"{first.id}.eml").read_bytes()
        s.relay.script.replies.clear()
        await s.until(s.now + WAITS[0] + MARGIN)
        last = (await to_partner(s))[0]
    assert (first.status, last.status) == ("deferred", "accepted")
    assert [r.content for r in handed(s)] == [written]
    assert first.sha256 == last.sha256 == hashlib.sha256(written).hexdigest()


async def test_one_recipient_put_off_holds_up_nobody_else(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(recipients={PARTNER: BUSY})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        accepted = {m.role for m in await s.sent("opening")}
    assert accepted >= {"coordinator", "manager", "referent"}
    assert "partner" not in accepted


async def test_a_message_put_off_beyond_our_patience_counts_as_refused_and_is_told(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(recipients={PARTNER: BUSY})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + PATIENCE + timedelta(days=3))
        message = (await to_partner(s))[0]
        alarms = await s.sent("undelivered")
    assert message.status == "refused"
    assert [(m.role, m.told[0].about) for m in alarms] == [("coordinator", f"undelivered/{message.id}")]


async def test_a_message_refused_for_good_is_tried_once_and_the_coordinator_told(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(recipients={PARTNER: UNKNOWN})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + timedelta(days=2))
        message = (await to_partner(s))[0]
        alarms = await s.sent("undelivered")
    assert (message.status, message.tries) == ("refused", 1)
    assert [m.role for m in alarms] == ["coordinator"]


async def test_when_the_coordinator_cannot_be_reached_the_manager_is_told(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(recipients={b.ADDRESSES["coordinator"]: UNKNOWN})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + timedelta(days=2))
        alarms = await s.sent("undelivered")
    assert [m.role for m in alarms] == ["manager"]


@pytest.mark.parametrize(
    "trouble", [Script(drop_at="CONTENT"), Script(late=10)], ids=["the line drops", "answers late"]
)
async def test_a_copy_whose_fate_nobody_knows_is_sent_once_more_ten_minutes_later_and_marked(
    tmp_path: Path, trouble: Script
) -> None:
    async with scene(tmp_path, script=trouble) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        first = (await to_partner(s))[0]
        s.relay.script.drop_at, s.relay.script.late = None, 0
        await s.until(s.now + AFTER_UNKNOWN + MARGIN)
        last = (await to_partner(s))[0]
    assert (first.status, first.unknown, first.maybe_twice) == ("deferred", 1, False)
    assert (last.status, last.maybe_twice) == ("accepted", True)
    assert len(handed(s)) == 2
    assert len({r.content for r in handed(s)}) == 1


async def test_a_relay_that_never_confirms_gets_two_copies_then_a_person_is_asked(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(drop_at="CONTENT")) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + AFTER_UNKNOWN + MARGIN)
        second = (await to_partner(s))[0]
        await s.until(s.now + timedelta(days=2))
        message = (await to_partner(s))[0]
        copies = Counter(r.content for r in s.relay.received)
        s.relay.script.drop_at = None
        await s.until(s.now + timedelta(days=30))
        told = result_of(next(m for m in (await s.dossier()).outbox if m.id == message.id))
    # Nothing waits after the second copy: a person is asked at once.
    assert (second.status, second.unknown, second.maybe_twice, second.next_try) == ("refused", 2, True, None)
    assert message == second
    assert "peut-être reçu deux fois" in message.detail
    assert set(copies.values()) == {2}
    assert len(handed(s)) == 2 + sum(1 for r in handed(s) if r.content not in copies)
    assert told.fr == "sans réponse du serveur, peut-être reçu deux fois (mêmes octets)"


async def test_the_person_who_is_asked_is_told_that_it_may_be_there(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(drop_for=PARTNER)) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + timedelta(days=1))
        (alarm,) = await s.sent("undelivered")
        raw = (tmp_path / "documents" / "TEST-1" / "mail" / f"{alarm.id}.eml").read_bytes()
        plain = email.message_from_bytes(raw, policy=email.policy.default).get_body(("plain",))
        assert plain is not None
        words = " ".join(plain.get_content().split())
    assert alarm.role == "coordinator"
    assert "peut-être reçu deux fois" in words.replace("\u00a0", " ")
    assert "refuse nos messages" not in words


@pytest.mark.parametrize("step", ["GREETING", "MAIL"])
async def test_a_relay_away_for_eight_days_loses_nothing_that_is_still_true(tmp_path: Path, step: Step) -> None:
    async with scene(tmp_path, script=Script(replies={step: "421 4.3.2 closed for works"})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        people = {m.address for m in (await s.dossier()).outbox}
        for _ in range(8):
            await s.until(s.now + timedelta(days=1))
        s.relay.script.replies.clear()
        for _ in range(2):
            await s.until(s.now + timedelta(days=1))
        found = (await s.dossier()).outbox
    arrived = Counter((m.kind, m.address) for m in found if m.status == "accepted")
    assert {m.status for m in found} == {"superseded", "accepted"}
    assert {address for kind, address in arrived if kind == "opening"} == people
    assert set(arrived.values()) == {1}
    assert len(s.relay.received) == sum(arrived.values())


async def test_a_full_disk_is_told_as_what_it_is_and_nothing_went_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_store: DirectoryStore, _name: str, _content: bytes) -> bytes:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with scene(tmp_path) as s:
        with monkeypatch.context() as patched:
            patched.setattr(DirectoryStore, "put_once", full)
            await s.register(terms(), *b.signed("2022-01-03"))
            first = (await to_partner(s))[0]
        await s.until(s.now + timedelta(hours=2))
        last = (await to_partner(s))[0]
    assert (first.status, first.unknown, first.maybe_twice) == ("to-send", 0, False)
    assert "plus de place sur le disque" in first.detail
    assert (last.status, last.maybe_twice, len(handed(s))) == ("accepted", False, 1)


async def test_an_older_invitation_put_off_never_leaves_after_its_successor(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        s.relay.received.clear()
        s.relay.script.recipients[PARTNER] = BUSY
        await s.record(arranged(FIRST, "2022-03-10"))
        await s.settle()
        s.relay.script.recipients.clear()
        await s.record(arranged(FIRST, "2022-03-17"))
        await s.until(s.now + timedelta(days=2))
        sent = [(m.status, m.meeting.sequence) for m in await to_partner(s) if m.meeting is not None]
        arrived = [r.content for r in handed(s)]
    assert sent == [("superseded", 0), ("accepted", 1)]
    assert len(arrived) == 1


async def test_a_cancelled_meeting_whose_invitation_was_put_off_leaves_no_invitation_behind(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        s.relay.script.recipients[PARTNER] = BUSY
        kept = await s.record(arranged(FIRST, "2022-03-10"))
        await s.settle()
        s.relay.script.recipients.clear()
        await s.door.cancel(s.reference, kept.fact_id, "coordinator")
        await s.until(s.now + timedelta(days=2))
        sent = [(m.kind, m.status) for m in await to_partner(s) if m.meeting is not None]
    assert ("invitation", "accepted") not in sent


async def test_bytes_lost_from_the_store_are_not_written_anew_but_told(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(recipients={PARTNER: BUSY})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        message = (await to_partner(s))[0]
        (tmp_path / "documents" / "TEST-1" / "mail" / f"{message.id}.eml").unlink()
        s.relay.script.recipients.clear()
        await s.until(s.now + timedelta(hours=1))
        lost = (await to_partner(s))[0]
        alarms = await s.sent("undelivered")
    assert lost.status == "refused"
    assert [m.role for m in alarms] == ["coordinator"]
    assert handed(s) == []


async def test_a_relay_that_refuses_everybody_loses_nothing_and_is_seen(tmp_path: Path) -> None:
    everybody = {b.ADDRESSES[role]: UNKNOWN for role in ("coordinator", "manager", "partner", "referent")}
    async with scene(tmp_path, script=Script(recipients=everybody)) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + timedelta(hours=12))
        held = (await s.dossier()).outbox
        s.relay.script.recipients.clear()
        await s.until(s.now + timedelta(days=2))
        last = (await s.dossier()).outbox
    assert {(m.status, m.fault) for m in held if m.kind != "undelivered"} == {("deferred", "in-a-row")}
    assert {m.status for m in last} == {"accepted"}


async def test_a_sender_that_is_not_ours_is_no_fault_of_the_people_written_to(tmp_path: Path) -> None:
    refusal = "553 5.7.1 <agenda@commune.example>: Sender address rejected: not owned by user robot"
    async with scene(tmp_path, script=Script(replies={"RCPT": refusal})) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + timedelta(hours=12))
        held = (await s.dossier()).outbox
        s.relay.script.replies.clear()
        await s.until(s.now + timedelta(days=2))
        alarms = await s.sent("undelivered")
        last = (await s.dossier()).outbox
    assert {(m.status, m.fault) for m in held} == {("deferred", "settings")}
    assert {m.status for m in last} == {"accepted"}
    assert [m.role for m in alarms] == ["coordinator"]
