"""Links that say nothing any more, forms that are not ours, visitors who ask too much: a clear page, nothing recorded."""

import logging

import httpx
import pytest

from echeancier.adapters.web.rate_limits import RateLimits
from echeancier.domain.afterwards.purge_record import PurgedError
from echeancier.domain.facts.meetings import MeetingArranged, MeetingCancelled
from echeancier.domain.facts.recorded import Recorded
from echeancier.domain.running.keys import KeyGoneError
from echeancier.engine.gateway import NoAnswerError, RefusedError, UnknownConventionError
from echeancier.partners.app import create_app
from tests.desk.html import read
from tests.domain import builders as b
from tests.domain.links import KEY, OTHER, POINT
from tests.partners.conftest import URL, Kept, Office
from tests.partners.reading import words


async def refused(office: Office, path: str, status: int, *says: str) -> None:
    """Both ways to ask are refused, in French and in English, with nothing recorded."""
    before = len(office.register.dossiers["TEST-1"].facts)
    for method in ("GET", "POST"):
        answer = await office.web.request(method, path)
        page = words(answer)
        assert answer.status_code == status
        assert read(answer.text).language == "fr"
        for said in (*says, "Rien n’a été enregistré"):
            assert said in page
        english = await office.web.request(method, f"{path}?lang=en")
        assert english.status_code == status
        assert "Nothing was recorded" in words(english)
    assert office.recorded == []
    assert len(office.register.dossiers["TEST-1"].facts) == before


async def test_a_forged_link(office: Office) -> None:
    good = office.path("accept")
    for path in (
        "/r/x",
        "/r/" + "A" * 90,
        good[:-1],
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good + "A",
    ):
        await refused(office, path, 404, "Lien inconnu", "pas un des nôtres")
    assert ("dossier", "TEST-1") not in office.register.calls


async def test_a_link_signed_by_a_key_that_was_revoked(office: Office) -> None:
    path = office.path("accept")
    office.keys.keys[:] = [OTHER]
    await refused(office, path, 404, "Lien inconnu")


async def test_a_link_signed_by_a_former_key_still_works(office: Office) -> None:
    path = office.path("accept")
    office.keys.keys.append(OTHER)
    assert (await office.web.get(path)).status_code == 200
    assert (await office.web.get(office.path("accept", key=OTHER))).status_code == 200


async def test_an_expired_link(office: Office) -> None:
    path = office.path("accept")
    office.at(b.at("2022-09-13"))
    await refused(office, path, 410, "Ce lien n’a plus cours", "mardi 13 septembre 2022")


async def test_an_answer_to_a_meeting_that_moved_shows_the_new_date(office: Office) -> None:
    path = office.path("accept")
    moved = MeetingArranged(item=POINT, starts_at=b.at("2022-09-15", 14))
    office.register.dossiers["TEST-1"].facts.append(
        Recorded(id="f9", fact=moved, recorded_at=office.lived.now, recorded_by="coordinator")
    )
    await refused(office, path, 409, "elle est maintenant fixée au jeudi 15 septembre 2022 à 14 h")


async def test_an_answer_to_a_meeting_that_was_cancelled(office: Office) -> None:
    path = office.path("decline")
    office.register.dossiers["TEST-1"].facts.append(
        Recorded(
            id="f9",
            fact=MeetingCancelled(on=b.d("2022-06-08"), item=POINT),
            recorded_at=office.lived.now,
            recorded_by="coordinator",
        )
    )
    await refused(office, path, 410, "a été annulée")


@pytest.mark.parametrize(
    "gone", [UnknownConventionError("Aucune convention"), PurgedError("purgé"), KeyGoneError("clé")]
)
async def test_a_convention_whose_file_is_gone(office: Office, gone: Exception) -> None:
    path = office.path("accept")
    office.register.down = gone
    await refused(office, path, 410, "dossier de cette convention est clos")


async def test_a_convention_that_was_withdrawn(office: Office) -> None:
    path = office.path("accept")
    await office.register.withdraw("TEST-1", "coordinator", "doublon")
    answer = await office.web.post(path)
    assert answer.status_code == 422
    assert "retirée" in answer.text
    assert len(office.recorded) == 0


