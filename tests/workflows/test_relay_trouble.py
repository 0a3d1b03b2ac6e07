"""What the relay does to a message, from its first refusal to its arrival: nothing lost, the same bytes each time."""

import hashlib
from datetime import timedelta
from pathlib import Path

from domain.dossier import Message
from domain.planning.retries import PATIENCE, WAITS
from tests.domain import builders as b
from tests.smtpd import Received, Script
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


async def test_a_line_lost_after_the_content_left_is_tried_again_and_marked_maybe_twice(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path, script=Script(drop_at="CONTENT")) as s:
        await s.door.start(terms(), "coordinator")
        for fact in b.signed("2022-01-03"):
            await s.record(fact)
        await s.until(s.now + timedelta(seconds=30))
        cut = (await to_partner(s))[0]
        s.relay.script.drop_at = None
        await s.until(s.now + WAITS[0] + MARGIN)
        last = (await to_partner(s))[0]
    assert (cut.status, cut.cuts) == ("to-send", 1)
    assert (last.status, last.maybe_twice) == ("accepted", True)
    assert len(handed(s)) > 1
    assert len({r.content for r in handed(s)}) == 1


async def test_a_relay_that_never_confirms_ends_in_an_alarm_not_in_endless_copies(tmp_path: Path) -> None:
    async with scene(tmp_path, script=Script(drop_at="CONTENT")) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.until(s.now + timedelta(days=2))
        message = (await to_partner(s))[0]
        copies = len(handed(s))
        s.relay.script.drop_at = None
        await s.until(s.now + timedelta(days=30))
    assert (message.status, message.maybe_twice) == ("refused", True)
    assert len(handed(s)) == copies


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
