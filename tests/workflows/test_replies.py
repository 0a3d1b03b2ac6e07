"""A reading of the mailbox, on the engine, with a mailbox and a register of the test."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.testing import WorkflowEnvironment

from activities.replies import ReplyActivities
from echeancier.adapters.inbox.parser import MimeReplyParser
from echeancier.adapters.keys.key_ring import KeyRing
from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.answers.reply import Cursor, bounce_mark, return_token
from echeancier.domain.errors import MailboxError
from echeancier.domain.facts.dossier import Dossier
from echeancier.domain.facts.mail import InvitationAnswered, MailUndelivered
from echeancier.domain.facts.meetings import MeetingArranged
from echeancier.domain.messages.tokens import LinkKey
from echeancier.domain.running.keys import HOUSE, KeyGoneError, Vault
from echeancier.engine.patient_worker import PatientWorker
from tests.adapters.replies import GUEST, UID, FixedKeys, failure, mail, reply, return_address
from tests.domain.builders import ADDRESSES, at, convention, meeting_duty, signed
from tests.domain.builders_life import life
from tests.support.virtual_clock import virtual_clock
from tests.workflows.mailbox import FakeMailbox
from tests.workflows.register import NOW, FakeRegister
from workflows.messages import RepliesEnd, RepliesStart
from workflows.replies import RepliesWorkflow

POINT = "point/2022-01"


def kept(directory: Path) -> dict[str, bytes]:
    """Return what a document store keeps of the one mail that was read, by the end of its name."""
    return {path.suffix: path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def invited() -> Dossier:
    """Return the dossier of a convention that convened a meeting."""
    lived = life(convention(duty=[meeting_duty()]), signed("2021-12-15"), "2022-01-03")
    lived.record(MeetingArranged(item=POINT, starts_at=at("2022-03-15")), when=at("2022-02-01"))
    return lived.dossier


@dataclass
class Reader:
    """The engine, a mailbox, a register, and what it takes to read once."""

    env: WorkflowEnvironment
    mailbox: FakeMailbox
    register: FakeRegister
    store: DirectoryStore
    times: int = 0

    async def read(self, **start: object) -> RepliesEnd:
        self.times += 1
        return await self.env.client.execute_workflow(
            RepliesWorkflow.run,
            RepliesStart.model_validate(start),
            id=f"replies-{self.times}",
            task_queue="replies",
        )

    @property
    def answers(self) -> list[InvitationAnswered]:
        return [r.fact for r in self.register.kept.facts if isinstance(r.fact, InvitationAnswered)]

    def reply(self, *, sender: str = GUEST, partstat: str = "ACCEPTED", message_id: str = "a") -> bytes:
        """Return the answer of the partner to the invitation of the dossier."""
        message = next(m for m in self.register.kept.outbox if m.kind == "invitation" and m.role == "partner")
        assert message.meeting is not None
        raw = reply("DTSTAMP:20220203T090000Z", "SEQUENCE:0", sender=sender, partstat=partstat, without="DTSTAMP")
        raw = raw.replace(b"SEQUENCE:2\r\n", b"").replace(UID.encode(), message.meeting.uid.encode())
        return raw.replace(b"<reponse-1@", f"<{message_id}@".encode())


@pytest.fixture
async def reader(tmp_path: Path) -> AsyncIterator[Reader]:
    async with _reader(tmp_path) as made:
        yield made


@asynccontextmanager
async def _reader(directory: Path, vault: Vault | None = None) -> AsyncIterator[Reader]:
    mailbox, register, store = FakeMailbox(), FakeRegister(invited()), DirectoryStore(directory, vault)
    activities = ReplyActivities(mailbox, MimeReplyParser(FixedKeys()), store, register)
    env = await virtual_clock()
    wired: list[Callable[..., Any]] = [
        activities.read,
        activities.locate,
        activities.record,
        activities.file,
        activities.forget,
    ]
    async with env, PatientWorker(env.client, task_queue="replies", workflows=[RepliesWorkflow], activities=wired):
        yield Reader(env, mailbox, register, store)


async def test_the_guest_of_the_test_is_the_one_of_the_convention() -> None:
    assert ADDRESSES["partner"] == GUEST


async def test_an_answer_is_recorded_and_filed(reader: Reader) -> None:
    reader.mailbox.put(raw := reader.reply())
    end = await reader.read()
    assert [a.answer for a in reader.answers] == ["accepted"]
    assert reader.mailbox.folders == {"done": [raw], "to-read": []}
    assert (end.recorded, end.done, end.left, end.cursor) == (1, 1, 0, Cursor(uid_validity=7, uid=1))


async def test_the_same_mail_delivered_twice_is_recorded_once(reader: Reader) -> None:
    reader.mailbox.put(reader.reply(), reader.reply())
    end = await reader.read()
    assert len(reader.answers) == 1
    assert (end.recorded, end.done) == (1, 2)


async def test_a_mail_read_again_later_is_recorded_once(reader: Reader) -> None:
    for _ in range(2):
        reader.mailbox.put(reader.reply())
        await reader.read()
    assert len(reader.answers) == 1


async def test_two_answers_of_one_reading_count_in_their_order(reader: Reader) -> None:
    second = reader.reply(partstat="DECLINED", message_id="b").replace(b"T090000Z", b"T093000Z")
    reader.mailbox.put(reader.reply(), second)
    await reader.read()
    assert [a.answer for a in reader.answers] == ["accepted", "declined"]


async def test_a_declared_answer_is_recorded_and_left_for_a_person_each_time_it_is_read(
    reader: Reader,
) -> None:
    for _ in range(2):
        reader.mailbox.put(reader.reply(sender="secretariat@operateur.example"))
        await reader.read()
    assert [a.declared for a in reader.answers] == [True]
    assert len(reader.mailbox.folders["to-read"]) == 2


async def test_a_failure_of_delivery_is_recorded(reader: Reader) -> None:
    to = return_address(reader.register.kept.outbox[-1].id)
    reader.mailbox.put(failure("Action: failed\r\nStatus: 5.1.1", to=to))
    await reader.read()
    assert reader.register.kept.facts[-1].fact.kind == "mail-undelivered"


async def test_a_reply_in_free_words_is_for_a_person_and_marks_no_failure(reader: Reader) -> None:
    to = return_address(next(m.id for m in reader.register.kept.outbox if m.address == GUEST))
    before = len(reader.register.kept.facts)
    reader.mailbox.put(raw := mail("Bonjour, je vous appelle demain.", to=to))
    end = await reader.read()
    assert reader.mailbox.folders == {"done": [], "to-read": [raw]}
    assert (end.recorded, len(reader.register.kept.facts)) == (0, before)


def reasons(directory: Path) -> str:
    """What stands beside the mails that a person must read."""
    return "".join(path.read_text() for path in directory.rglob("*.txt"))


async def test_what_comes_back_and_nobody_can_sort_is_for_a_person_with_its_convention(
    reader: Reader, tmp_path: Path
) -> None:
    to = return_address(reader.register.kept.outbox[-1].id)
    reader.mailbox.put(
        raw := mail("x", to=to, auto_submitted="auto-replied", x_failed_recipients="a@operateur.example")
    )
    for _ in range(2):
        await reader.read()
    assert reader.mailbox.folders == {"done": [], "to-read": [raw]}
    fact = reader.register.kept.facts[-1].fact
    assert isinstance(fact, MailUndelivered)
    assert (fact.outcome, fact.message) == ("unclear", reader.register.kept.outbox[-1].id)
    assert "convention TEST-1" in reasons(tmp_path)


async def test_a_strangers_report_marks_nothing(reader: Reader) -> None:
    sent = reader.register.kept.outbox[-1]
    before = len(reader.register.kept.facts)
    for token in (bounce_mark(sent.id), return_token(sent.id, LinkKey(bytes(32)))):
        raw = failure("Action: failed\r\nStatus: 5.1.1", to=f"bounces+{token}@ville.example", message_id=f"<{token}@x>")
        reader.mailbox.put(raw)
    end = await reader.read()
    assert (end.to_read, end.recorded, len(reader.register.kept.facts)) == (2, 0, before)


async def test_what_a_person_wrote_is_left_for_a_person_and_kept_nowhere_else(reader: Reader, tmp_path: Path) -> None:
    reader.mailbox.put(raw := mail("Je viendrai."))
    await reader.read()
    assert reader.mailbox.folders["to-read"] == [raw]
    assert kept(tmp_path) == {}


async def test_an_out_of_office_answer_is_set_aside(reader: Reader) -> None:
    reader.mailbox.put(mail("Absent.", auto_submitted="auto-replied"))
    end = await reader.read()
    assert (end.done, end.to_read, end.recorded) == (1, 0, 0)


async def test_what_cannot_be_believed_is_kept_with_its_reason(reader: Reader, tmp_path: Path) -> None:
    reader.mailbox.put(raw := reply(without="UID"))
    await reader.read()
    found = kept(tmp_path)
    assert sorted(found) == [".eml", ".txt"]
    assert found[".eml"] == raw
    assert "sans identifiant" in found[".txt"].decode()


async def test_a_mail_that_concerns_a_convention_is_kept_with_its_file_under_its_key_and_nowhere_else(
    tmp_path: Path,
) -> None:
    vault = KeyRing(tmp_path / "keys", bytes(32))
    for owner in (HOUSE, "TEST-1"):
        vault.admit(owner)
    async with _reader(tmp_path / "documents", vault) as reader:
        reader.mailbox.put(raw := reader.reply(), alone := reply().replace(b"<reponse-1@", b"<reponse-2@"))
        await reader.read()
        (kept,) = reader.store.names("TEST-1")
        assert reader.store.get(kept) == raw
        of_the_house = [name for name in reader.store.names(HOUSE) if name.endswith(".eml")]
        assert [reader.store.get(name) for name in of_the_house] == [alone]
        vault.destroy("TEST-1")
        with pytest.raises(KeyGoneError):
            reader.store.get(kept)
        assert [reader.store.get(name) for name in of_the_house] == [alone]


async def test_an_answer_to_nothing_we_sent_is_left_for_a_person(reader: Reader) -> None:
    reader.mailbox.put(reply())
    end = await reader.read()
    assert (end.to_read, reader.answers) == (1, [])


async def test_an_answer_the_door_refuses_is_left_for_a_person(reader: Reader) -> None:
    reader.mailbox.put(reader.reply())
    reader.register.kept.closed_at = NOW
    end = await reader.read()
    assert (end.to_read, reader.answers) == (1, [])


async def test_the_conventions_are_looked_through_once_for_all_mails_and_not_for_others(
    reader: Reader,
) -> None:
    reader.mailbox.put(mail("Bonjour."))
    await reader.read()
    assert reader.register.looks == 0
    reader.mailbox.put(reader.reply(), reader.reply(message_id="b"), reply())
    await reader.read()
    assert reader.register.looks == 1


async def test_a_fault_that_passes_loses_nothing(reader: Reader) -> None:
    reader.register.faults = 2
    reader.mailbox.put(reader.reply())
    end = await reader.read()
    assert (end.recorded, end.left) == (1, 0)


async def test_a_mail_that_cannot_be_dealt_with_stays_and_is_read_again(reader: Reader) -> None:
    reader.register.faults = 3
    reader.mailbox.put(mail("Bonjour."), reader.reply(), mail("Au revoir."))
    end = await reader.read()
    assert (end.left, end.to_read, list(reader.mailbox.inbox)) == (1, 2, [2])
    assert end.cursor == Cursor(uid_validity=7)
    assert (await reader.read(cursor=end.cursor)).recorded == 1


async def test_many_mails_are_read_in_batches_and_the_rest_waits(reader: Reader) -> None:
    reader.mailbox.put(*(mail(f"Courriel {n}") for n in range(7)))
    end = await reader.read(at_once=2, batches=3)
    assert (end.to_read, end.cursor.uid, len(reader.mailbox.inbox)) == (6, 6, 1)


async def test_a_reading_begins_where_it_is_told(reader: Reader) -> None:
    reader.mailbox.put(reader.reply())
    await reader.read(cursor=Cursor(uid_validity=7, uid=1))
    assert reader.answers == []


async def test_a_mailbox_made_anew_is_read_from_its_beginning(reader: Reader) -> None:
    reader.mailbox.put(reader.reply())
    end = await reader.read(cursor=Cursor(uid_validity=6, uid=40))
    assert (end.recorded, end.cursor) == (1, Cursor(uid_validity=7, uid=1))


async def test_mails_that_cannot_be_moved_are_dealt_with_and_left_to_the_next_reading(reader: Reader) -> None:
    reader.mailbox.cannot_file = True
    reader.mailbox.put(reader.reply())
    end = await reader.read()
    assert (end.recorded, end.cursor.uid) == (1, 1)
    assert end.unfiled is not None
    assert end.unfiled.done == (1,)


async def test_a_mailbox_that_does_not_answer_ends_the_reading(reader: Reader) -> None:
    reader.mailbox.broken = MailboxError("La boîte ne répond pas.")
    with pytest.raises(WorkflowFailureError):
        await reader.read()
    assert len(reader.mailbox.asked) == 3


async def test_a_wrong_password_is_tried_once(reader: Reader) -> None:
    reader.mailbox.broken = MailboxError("La boîte refuse le mot de passe.", final=True)
    with pytest.raises(WorkflowFailureError):
        await reader.read()
    assert len(reader.mailbox.asked) == 1


async def test_readings_of_more_than_a_week_are_forgotten(reader: Reader) -> None:
    await reader.read()
    assert reader.register.forgotten == [NOW - timedelta(days=7)]
