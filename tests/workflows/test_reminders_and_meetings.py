"""A convention writes before its deadlines and invites to its meetings, for as long as it lives."""

from pathlib import Path

from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.letters import LetterDelivered, LetterPosted
from echeancier.domain.facts.meetings import MeetingCancelled, MeetingHeld
from tests.domain import builders as b
from tests.workflows.scene import Scene, scene
from tests.workflows.terms import FIRST, SECOND, arranged, terms


async def meeting_mails(s: Scene, to: str = "partner") -> list[tuple[str, int]]:
    """Return kind and sequence of each meeting mail that reached a role."""
    return [(m.kind, m.meeting.sequence) for m in await s.sent(to=to) if m.meeting is not None]


async def test_each_stage_of_a_report_reaches_who_owes_it_once(tmp_path: Path) -> None:
    async with scene(tmp_path, "2022-10-03") as s:
        await s.register(terms(), *b.signed("2022-10-03"))
        await s.until("2022-12-31")
        told = [t.stage for m in await s.sent(to="partner") for t in m.told if t.about == "report/2022"]
    assert told == ["now", "notice", "reminder", "last-call"]


async def test_what_is_done_is_not_reminded_of(tmp_path: Path) -> None:
    async with scene(tmp_path, "2022-10-03") as s:
        await s.register(terms(), *b.signed("2022-10-03"))
        await s.until("2022-11-28")
        await s.record(DutyDone(item="report/2022", on=b.d("2022-11-28")))
        await s.until("2022-12-31")
        told = [t.stage for m in await s.sent() for t in m.told if t.about == "report/2022"]
    assert set(told) == {"now"}


async def test_a_meeting_is_invited_moved_and_cancelled_under_one_identifier(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.record(arranged(FIRST, "2022-03-10"))
        await s.settle()
        await s.record(arranged(FIRST, "2022-03-17"))
        await s.settle()
        await s.record(MeetingCancelled(item=FIRST, on=b.d("2022-01-03")))
        await s.settle()
        seen = await meeting_mails(s)
        uids = {m.meeting.uid for m in await s.sent() if m.meeting is not None}
    assert seen == [("invitation", 0), ("meeting-moved", 1), ("meeting-cancelled", 2)]
    assert len(uids) == 1


async def test_a_meeting_held_is_not_asked_about(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.record(arranged(FIRST, "2022-03-10"))
        await s.until("2022-03-10")
        s.now = b.at("2022-03-10", 15)
        await s.record(MeetingHeld(item=FIRST, on=b.d("2022-03-10")))
        await s.until("2022-03-25")
        asked = [t.about for m in await s.sent() for t in m.told if t.about.startswith("held/")]
    assert asked == []


async def test_a_meeting_whose_day_is_past_is_asked_about(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.record(arranged(FIRST, "2022-03-10"))
        await s.until("2022-03-15")
        asked = [(m.role, t.about) for m in await s.sent() for t in m.told if t.about.startswith("held/")]
    assert asked == [("coordinator", f"held/{FIRST}/2022-03-10")]


async def test_an_early_end_cancels_what_was_invited_after_it_and_tells_everybody(tmp_path: Path) -> None:
    async with scene(tmp_path) as s:
        await s.register(terms(), *b.signed("2022-01-03"))
        await s.record(arranged(SECOND, "2022-09-15"))
        await s.settle()
        await s.until("2022-02-01")
        opened = {m.role for m in await s.sent("opening")}
        letter = await s.record(LetterPosted(rule="leave", by="agency", on=b.d("2022-02-01")))
        await s.until("2022-02-04")
        await s.record(LetterDelivered(letter=letter.fact_id, on=b.d("2022-02-03")))
        await s.settle()
        seen = await meeting_mails(s)
        told = {m.role for m in await s.sent("ended")}
    assert seen == [("invitation", 0), ("meeting-cancelled", 1)]
    assert opened >= {"coordinator", "manager", "referent", "partner"}
    assert told == opened | {"partner-data"}  # whoever only acts at the end included
