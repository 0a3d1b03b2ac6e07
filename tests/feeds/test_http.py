"""A calendar program asks over HTTP: what it gets, what it is refused, and what it cannot learn."""

import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from echeancier.domain.facts.duties import DutyDone
from echeancier.engine.errors import EngineUnreachableError
from tests.domain import builders as b
from tests.feeds.scene import Served, dossier, entries, served
from workflows.messages import Recording

AWAY = EngineUnreachableError("le moteur ne répond pas")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Served]:
    async with served(tmp_path) as one:
        yield one


async def report_done(house: Served) -> Recording:
    fact = DutyDone(item="report/2022", on=b.d("2022-01-20"))
    return await house.register.record("TEST-1", fact, "coordinator")


async def test_a_feed_is_a_calendar_kept_by_nobody_on_the_way(house: Served) -> None:
    answer = await house.visitor.get(house.subscribe())
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "content-disposition" not in answer.headers
    assert "set-cookie" not in answer.headers
    assert "report/2022.TEST-1@echeancier.example" in entries(answer.content)


async def test_what_did_not_change_is_not_sent_again(house: Served) -> None:
    path = house.subscribe()
    tag = (await house.visitor.get(path)).headers["etag"]
    for given in (tag, f"W/{tag}", f'"another", {tag}', "*"):
        again = await house.visitor.get(path, headers={"if-none-match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert (await house.visitor.get(path, headers={"if-none-match": '"another"'})).status_code == 200


async def test_what_was_recorded_changes_the_mark(house: Served) -> None:
    path = house.subscribe()
    tag = (await house.visitor.get(path)).headers["etag"]
    await report_done(house)
    house.clock.now += timedelta(minutes=6)
    answer = await house.visitor.get(path, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert "report/2022.TEST-1@echeancier.example" not in entries(answer.content)


async def test_head_says_the_same_without_the_file(house: Served) -> None:
    path = house.subscribe()
    whole, head = await house.visitor.get(path), await house.visitor.head(path)
    assert head.status_code == 200
    assert head.content == b""
    for name in ("etag", "content-type", "content-length", "cache-control"):
        assert head.headers[name] == whole.headers[name]


async def test_everything_has_an_address_of_its_own_or_a_question_mark(house: Served) -> None:
    path = house.subscribe()
    every = await house.visitor.get(path.replace("echeances", "tout"))
    asked = await house.visitor.get(f"{path}?all")
    assert every.content == asked.content
    assert len(entries(every.content)) > 0
    assert every.content != (await house.visitor.get(path)).content


async def test_an_unknown_a_revoked_and_a_broken_address_cannot_be_told_apart(house: Served) -> None:
    revoked = house.subscribe()
    house.store.revoke("a1", b.d("2022-02-01"))
    secret = revoked.split("/")[1]
    answers = [
        await house.visitor.get(path)
        for path in (
            revoked,
            f"/{'x' * 43}/echeances.ics",
            f"/{secret}/autre.ics",
            f"/{secret}",
            "/",
            f"/{'x' * 5000}/echeances.ics",
            "/é%00/echeances.ics",
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    assert answers[0].headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
async def test_a_feed_can_only_be_read(house: Served, method: str) -> None:
    answer = await house.visitor.request(method, house.subscribe())
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


async def test_the_mark_of_a_secret_is_not_the_secret(house: Served) -> None:
    house.subscribe()
    digest = house.store.all()[0].digest
    assert (await house.visitor.get(f"/{digest}/echeances.ics")).status_code == 404


async def test_while_the_engine_is_away_the_last_good_file_is_served(house: Served) -> None:
    path = house.subscribe()
    good = await house.visitor.get(path)
    house.register.down = AWAY
    house.clock.now += timedelta(hours=3)
    still = await house.visitor.get(path)
    assert (still.status_code, still.content) == (200, good.content)
    assert still.headers["etag"] == good.headers["etag"]
    house.clock.now += timedelta(days=3)
    late = await house.visitor.get(path)
    assert late.status_code == 503
    assert int(late.headers["retry-after"]) > 0


async def test_without_a_last_good_file_the_reader_is_told_to_come_back(house: Served) -> None:
    path = house.subscribe()
    house.register.down = AWAY
    answer = await house.visitor.get(path)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "900"
    assert "BEGIN:VCALENDAR" not in answer.text


async def test_a_file_is_never_served_with_a_convention_missing(tmp_path: Path) -> None:
    async with served(tmp_path, dossier(service="Emploi"), dossier(service="Emploi", reference="TEST-2")) as house:
        path = house.subscribe("service", "Emploi")
        good = await house.visitor.get(path)
        house.clock.now += timedelta(minutes=6)
        known = house.register.dossier

        async def one_fails(reference: str):  # type: ignore[no-untyped-def]
            if reference == "TEST-2":
                raise AWAY
            return await known(reference)

        house.register.dossier = one_fails  # type: ignore[method-assign]
        assert (await house.visitor.get(path)).content == good.content
        other = house.subscribe("person", b.ADDRESSES["coordinator"])
        assert (await house.visitor.get(other)).status_code == 503


async def test_a_fault_of_ours_is_not_an_empty_calendar(house: Served, caplog: pytest.LogCaptureFixture) -> None:
    path = house.subscribe()
    house.register.down = RuntimeError("unforeseen")
    assert (await house.visitor.get(path)).status_code == 503
    assert "could not be made" in caplog.text


async def test_a_convention_that_was_purged_leaves_an_empty_calendar(house: Served) -> None:
    path = house.subscribe()
    del house.register.dossiers["TEST-1"]
    answer = await house.visitor.get(path)
    assert answer.status_code == 200
    assert entries(answer.content) == {}


async def test_no_secret_is_ever_logged(house: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    path = house.subscribe()
    await house.visitor.get(path)
    house.register.down = RuntimeError("unforeseen")
    house.clock.now += timedelta(minutes=6)
    await house.visitor.get(path)
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    assert not any(path.split("/")[1] in line for line in ours)


async def test_the_day_of_the_last_reading_is_kept(house: Served) -> None:
    path = house.subscribe()
    assert house.store.all()[0].last_used_on is None
    await house.visitor.get(path)
    assert house.store.all()[0].last_used_on == b.d("2022-02-01")
    house.clock.now += timedelta(days=1)
    await house.visitor.head(path)
    assert house.store.all()[0].last_used_on == b.d("2022-02-02")


async def test_a_broken_store_is_not_an_unknown_address(house: Served, tmp_path: Path) -> None:
    path = house.subscribe()
    (tmp_path / "feeds.json").write_text("{", "utf-8")
    assert (await house.visitor.get(path)).status_code == 503
