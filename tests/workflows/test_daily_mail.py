"""The mail of the day under a virtual clock: one for each person, of all conventions, asked again each time it is handed over."""

from __future__ import annotations

import email
from collections import Counter
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from echeancier.adapters.stores.documents import DirectoryStore
from echeancier.domain.facts.act import ActAdopted, ActPublished
from echeancier.domain.facts.dossier import Message
from echeancier.domain.facts.people import Away
from echeancier.domain.terms.policy import DEFAULT_POLICY
from tests.domain import builders as b
from tests.domain.test_planning_signature import ACT
from tests.smtpd import Received, Script
from tests.support.replaying import replay
from tests.workflows.scene import Scene, scene
from tests.workflows.terms import terms
from workflows.ids import mail_of

COORDINATOR = b.ADDRESSES["coordinator"]
MERGED = DEFAULT_POLICY.model_copy(update={"one_mail_a_day": True, "gather_minutes": 0})
SLOW = MERGED.model_copy(update={"gather_minutes": 5})
LATER = "451 4.3.0 later"
THIRTY = 30
STOPPED = MERGED.model_copy(update={"sending_stopped": True})
MORNING = "2022-01-04"
VOTED = ActAdopted(on=b.d("2022-01-03"))


def to(s: Scene) -> Counter[str]:
    return Counter(r.recipients[0] for r in s.relay.received)


def date_of(mail: Received) -> date:
    return parsedate_to_datetime(str(email.message_from_bytes(mail.content)["Date"])).date()


async def entries(s: Scene, reference: str) -> list[Message]:
    return (await s.door.dossier(reference)).outbox


async def register_two(s: Scene) -> None:
    """Two conventions with the same people, voted today: each asks for its act's publication and transmission."""
    for reference in ("TEST-1", "TEST-2"):
        convention = terms(reference=reference, act=ACT)
        await s.door.start(convention, "coordinator")
        s.registered.append(reference)
        await s.door.record(reference, VOTED, "coordinator")
    await s.settle()


async def test_two_conventions_write_one_mail_to_a_person(tmp_path: Path) -> None:
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=SLOW) as s:
        await register_two(s)
        await s.until(b.at("2022-01-03", 10, 30))
        assert to(s)[COORDINATOR] == 1
        (one,), (other,) = [[m for m in await entries(s, r) if m.address == COORDINATOR] for r in ("TEST-1", "TEST-2")]
        assert one.mail
        assert one.mail == other.mail
        assert {one.status, other.status} == {"accepted"}
        history = await s.env.client.get_workflow_handle(mail_of("2022-01-03")).fetch_history()
        await replay(history)


async def test_once_written_to_nobody_is_written_to_again_that_day(tmp_path: Path) -> None:
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=MERGED) as s:
        await s.register(terms(act=ACT), VOTED)
        before = to(s)
        assert before[COORDINATOR] == 1
        await s.door.start(terms(reference="TEST-2", act=ACT), "coordinator")
        s.registered.append("TEST-2")
        await s.door.record("TEST-2", VOTED, "coordinator")
        await s.until(b.at("2022-01-03", 20))
        assert to(s) == before
        await s.until(b.at(MORNING, 9))
        assert to(s)[COORDINATOR] == 2
        assert [m.status for m in await entries(s, "TEST-2") if m.address == COORDINATOR] == ["accepted"]


async def test_what_is_recorded_while_it_gathers_is_not_reminded_of(tmp_path: Path) -> None:
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=SLOW) as s:
        await s.register(terms(act=ACT), VOTED)
        assert to(s) == Counter()
        await s.record(ActPublished(on=b.d("2022-01-03")))
        await s.until(b.at("2022-01-03", 11))
        told = [one.about for m in await s.sent(to="coordinator") for one in m.told]
        assert "act/transmission" in told
        assert "act/publication" not in told


async def test_put_off_by_the_relay_it_leaves_later_that_day_byte_for_byte(tmp_path: Path) -> None:
    busy = Script(recipients={COORDINATOR: "451 4.7.1 try later"})
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=MERGED, script=busy) as s:
        await s.register(terms(act=ACT), VOTED)
        store = DirectoryStore(s.parts.settings.data / "documents")
        (waiting,) = [name for name in store.names("_mail") if name.endswith(".eml")]
        raw = store.get(waiting)
        assert to(s)[COORDINATOR] == 0
        busy.recipients.clear()
        await s.until(b.at("2022-01-03", 11))
        assert to(s)[COORDINATOR] == 1
        assert [r.content for r in s.relay.received if r.recipients[0] == COORDINATOR] == [raw]
        assert not [name for name in store.names("_mail") if name.endswith(".eml")]


async def test_what_is_recorded_while_it_waits_changes_what_leaves(tmp_path: Path) -> None:
    busy = Script(recipients={COORDINATOR: "451 4.7.1 try later"})
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=MERGED, script=busy) as s:
        await s.register(terms(act=ACT), VOTED)
        await s.record(ActPublished(on=b.d("2022-01-03")))
        busy.recipients.clear()
        await s.until(b.at("2022-01-03", 12))
        told = [one.about for m in await s.sent(to="coordinator") for one in m.told]
        assert to(s)[COORDINATOR] == 1
        assert "act/transmission" in told
        assert "act/publication" not in told