async def test_an_engine_that_does_not_answer_is_said_so(office: Office) -> None:
    path = office.path("accept")
    office.register.down = NoAnswerError("personne")
    answer = await office.web.post(path)
    assert answer.status_code == 503
    assert "il dira ce qui est enregistré" in words(answer)


async def test_what_the_door_refuses_meanwhile_is_shown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refusing(*_: object) -> object:
        raise RefusedError("le dossier vient d’être clos")

    monkeypatch.setattr(office.register, "record", refusing)
    answer = await office.web.post(office.path("accept"))
    assert answer.status_code == 422
    assert "le dossier vient d’être clos" in answer.text


async def test_a_breakdown_is_answered_in_words_and_no_log_holds_the_link(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = office.path("accept")
    office.register.down = RuntimeError("secret detail")
    answer = await office.web.post(path)
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "content-security-policy" in answer.headers
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("http")]
    assert path[3:20] not in "".join(ours)


@pytest.mark.parametrize("path", ["/", "/r/", "/r", "/admin", "/r/a/b", "/docs", "/openapi.json"])
async def test_nothing_else_is_served(office: Office, path: str) -> None:
    answer = await office.web.get(path)
    assert answer.status_code == 404
    assert read(answer.text).language == "fr"


@pytest.mark.parametrize(
    "origin", ["https://ailleurs.example", "http://reponses.ville.example.ailleurs.example", "file://"]
)
async def test_a_form_from_elsewhere_records_nothing(office: Office, origin: str) -> None:
    answer = await office.web.post(office.path("accept"), headers={"origin": origin})
    assert answer.status_code == 403
    assert office.recorded == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_what_the_browser_says_of_the_sender_counts(office: Office, site: str) -> None:
    answer = await office.web.post(office.path("accept"), headers={"sec-fetch-site": site})
    assert answer.status_code == 403
    assert office.recorded == []


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "null"}, {"origin": URL}, {"origin": URL, "sec-fetch-site": "same-origin"}]
)
async def test_a_form_of_ours_is_taken_whatever_the_browser_says_of_it(office: Office, headers: dict[str, str]) -> None:
    answer = await office.web.post(office.path("accept"), headers=headers)
    assert answer.status_code == 200
    assert len(office.recorded) == 1


async def test_a_huge_form_is_refused_unread(office: Office) -> None:
    answer = await office.web.post(office.path("accept"), content=b"x" * 16_001)
    assert answer.status_code == 413
    assert office.recorded == []


@pytest.mark.parametrize("path", ["/", "/static/partners.css", "/r/x", "/robots.txt"])
async def test_every_answer_carries_the_security_headers_and_no_cookie(office: Office, path: str) -> None:
    headers = (await office.web.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in headers


async def test_pages_are_kept_nowhere(office: Office) -> None:
    for answer in (await office.web.get(office.path("accept")), await office.web.post(office.path("accept"))):
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers


async def test_robots_are_kept_away(office: Office) -> None:
    assert "Disallow: /" in (await office.web.get("/robots.txt")).text


async def limited(office: Office, **limits: str) -> httpx.AsyncClient:
    app = create_app(office.register, Kept([KEY]), URL, clock=lambda: office.register.at)
    for name, rates in limits.items():
        object.__setattr__(app.state.pages, name, RateLimits(rates))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=URL)


async def test_a_link_opened_too_often_is_told_to_wait(office: Office) -> None:
    async with await limited(office, per_token="2/hour") as web:
        answers = [await web.get(office.path("accept")) for _ in range(3)]
        assert [a.status_code for a in answers] == [200, 200, 429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert "Trop de demandes" in answers[-1].text
        assert (await web.get(office.path("decline"))).status_code == 200


async def test_a_visitor_who_asks_too_much_is_told_to_wait_whatever_he_asks_for(office: Office) -> None:
    async with await limited(office, per_client="3/hour") as web:
        statuses = [(await web.get(f"/r/forged{n}")).status_code for n in range(3)]
        assert statuses == [404, 404, 404]
        assert (await web.post(office.path("accept"))).status_code == 429
    assert office.recorded == []
