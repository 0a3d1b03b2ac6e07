"""Managers search conventions by what the agenda says of them."""

from datetime import datetime, timedelta
from pathlib import Path

from echeancier.domain.agenda.agenda import agenda
from echeancier.domain.facts.duties import DutyDone
from echeancier.domain.facts.events import Happened
from echeancier.domain.facts.letters import LetterPosted
from tests.domain import builders as b
from tests.domain.test_planning_hours import BREACH
from tests.workflows.server import Server, eventually, server
from tests.workflows.terms import terms
from workflows.ids import convention_id


async def in_force(s: Server) -> bool:
    return [row.status for row in await s.door.rows()] == ["in-force"]


async def registered(s: Server) -> None:
    leave = {**b.NOTICE, "until": "day", "on": "10-31"}
    await s.door.start(terms(service="Direction des usages", termination=[leave]), "coordinator")
    for fact in b.signed("2022-01-03"):
        await s.door.record("TEST-1", fact, "coordinator")
    await eventually(lambda: in_force(s))


async def test_a_row_says_what_the_agenda_says(tmp_path: Path) -> None:
    async with server(tmp_path) as s, s.working():
        await registered(s)
        (row,) = await s.door.rows()
        dossier = await s.door.dossier("TEST-1")
    seen = agenda(dossier.convention, tuple(dossier.facts), s.now(), registered_on=b.d("2022-01-03"))
    assert row.ends_on == seen.ends_on == b.d("2022-12-31")
    assert row.next_safe_day == b.item(seen, "contract-publicity").safe_day
    assert row.next_posting_day == b.item(seen, "notice/leave/2022").safe_day
    assert (row.reference, row.kind, row.partner, row.service, row.has_alert) == (
        "TEST-1", "cooperation", "Agence d’essai", "Direction des usages", False,
    )  # fmt: skip


async def test_what_comes_up_to_a_day_is_found_and_what_comes_later_is_not(tmp_path: Path) -> None:
    async with server(tmp_path) as s, s.working():
        await registered(s)
        (row,) = await s.door.rows()
        assert row.next_safe_day is not None
        assert [r.reference for r in await s.door.upcoming(row.next_safe_day)] == ["TEST-1"]
        assert await s.door.upcoming(b.d("2022-01-04")) == []


async def test_an_attribute_that_no_longer_has_a_value_leaves_lists_and_descriptions_readable(
    tmp_path: Path,
) -> None:
    async with server(tmp_path) as s, s.working():
        await registered(s)
        await s.door.correct_terms(terms(termination=[]), "coordinator", "aucun préavis n’est prévu")

        async def emptied() -> bool:
            return [row.next_posting_day for row in await s.door.rows()] == [None]

        await eventually(emptied)
        described = await s.client.get_workflow_handle(convention_id("TEST-1")).describe()
    assert "NextPostingDay" not in {pair.key.name for pair in described.typed_search_attributes}


async def test_a_row_has_the_hour_at_which_a_delay_in_hours_is_over_until_it_was_kept(tmp_path: Path) -> None:
    async with server(tmp_path) as s, s.working():
        await s.door.start(terms(event_duty=[BREACH]), "coordinator")
        for fact in b.signed("2022-01-03"):
            await s.door.record("TEST-1", fact, "coordinator")
        await eventually(lambda: in_force(s))
        (before,) = await s.door.rows()
        learnt = s.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
        await s.door.record("TEST-1", Happened(event="breach-found", on=learnt.date(), at=learnt), "coordinator")

        async def is_over_at(instant: datetime | None) -> bool:
            return [row.last_instant for row in await s.door.rows()] == [instant]

        await eventually(lambda: is_over_at(learnt + timedelta(hours=36)))
        told = DutyDone(item=f"breach/{await _occurrence(s)}", on=learnt.date(), at=learnt + timedelta(hours=1))
        await s.door.record("TEST-1", told, "coordinator")
        await eventually(lambda: is_over_at(None))
    assert before.last_instant is None


async def _occurrence(s: Server) -> str:
    dossier = await s.door.dossier("TEST-1")
    seen = agenda(dossier.convention, tuple(dossier.facts), s.now())
    return next(item.key for item in seen.items if item.series == "breach").partition("/")[2]


async def test_what_renews_itself_is_found_by_the_day_until_which_it_binds_until_it_is_denied(tmp_path: Path) -> None:
    renewal = {"how": "tacit", "period": {"months": 12}, "clauses": ["A1"]}
    async with server(tmp_path) as s, s.working():
        await s.door.start(terms(renewal=renewal, termination=[{**b.NOTICE, "until": "term"}]), "coordinator")
        for fact in b.signed("2022-01-03"):
            await s.door.record("TEST-1", fact, "coordinator")
        await eventually(lambda: in_force(s))
        (row,) = await s.door.rows("RenewsItself = true")
        assert (row.bound_until, row.renews_itself, row.ends_on) == (b.d("2022-12-31"), True, None)
        await s.door.record("TEST-1", LetterPosted(on=b.d("2022-01-03"), rule="leave", by="town"), "coordinator")

        async def is_denied() -> bool:
            return [row.status for row in await s.door.rows("RenewsItself = false")] == ["denied"]

        await eventually(is_denied)
        (row,) = await s.door.rows()
        assert (row.renews_itself, row.ends_on) == (False, b.d("2022-12-31"))