@pytest.mark.parametrize(
    ("script", "back_on"),
    [(Script(recipients={COORDINATOR: LATER}), "2022-01-03"), (Script(replies={"MAIL": LATER}), "2022-01-10")],
    ids=["one address put off for an hour", "a relay away for a week, back at eleven"],
)
async def test_a_substitute_who_arrives_while_it_waits_gets_it(tmp_path: Path, script: Script, back_on: str) -> None:
    roles = {name: role.model_dump() for name, role in terms().roles.items()}
    roles["coordinator"]["substitute"] = "referent"
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=MERGED, script=script) as s:
        await s.register(terms(roles=roles, act=ACT), VOTED)
        await s.record(Away(on=b.d("2022-01-03"), until=b.d("2022-01-20"), role="coordinator"))
        await s.until(b.at(back_on, 11))
        script.replies.clear()
        await s.until(b.at(back_on, 17))
        assert to(s)[COORDINATOR] == 0
        assert to(s)[b.ADDRESSES["referent"]] == 1
        told = {one.about for m in await s.sent() if m.address == b.ADDRESSES["referent"] for one in m.told}
        assert {"act/publication", "act/transmission"} <= told


async def test_a_relay_away_for_a_week_loses_nothing_and_leaves_one_mail_to_each(tmp_path: Path) -> None:
    async with scene(
        tmp_path, b.at("2022-01-03", 10), policy=MERGED, script=Script(replies={"MAIL": "451 4.3.0 later"})
    ) as s:
        await s.register(terms(act=ACT), VOTED)
        await s.until(b.at("2022-01-10", 8))
        assert to(s) == Counter()
        s.relay.script.replies.clear()
        await s.until(b.at("2022-01-10", 20))
        assert set(to(s).values()) == {1}
        told = [one for m in await s.sent(to="coordinator") for one in m.told]
        assert {"act/publication", "act/transmission"} <= {one.about for one in told}
        store = DirectoryStore(s.parts.settings.data / "documents")
        assert not [name for name in store.names("_mail") if name.endswith(".eml")]


async def test_a_dead_address_is_told_to_its_conventions_and_the_others_have_theirs(tmp_path: Path) -> None:
    script = Script(recipients={COORDINATOR: "550 5.1.1 unknown"})
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=MERGED, script=script) as s:
        await s.register(terms(act=ACT), VOTED)
        (refused,) = [m for m in (await s.dossier()).outbox if m.address == COORDINATOR]
        assert (refused.status, refused.fault) == ("refused", "address")
        await s.until(b.at(MORNING, 12))
        assert [m.kind for m in await s.sent(to="manager")][-1:] == ["undelivered"]


async def test_the_emergency_stop_writes_nothing_and_keeps_nothing(tmp_path: Path) -> None:
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=STOPPED) as s:
        await s.register(terms(act=ACT), VOTED)
        await s.until(b.at("2022-01-10", 12))
        assert to(s) == Counter()
        assert DirectoryStore(s.parts.settings.data / "documents").names("_mail") == []
        assert (await s.dossier()).outbox == []


async def test_an_acceptance_that_was_lost_may_come_twice_byte_for_byte_and_is_said_to(tmp_path: Path) -> None:
    async with scene(tmp_path, b.at("2022-01-03", 10), policy=MERGED, script=Script(drop_for=COORDINATOR)) as s:
        await s.register(terms(act=ACT), VOTED)
        await s.record(ActPublished(on=b.d("2022-01-03")))  # what may have left is not written anew
        s.relay.script.drop_for = ""
        await s.until(b.at("2022-01-03", 12))
        mine = [r.content for r in s.relay.received if r.recipients[0] == COORDINATOR]
        assert len(mine) == 2
        assert len(set(mine)) == 1
        (entry,) = [m for m in (await s.dossier()).outbox if m.address == COORDINATOR]
        assert (entry.status, entry.maybe_twice) == ("accepted", True)


async def test_thirty_conventions_that_end_on_one_31_december_write_one_mail_a_day_to_each(tmp_path: Path) -> None:
    """Each has data to destroy by 20 January 2023: all that is said of that, from the announcement to the manager."""
    async with scene(tmp_path, b.at("2022-12-29", 10), policy=SLOW) as s:
        for n in range(1, THIRTY + 1):
            reference = f"ANNUELLE-{n:02}"
            convention = terms(
                reference=reference, duty=[], termination=[], renewal={"how": "none", "nothing_follows": True},
                effect={"rule": "fixed", "on": b.d("2022-10-01"), "clauses": ["A1"]},
                term={"ends_on": b.d("2022-12-31"), "clauses": ["A1"]},
                end_duty=[b.end_duty(after={"days": 20}, responsible=["referent", "partner-data"])],
            )  # fmt: skip
            await s.door.start(convention, "coordinator", b.recorded(*b.signed("2022-09-01"), told=[s.now] * 2))
            s.registered.append(reference)
        await s.until(b.at("2023-01-27", 12))
        days = Counter((r.recipients[0], date_of(r)) for r in s.relay.received)
        outboxes = [await entries(s, reference) for reference in s.registered]
    assert set(days.values()) == {1}
    for role in ("referent", "partner-data", "manager"):
        carried = [{m.mail: {t.about for t in m.told} for m in outbox if m.role == role} for outbox in outboxes]
        assert any("destruction" in about for said in carried[0].values() for about in said)
        assert carried == [carried[0]] * THIRTY
